import type { Rng } from '../../contracts/seed.ts';
import { kindOf } from './aim.ts';
import type { Play } from './engine/play.ts';
import type { Errand, ErrandCall } from './state.ts';
import { placesHere, thingsIn } from './view.ts';

/** Go to a device and use it. */
export function useErrand(device: string, place: string, switched: 'on' | 'off'): Errand {
  return {
    approach: (play) => wayTo(place, play),
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
}

/** Take a thing from its place and put it somewhere else. */
export function moveErrand({ thing, from, to }: Move): Errand {
  const opening = (place: string, play: Play): ErrandCall[] =>
    isClosed(place, play) ? [{ tool: 'open', args: { receptacle: place } }] : [];
  return {
    approach: (play) => [
      ...wayTo(from, play),
      ...opening(from, play),
      { tool: 'take', args: { object: thing, receptacle: from } },
      { tool: 'go_to', args: { receptacle: to } },
      ...opening(to, play),
    ],
    call: { tool: 'put', args: { object: thing, receptacle: to } },
    words: `bring the ${thing} from the ${from} to the ${to} with the tools go_to, open, take and put`,
    literals: ['go_to', 'take', 'put', thing, from, to],
    trace(play) {
      const where = thingsIn(play).get(thing)?.where ?? [];
      return where.includes(from) ? undefined : `the ${thing} was taken from the ${from}`;
    },
  };
}

/** Who is there already cannot go there. */
function wayTo(place: string, play: Play): ErrandCall[] {
  return placesHere(play).includes(place) ? [] : [{ tool: 'go_to', args: { receptacle: place } }];
}

function isClosed(place: string, { game, facts }: Play): boolean {
  const ids = game.ids.get(place) ?? [];
  return ids.some(
    (id) =>
      facts.has({ predicate: 'openable', args: [id] }) && !facts.has({ predicate: 'opened', args: [id] }),
  );
}

/** Things that can be carried somewhere else, of kinds that the task has nothing to do with; one move for each. */
export function possibleMoves({ game, facts }: Play, rng: Rng, busy: readonly string[]): Move[] {
  const name = (id: string): string => game.names.get(id) ?? '';
  const places = facts.sorted('receptacleatlocation').map(([id = '']) => id);
  const typeOf = (predicate: string, of: string): string =>
    facts.sorted(predicate).find(([id]) => id === of)?.[1] ?? '';
  return facts.sorted('inreceptacle').flatMap(([thing = '', from = '']) => {
    const fit = facts.has({ predicate: 'pickupable', args: [thing] }) && !busy.includes(kindOf(name(thing)));
    if (!fit || !places.includes(from)) return [];
    const type = typeOf('objecttype', thing);
    const others = places.filter(
      (id) =>
        id !== from && facts.has({ predicate: 'cancontain', args: [typeOf('receptacletype', id), type] }),
    );
    if (others.length === 0) return [];
    return [{ thing: name(thing), from: name(from), to: name(rng.pick(others)) }];
  });
}
