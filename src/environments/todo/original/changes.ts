import { type Account, type Change, type Item, openItems } from '../account.ts';
import type { RecordedState } from './recordings.ts';

/**
 * Changes that lead from an account to a recorded state. Completing and deleting look the same in it, so the one
 * that is given stands for both.
 */
export function changesTo(account: Account, end: RecordedState, removal: 'complete' | 'delete'): Change[] {
  const favorites = account.projects.flatMap((project): Change[] => {
    const wanted = end.projects.find(({ name }) => name === project.name)?.is_favorite;
    if (wanted === undefined || wanted === project.favorite) return [];
    return [{ kind: 'favorite', projectId: project.id, favorite: wanted }];
  });
  const left = [...end.tasks];
  const items = openItems(account).flatMap((item): Change[] => {
    const place = left.findIndex((task) => task.content === item.content && task.order === item.order);
    if (place < 0) return [{ kind: removal, itemId: item.id }];
    const [task] = left.splice(place, 1);
    return dueChange(item, task?.due_date ?? item.dueDate);
  });
  return [...favorites, ...items];
}

function dueChange(item: Item, dueDate: string): Change[] {
  return item.dueDate === dueDate ? [] : [{ kind: 'due', itemId: item.id, dueDate }];
}

/** The account as the original shows it, without ids. */
export function stateOf(account: Account): RecordedState {
  return {
    projects: account.projects.map(({ order, color, name, favorite }) => ({
      order,
      color,
      name,
      is_favorite: favorite,
    })),
    tasks: openItems(account).map(({ order, content, priority, dueDate }) => ({
      order,
      content,
      is_completed: false,
      priority,
      due_date: dueDate,
    })),
  };
}
