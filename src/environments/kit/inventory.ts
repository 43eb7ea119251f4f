import type { Inventory, Thing } from './changes.ts';

/** A thing with the name it is known by. */
export interface NamedThing extends Thing {
  readonly name: string;
}

/** An inventory of things that may share a name: the second of a name is called `name#2`, and so on. */
export function takeInventory(things: readonly NamedThing[]): Inventory {
  const counts = new Map<string, number>();
  return new Map(
    things.map(({ name, ...thing }) => {
      const count = (counts.get(name) ?? 0) + 1;
      counts.set(name, count);
      return [count === 1 ? name : `${name}#${count}`, thing];
    }),
  );
}
