import type { JsonObject } from '../../contracts/json.ts';
import type { Play } from './engine/play.ts';

/** What can have been done to a thing, by predicate. */
export const conditions = {
  isclean: 'clean',
  ishot: 'hot',
  iscool: 'cold',
  issliced: 'sliced',
  ison: 'on',
} as const;

export type Condition = keyof typeof conditions;

const conditionNames = Object.keys(conditions) as Condition[];

/** A thing as it is now, all in names. */
export interface ThingView {
  readonly name: string;
  /** The receptacles that hold it, or `carried`. */
  readonly where: readonly string[];
  readonly conditions: readonly Condition[];
}

/** All things of a game, by name. */
export function thingsIn({ game, facts }: Play): ReadonlyMap<string, ThingView> {
  const name = (id: string | undefined): string => game.names.get(id ?? '') ?? '';
  const where = new Map<string, string[]>();
  const put = (id: string | undefined, place: string): void => {
    where.set(id ?? '', [...(where.get(id ?? '') ?? []), place]);
  };
  for (const [thing, place] of facts.sorted('inreceptacle')) put(thing, name(place));
  for (const [, thing] of facts.sorted('holds')) put(thing, 'carried');
  return new Map(
    facts.sorted('objecttype').map(([id = '']) => [
      name(id),
      {
        name: name(id),
        where: where.get(id) ?? [],
        conditions: conditionNames.filter((predicate) => facts.has({ predicate, args: [id] })),
      },
    ]),
  );
}

/** The receptacles where the player is, by name; none in the middle of the room. */
export function placesHere({ game, facts }: Play): string[] {
  const here = new Set([...facts.of('atlocation')].map(([, location]) => location));
  const rows = facts.sorted('receptacleatlocation').filter(([, location]) => here.has(location));
  return rows.map(([id]) => game.names.get(id ?? '') ?? '');
}

/** The whole changing state, in names. */
export function stateIn(play: Play): JsonObject {
  const { game, facts } = play;
  return {
    at: placesHere(play),
    opened: facts.sorted('opened').map(([id]) => game.names.get(id ?? '') ?? ''),
    things: Object.fromEntries(
      [...thingsIn(play)].map(([name, thing]) => [
        name,
        { where: thing.where, conditions: thing.conditions },
      ]),
    ),
  };
}
