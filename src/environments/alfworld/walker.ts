import { SolutionStuck, textOf } from '../../contracts/agent.ts';
import type { Actor } from '../../contracts/environment.ts';
import type { JsonObject } from '../../contracts/json.ts';

export interface Found {
  readonly name: string;
  readonly place: string;
}

/** Someone who walks through a room and remembers what was where; knows only what tools and user have told. */
export interface Walker {
  /** The receptacles of the room. */
  readonly places: readonly string[];
  /** Looks into one receptacle after the other. @throws SolutionStuck when nothing fits */
  find(fits: (name: string) => boolean): Promise<Found>;
  /** Makes sure to be at a receptacle. */
  reach(place: string): Promise<void>;
  take(thing: Found): Promise<void>;
  put(name: string, place: string): Promise<void>;
  /** Calls a tool at a receptacle, opened first if `how` says so. */
  actAt(place: string, tool: string, args: JsonObject, how?: 'open'): Promise<void>;
}

/**
 * Something may lead the walker elsewhere between two calls, so what fails is tried again after a new arrival.
 * @param opening lists the receptacles
 * @param tidy whether everything is closed again after use
 */
export function createWalker(actor: Actor, opening: string, tidy: boolean): Walker {
  const places = listed(opening);
  const seen = new Map<string, readonly string[]>();
  const call = (tool: string, args: JsonObject) => actor.call('household', tool, args);

  const opened = new Set<string>();
  /** Where the walker believes to be. */
  let at = '';

  /** Goes to a receptacle, or stays there; resolves with what is told about it. */
  const goTo = async (place: string): Promise<string> => {
    const go = () => call('go_to', { receptacle: place });
    const stay = () => call('examine', { thing: place });
    const [first, second] = at === place ? [stay, go] : [go, stay];
    at = place;
    const outcome = await first();
    return outcome.kind === 'result' ? outcome.text : textOf(await second());
  };

  /** Calls a tool at a receptacle; after a failure again, once `comeBack` has led there. */
  const insist = async (
    place: string,
    [tool, args]: readonly [string, JsonObject],
    comeBack: (place: string) => Promise<unknown>,
  ): Promise<string> => {
    const outcome = await call(tool, args);
    if (outcome.kind === 'result') return outcome.text;
    await comeBack(place);
    return textOf(await call(tool, args));
  };

  /** Goes to a receptacle, opens it if need be, and reads what is in it. */
  const visit = async (place: string): Promise<void> => {
    let text = await goTo(place);
    if (text.includes(`The ${place} is closed.`)) {
      text = await insist(place, ['open', { receptacle: place }], goTo);
      if (!text.includes(youSee)) text = await goTo(place);
      opened.add(place);
    }
    seen.set(place, listed(text));
  };

  const leave = async (place: string): Promise<void> => {
    if (tidy && opened.delete(place)) await insist(place, ['close', { receptacle: place }], goTo);
  };

  return {
    places,
    async find(fits) {
      for (const place of places) {
        if (!seen.has(place)) await visit(place);
        const name = seen.get(place)?.find(fits);
        if (name !== undefined) return { name, place };
        await leave(place);
      }
      throw new SolutionStuck('What the chore needs is nowhere in the room');
    },
    async reach(place) {
      await goTo(place);
    },
    async take({ name, place }) {
      if (at !== place) await visit(place);
      await insist(place, ['take', { object: name, receptacle: place }], visit);
      seen.set(
        place,
        (seen.get(place) ?? []).filter((other) => other !== name),
      );
      await leave(place);
    },
    async put(name, place) {
      await visit(place);
      await insist(place, ['put', { object: name, receptacle: place }], visit);
      seen.set(place, [...(seen.get(place) ?? []), name]);
      await leave(place);
    },
    async actAt(place, tool, args, how) {
      const come = how === 'open' ? visit : goTo;
      if (how === 'open' || at !== place) await come(place);
      await insist(place, [tool, args], come);
      await leave(place);
    },
  };
}

const youSee = 'you see ';

/** The names in `... you see a mug 1, and a pen 2.` */
function listed(text: string): string[] {
  const start = text.indexOf(youSee);
  if (start < 0) return [];
  const end = text.indexOf('.', start);
  const list = text.slice(start + youSee.length, end < 0 ? undefined : end);
  return list
    .split(',')
    .map((part) => part.trim().replace(/^and /, '').replace(/^a /, ''))
    .filter((name) => name !== 'nothing' && name !== '');
}
