import { describe, expect, test } from 'vitest';
import { play } from '../../../src/environments/babyai/engine/game.ts';
import type { ActionInstruction, Instruction } from '../../../src/environments/babyai/engine/instruction.ts';
import { drawn, levelOf } from './drawn.ts';

const rows = ['############', '##roboyoro##', '##>>......##', '##bkrk....##', '############'];
const goTo = (color: 'red' | 'blue' | 'yellow'): ActionInstruction => ({
  verb: 'go to',
  what: { kind: 'ball', color },
});

/** How the mission stands after each action. */
function ends(instruction: Instruction, actions: readonly string[]): string[] {
  const game = play(levelOf(drawn(...rows), instruction));
  return actions.map((action) => {
    expect(game.act(action).kind, action).not.toBe('refused');
    return game.end();
  });
}

describe('instructions', () => {
  test('and: in any order', () => {
    const both: Instruction = { verb: 'and', first: goTo('red'), second: goTo('blue') };
    expect(ends(both, ['move forward', 'turn left', 'turn right'])).toEqual([
      'continue',
      'continue',
      'continue',
    ]);
    expect(ends(both, ['turn left', 'turn right', 'move forward', 'turn left']).at(-1)).toBe('success');
    expect(ends(both, ['move forward', 'turn left', 'turn right', 'go to red ball 1']).at(-1)).toBe(
      'success',
    );
  });

  test('before and after: in that order alone', () => {
    const actions = ['move forward', 'turn left', 'turn right', 'move forward', 'turn left'];
    const before: Instruction = { verb: 'before', first: goTo('blue'), second: goTo('yellow') };
    const after: Instruction = { verb: 'after', first: goTo('blue'), second: goTo('yellow') };
    expect(ends(before, actions).at(-1)).toBe('success');
    expect(ends(after, actions).at(-1)).toBe('continue');
    const back = ['turn left', 'move forward', 'turn right'];
    expect(ends(after, [...actions, ...back]).at(-1)).toBe('success');
  });

  test('places are those seen from the start', () => {
    const left: Instruction = { verb: 'pick up', what: { kind: 'key', place: 'left' } };
    const right: Instruction = { verb: 'pick up', what: { kind: 'key', place: 'right' } };
    const front: Instruction = { verb: 'pick up', what: { kind: 'key', place: 'front' } };
    const behind: Instruction = { verb: 'pick up', what: { kind: 'key', place: 'behind' } };
    const take = (mission: Instruction): string | undefined =>
      ends(mission, ['turn right', 'pickup blue key 1']).at(-1);
    expect([take(left), take(right), take(front), take(behind)]).toEqual([
      'continue',
      'success',
      'continue',
      'continue',
    ]);
  });

  test('a strict pick up fails with anything else, a plain one goes on', () => {
    const mission = { verb: 'pick up', what: { color: 'blue' } } as const;
    const actions = ['pickup red key 1'];
    expect(ends({ ...mission, strict: true }, actions)).toEqual(['failure']);
    expect(ends(mission, actions)).toEqual(['continue']);
    expect(ends(mission, [...actions, 'turn left', 'drop', 'turn right', 'pickup blue key 1']).at(-1)).toBe(
      'success',
    );
  });

  test('put next to: the thing itself, at the side of the other', () => {
    const mission: Instruction = {
      verb: 'put',
      what: { kind: 'key', color: 'blue' },
      beside: { kind: 'ball', color: 'yellow' },
    };
    const fetch = ['turn right', 'pickup blue key 1', 'turn left', 'move forward', 'move forward'];
    expect(ends(mission, [...fetch, 'drop']).at(-1)).toBe('continue');
    expect(
      ends(mission, ['turn right', 'pickup blue key 1', 'turn left', 'move forward', 'drop']).at(-1),
    ).toBe('success');
  });
});
