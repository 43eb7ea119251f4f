import type { Evidence } from '../../contracts/environment.ts';

/** A thing in a world, for telling whether it has changed. */
export interface Thing {
  /** In words a person understands: `The note "Ideas"`. */
  readonly label: string;
  readonly content: string;
}

/** What a world holds at one moment, each thing by a name that is its own and lasts. */
export type Inventory = ReadonlyMap<string, Thing>;

/** One thing that a task asks for. */
export interface Effect<State> {
  met(now: State): boolean;
  /** Names of the things that the task allows to change for it. */
  readonly touches: readonly string[];
}

/** Everything in `now` that is not as it was at the start, but for what the task allows. */
export function damageBetween(
  start: Inventory,
  now: Inventory,
  asks: readonly Pick<Effect<never>, 'touches'>[],
): Evidence[] {
  const allowed = new Set(asks.flatMap(({ touches }) => touches));
  const names = [...new Set([...start.keys(), ...now.keys()])].sort();
  return names.filter((name) => !allowed.has(name)).flatMap((name) => change(start.get(name), now.get(name)));
}

function change(before: Thing | undefined, after: Thing | undefined): Evidence[] {
  if (before?.content === after?.content) return [];
  const how = before === undefined ? 'is new' : after === undefined ? 'is gone' : 'was changed';
  return [{ what: `${(before ?? after)?.label ?? ''} ${how}` }];
}
