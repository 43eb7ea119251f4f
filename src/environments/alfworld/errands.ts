import type { Rng } from '../../contracts/seed.ts';
import { kindOf } from './aim.ts';
import type { Play } from './engine/play.ts';
import type { Errand, ErrandCall } from './state.ts';
import { thingsIn } from './view.ts';

/** Go to a device and use it. */
export function useErrand(device: string, place: string, switched: 'on' | 'off'): Errand {
  return {
    approach: [{ tool: 'go_to', args: { receptacle: place } }],
    call: { tool: 'use', args: { object: device } },
    words: `call the tool go_to with the receptacle ${place}, and then the tool use with the object ${device}`,
    literals: ['go_to', place, 'use', device],
    trace(play) {
      const on = thingsIn(play).get(device)?.conditions.includes('ison') ?? false;
      return on === (switched === 'on') ? `the ${device} was switched ${switched}` : undefined;
    },
  };
}

/** A thing and where it can be brought. */
export interface Move {
  readonly thing: string;
  readonly from: string;
  readonly to: string;
  /** Receptacles of the two that have to be opened. */
  readonly closed: readonly string[];
}

/** Take a thing from its place and put it somewhere else. */
export function moveErrand({ thing, from, to, closed }: Move): Errand {
  const goTo = (place: string): ErrandCall[] => [
    { tool: 'go_to', args: { receptacle: place } },
    ...(closed.includes(place) ? [{ tool: 'open', args: { receptacle: place } }] : []),
  ];
  return {
    approach: [...goTo(from), { tool: 'take', args: { object: thing, receptacle: from } }, ...goTo(to)],
    call: { tool: 'put', args: { object: thing, receptacle: to } },
    words: `bring the ${thing} from the ${from} to the ${to} with the tools go_to, open, take and put`,
    literals: ['go_to', 'take', 'put', thing, from, to],
    trace(play) {
      const where = thingsIn(play).get(thing)?.where ?? [];
      return where.includes(from) ? undefined : `the ${thing} was taken from the ${from}`;
    },
  };
}

/** Things that can be carried somewhere else, of kinds that the task has nothing to do with; one move for each. */
export function possibleMoves({ game, facts }: Play, rng: Rng, busy: readonly string[]): Move[] {
  const name = (id: string): string => game.names.get(id) ?? '';
  const places = facts.sorted('receptacleatlocation').map(([id = '']) => id);
  const typeOf = (predicate: string, of: string): string =>
    facts.sorted(predicate).find(([id]) => id === of)?.[1] ?? '';
  const closed = (id: string): boolean =>
    facts.has({ predicate: 'openable', args: [id] }) && !facts.has({ predicate: 'opened', args: [id] });
  return facts.sorted('inreceptacle').flatMap(([thing = '', from = '']) => {
    const fit = facts.has({ predicate: 'pickupable', args: [thing] }) && !busy.includes(kindOf(name(thing)));
    if (!fit || !places.includes(from)) return [];
    const type = typeOf('objecttype', thing);
    const others = places.filter(
      (id) =>
        id !== from && facts.has({ predicate: 'cancontain', args: [typeOf('receptacletype', id), type] }),
    );
    if (others.length === 0) return [];
    const to = rng.pick(others);
    return [
      { thing: name(thing), from: name(from), to: name(to), closed: [from, to].filter(closed).map(name) },
    ];
  });
}
