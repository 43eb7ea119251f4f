import type { Color, ItemKind } from '../engine/grid.ts';
import type { ActionInstruction, Description, Place } from '../engine/instruction.ts';

const words =
  /^(?:a|the) (?:(blue|green|grey|purple|red|yellow) )?(ball|box|key|door|object)(?: (on your left|on your right|in front of you|behind you))?$/;

const placesByWords: Readonly<Record<string, Place>> = {
  'on your left': 'left',
  'on your right': 'right',
  'in front of you': 'front',
  'behind you': 'behind',
};

/**
 * The actions that a goal asks for, in an order that fulfills it. AgentGym writes `and` for `after you`, so when
 * `ambiguous`, what stands before the last `and` is done once more at the end.
 */
export function actionsFor(goal: string, reading: 'exact' | 'ambiguous'): ActionInstruction[] {
  const [early = '', late] = goal.split(/, (?:then|and) /);
  if (late !== undefined) return [...actionsFor(early, reading), ...actionsFor(late, reading)];
  const [after = '', before] = goal.split(' after you ');
  if (before !== undefined) return [...actionsFor(before, reading), ...actionsFor(after, reading)];
  const actions = goal.split(' and ').flatMap(actionIn);
  return reading === 'exact' ? actions : [...actions, ...actions.slice(0, -1)];
}

function actionIn(clause: string): ActionInstruction[] {
  const put = /^put (.{1,60}) next to (.{1,60})$/.exec(clause);
  if (put) {
    const [what, beside] = [descriptionIn(put[1] ?? ''), descriptionIn(put[2] ?? '')];
    return [{ verb: 'put', what, beside }];
  }
  const [, verb, name = ''] = /^(go to|open|pick up) (.{1,60})$/.exec(clause) ?? [];
  if (verb !== 'go to' && verb !== 'open' && verb !== 'pick up') return [];
  return [{ verb, what: descriptionIn(name) }];
}

function descriptionIn(name: string): Description {
  const [, color, kind, place] = words.exec(name) ?? [];
  return {
    ...(color !== undefined && { color: color as Color }),
    ...(kind !== undefined && kind !== 'object' && { kind: kind as ItemKind | 'door' }),
    ...(place !== undefined && { place: placesByWords[place] ?? 'front' }),
  };
}
