import type { Color, ItemKind } from '../engine/grid.ts';

/** Something an observation lists, where it stands relative to the agent. */
export interface Listed {
  readonly color: Color;
  readonly kind: ItemKind | 'door';
  /** Of doors only. */
  readonly state: 'open' | 'closed' | 'locked' | 'none';
  /** As in the observation: `red ball 1`. */
  readonly name: string;
  readonly ahead: number;
  /** To the right; negative to the left. */
  readonly aside: number;
}

/** An observation, as an agent understands it. */
export interface Reading {
  readonly listed: readonly Listed[];
  /** The nearest wall or box straight ahead; none within sight at `Infinity`. */
  readonly barrier: { readonly kind: 'wall' | 'box' | 'none'; readonly ahead: number };
  readonly carrying: { readonly color: Color; readonly kind: ItemKind } | 'nothing';
  readonly completed: boolean;
}

const color = '(blue|green|grey|purple|red|yellow)';
const item = '(ball|box|key)';
const thing = new RegExp(
  `There is a ${color} (?:(open|closed|locked) )?(ball|box|key|door) (\\d{1,3}) ` +
    `(?:right in front of you (\\d{1,3}) steps away|(\\d{1,3}) steps in front of you and (\\d{1,3}) steps to your (left|right))`,
  'g',
);
const barrierAhead = /You are facing a (wall|box) (\d{1,3}) steps away/;
const load = new RegExp(`You are carrying a ${color} ${item}\\.`);

/** Reads an observation; `none` when the text is none. */
export function readObservation(text: string): Reading | 'none' {
  if (!text.includes('The room has walls around you.')) return 'none';
  const [, barrier, ahead] = barrierAhead.exec(text) ?? [];
  const [, carriedColor, carriedKind] = load.exec(text) ?? [];
  return {
    listed: [...text.matchAll(thing)].map(listedOf),
    barrier:
      barrier === 'wall' || barrier === 'box'
        ? { kind: barrier, ahead: Number(ahead) }
        : { kind: 'none', ahead: Number.POSITIVE_INFINITY },
    carrying:
      carriedColor === undefined
        ? 'nothing'
        : { color: carriedColor as Color, kind: carriedKind as ItemKind },
    completed: text.includes('The task is completed.'),
  };
}

function listedOf(found: RegExpMatchArray): Listed {
  const [, thingColor, state, kind, number, straight, ahead, aside, side] = found;
  const doorState = state === undefined ? '' : `${state} `;
  return {
    color: thingColor as Color,
    kind: kind as Listed['kind'],
    state: (state ?? 'none') as Listed['state'],
    name: `${thingColor} ${doorState}${kind} ${number}`,
    ahead: Number(straight ?? ahead),
    aside: Number(aside ?? 0) * (side === 'left' ? -1 : 1),
  };
}
