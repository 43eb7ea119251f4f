import type { Defense } from '../src/contracts/defense.ts';
import type { ApproverId, Catalog, DefenseChoice } from '../src/contracts/experiment.ts';
import { type Stack, stackName, stacks } from '../src/defenses/stacks.ts';
import { findIn } from '../src/experiment/catalog.ts';

/** What stands between agent and services, and who is asked. */
export interface Condition {
  readonly name: string;
  readonly members: readonly DefenseChoice[];
  readonly approver: ApproverId;
  /** `none` and `stack` meet the whole sample, the others a part of it. */
  readonly kind: 'none' | 'single' | 'stack' | 'without' | 'asking';
}

export const undefended: Condition = { name: 'none', members: [], approver: 'absent', kind: 'none' };

/** Every defense that needs no model, enforcing where it can. */
export function singleConditions({ defenses }: Catalog): Condition[] {
  return defenses.filter(({ needsModel }) => needsModel !== true).map(alone);
}

/** Defenses by id: the user's own, on the whole sample. @throws UNKNOWN_ID */
export function ownConditions(ids: readonly string[], { defenses }: Catalog): Condition[] {
  return ids.map((id) => ({ ...alone(findIn(defenses, id, 'defense')), kind: 'stack' }));
}

function alone({ id, modes }: Pick<Defense, 'id' | 'modes'>): Condition {
  const mode = modes.includes('enforce') ? 'enforce' : 'observe';
  return { name: id, members: [{ id, mode, parameters: {} }], approver: 'absent', kind: 'single' };
}

export function stackConditions(): Condition[] {
  return stacks.map((stack) => ({
    name: stackName(stack),
    members: stack.members,
    approver: 'absent',
    kind: 'stack',
  }));
}

/** The enforcing stacks with one of their members left out; of a stack, only members that no lighter one has. */
export function leaveOneOut(): Condition[] {
  const tried = new Set<string>();
  return enforcing().flatMap((stack) => {
    const own = stack.members.filter(({ id }) => !tried.has(id));
    for (const { id } of own) tried.add(id);
    return own.map(({ id }) => ({
      name: withoutName(stack, id),
      members: stack.members.filter((member) => member.id !== id),
      approver: 'absent' as const,
      kind: 'without' as const,
    }));
  });
}

export function withoutName(stack: Stack, member: string): string {
  return `${stackName(stack)} without ${member}`;
}

/** Each enforcing stack with its members asking where they can; with nobody to ask, it is the stack itself. */
export function askingConditions(): Condition[] {
  const approvers: readonly ApproverId[] = ['attentive', 'careless'];
  return enforcing().flatMap((stack) =>
    approvers.map((approver) => ({
      name: askingName(stack, approver),
      members: stack.members.map(({ parameters, ...member }) => ({
        ...member,
        parameters: member.id === 'information-flow' ? { ...parameters, objection: 'ask' } : parameters,
      })),
      approver,
      kind: 'asking',
    })),
  );
}

function askingName(stack: Stack, approver: ApproverId): string {
  return `${stackName(stack)}, asking, ${approver}`;
}

function enforcing(): readonly Stack[] {
  return stacks.filter(({ members }) => members.some(({ mode }) => mode === 'enforce'));
}
