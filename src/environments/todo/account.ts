import type { JsonValue } from '../../contracts/json.ts';

/** A task of the to-do account. Completed and deleted tasks are kept, but no longer listed. */
export interface Item {
  readonly id: string;
  readonly projectId: string;
  /** Place within the project, from 1; stays when others go. */
  readonly order: number;
  readonly content: string;
  readonly description: string;
  /** 1 (normal) to 4 (urgent). */
  readonly priority: number;
  /** Minutes. */
  readonly duration: number;
  /** YYYY-MM-DD. */
  readonly dueDate: string;
  readonly status: 'open' | 'completed' | 'deleted';
}

export interface Project {
  readonly id: string;
  readonly order: number;
  readonly name: string;
  readonly color: string;
  readonly favorite: boolean;
}

/** The whole state of a to-do account. Values are never changed, only replaced. */
export interface Account {
  /** The user's current date, YYYY-MM-DD; empty when it is not known. */
  readonly today: string;
  readonly city: string;
  readonly projects: readonly Project[];
  readonly items: readonly Item[];
}

/** One change to an account. */
export type Change =
  | { readonly kind: 'favorite'; readonly projectId: string; readonly favorite: boolean }
  | { readonly kind: 'due'; readonly itemId: string; readonly dueDate: string }
  | { readonly kind: 'complete' | 'delete'; readonly itemId: string };

/** The account after a change; a change of something that is not there changes nothing. */
export function applied(account: Account, change: Change): Account {
  if (change.kind === 'favorite') {
    const { projectId, favorite } = change;
    const projects = account.projects.map((it) => (it.id === projectId ? { ...it, favorite } : it));
    return { ...account, projects };
  }
  const items = account.items.map((item) =>
    item.id === change.itemId && item.status === 'open' ? changedItem(item, change) : item,
  );
  return { ...account, items };
}

function changedItem(item: Item, change: Exclude<Change, { kind: 'favorite' }>): Item {
  switch (change.kind) {
    case 'due':
      return { ...item, dueDate: change.dueDate };
    case 'complete':
      return { ...item, status: 'completed' };
    case 'delete':
      return { ...item, status: 'deleted' };
  }
}

/** An item that is still listed. */
export function openItem(account: Account, id: string): Item | undefined {
  return account.items.find((item) => item.id === id && item.status === 'open');
}

export function openItems(account: Account): readonly Item[] {
  return account.items.filter(({ status }) => status === 'open');
}

/** A date so many days later. */
export function laterDate(date: string, days: number): string {
  const day = new Date(`${date}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + days);
  return day.toISOString().slice(0, 10);
}

/** What the original compares at the end: listed projects and tasks in order, without ids. */
export function visibleState(account: Account): JsonValue {
  return {
    projects: account.projects.map(({ order, name, color, favorite }) => ({ order, name, color, favorite })),
    tasks: openItems(account).map(({ order, content, priority, dueDate }) => ({
      order,
      content,
      priority,
      dueDate,
    })),
  };
}

/** Everything that can change, for comparing exactly. */
export function fullState(account: Account): JsonValue {
  return {
    projects: account.projects.map((project) => ({ ...project })),
    tasks: account.items.map((item) => ({ ...item })),
  };
}
