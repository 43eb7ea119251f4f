import type { Atom } from '../pddl/formula.ts';

/** The facts of a state. A fact that an action has made false is kept as its denial, `not_PREDICATE`. */
export interface Facts {
  has(atom: Atom): boolean;
  /** The arguments of all facts of a predicate. */
  of(predicate: string): Iterable<readonly string[]>;
  /** The same in ascending order, which is the order in which texts list things. */
  sorted(predicate: string): readonly (readonly string[])[];
  add(atom: Atom): void;
  /** Makes a fact false and keeps its denial. */
  deny(atom: Atom): void;
  /** A copy that shares the predicates that never change. */
  copy(changing: ReadonlySet<string>): Facts;
}

type Table = Map<string, readonly string[]>;

export function createFacts(atoms: readonly Atom[]): Facts {
  const tables = new Map<string, Table>();
  for (const atom of atoms) put(tables, atom);
  return factsOn(tables);
}

function factsOn(tables: Map<string, Table>): Facts {
  return {
    has: ({ predicate, args }) => tables.get(predicate)?.has(keyOf(args)) ?? false,
    of: (predicate) => tables.get(predicate)?.values() ?? [],
    sorted(predicate) {
      const rows = [...(tables.get(predicate) ?? [])];
      return rows.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, args]) => args);
    },
    add(atom) {
      put(tables, atom);
      tables.get(denialOf(atom.predicate))?.delete(keyOf(atom.args));
    },
    deny({ predicate, args }) {
      tables.get(predicate)?.delete(keyOf(args));
      put(tables, { predicate: denialOf(predicate), args });
    },
    copy: (changing) =>
      factsOn(
        new Map([...tables].map(([name, table]) => [name, changing.has(name) ? new Map(table) : table])),
      ),
  };
}

function put(tables: Map<string, Table>, { predicate, args }: Atom): void {
  const table = tables.get(predicate);
  if (table) table.set(keyOf(args), args);
  else tables.set(predicate, new Map([[keyOf(args), args]]));
}

function denialOf(predicate: string): string {
  return `not_${predicate}`;
}

/** A space sorts before every letter of an id, so keys sort as lists of ids do. */
function keyOf(args: readonly string[]): string {
  return args.join(' ');
}
