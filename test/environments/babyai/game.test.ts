import { describe, expect, test } from 'vitest';
import { play } from '../../../src/environments/babyai/engine/game.ts';
import type { Instruction } from '../../../src/environments/babyai/engine/instruction.ts';
import { drawn, levelOf } from './drawn.ts';

const elsewhere: Instruction = { verb: 'go to', what: { kind: 'ball', color: 'yellow' } };

function playing(rows: readonly string[], instruction = elsewhere, maxSteps = 100) {
  return play(levelOf(drawn(...rows), instruction, maxSteps));
}

const seen = (things: string, rest: string): string =>
  `In front of you in this room, you can see several objects: ${things}The room has walls around you. ${rest}`;

describe('observations', () => {
  test('list things nearest first, with numbers, places, the barrier ahead and what is carried', () => {
    const game = playing(['############', '##..bo..bo##', '##>>......##', '##..rk..gx##', '############']);
    expect(game.situation().text).toBe(
      seen(
        'There is a blue ball 1 1 steps in front of you and 1 steps to your left.  ' +
          'There is a red key 1 1 steps in front of you and 1 steps to your right.  ' +
          'There is a blue ball 2 3 steps in front of you and 1 steps to your left.  ' +
          'There is a green box 1 3 steps in front of you and 1 steps to your right.  ',
        'You are facing a wall 4 steps away. You are not carrying anything.',
      ),
    );
    expect(game.act('pickup red key 1').text).toContain('You are carrying a red key.');
  });

  test('do not show what is behind walls and closed doors, but through open doors', () => {
    const shut = ['##########', '##>>rDro##', '##########'];
    expect(playing(shut).situation().text).toContain('red closed door 1 right in front of you 1 steps away');
    expect(playing(shut).situation().text).not.toContain('red ball');
    const open = playing(shut);
    expect(open.act('toggle').text).toContain(
      'There is a red open door 1 right in front of you 1 steps away.',
    );
    expect(open.situation().text).toContain('There is a red ball 1 right in front of you 2 steps away.');
    expect(playing(['##########', '##>>##ro##', '##########']).situation().text).not.toContain('ball');
  });

  test('face the nearest box or wall, not balls', () => {
    expect(playing(['##########', '##>>robx##', '##########']).situation().text).toContain(
      'You are facing a box 2 steps away.',
    );
  });

  test('say so when nothing at all is in sight', () => {
    const rows = Array.from({ length: 17 }, () => '..'.repeat(17));
    rows[8] = `${'..'.repeat(8)}>>${'..'.repeat(8)}`;
    expect(playing(rows).situation().text).toBe(
      'You cannot see any objects within sight.The room has walls around you. You are not carrying anything.',
    );
  });
});

describe('actions', () => {
  test('are listed in the order of the original', () => {
    const game = playing(['############', '##..bo..rD##', '##>>......##', '############']);
    expect(game.act('check available actions').text).toBe(
      'You can take the following actions: turn left, turn right, move forward, pickup blue ball 1, ' +
        'toggle and go through red closed door 1, go to blue ball 1, go to red closed door 1, check available actions',
    );
    expect(game.steps()).toBe(0);
  });

  test.each([
    ['move forward', '##>>rx####', "There is a barrier in front of you, you can't move forward."],
    ['drop', '##>>rx####', 'You cannot drop the object, as you are not carrying anything.'],
    ['go to green ball 1', '##>>rxgo##', 'You cannot go to green ball 1, as there is no path leading to it.'],
    [
      'pickup green ball 1',
      '##>>rxgo##',
      'You cannot pickup green ball 1, as there is no path leading to it.',
    ],
    [
      'go through blue open door 1',
      '##>>rxb/##',
      'You cannot go through blue open door 1, as there is no path leading to it.',
    ],
    [
      'go through red closed door 1',
      '##>>..rD##',
      'You cannot go through red closed door 1, as it is closed. You should toggle it first.',
    ],
    [
      'toggle and go through blue locked door 1',
      '##>>..bL##',
      'You cannot toggle and go through blue locked door 1, as you are not carrying a key.',
    ],
    ['sing', '##>>..bL##', 'The action is not recognized. Please check valid actions.'],
    ['toggle', '##>>..bD##', 'The action is not recognized. Please check valid actions.'],
    ['', '##>>..bL##', 'No change in state.'],
  ])('%s is refused in %s, and changes nothing', (action, row, text) => {
    const game = playing(['##########', row, '##########']);
    const before = JSON.stringify(game.scene);
    expect(game.act(action)).toEqual({ kind: 'refused', text });
    expect(JSON.stringify(game.scene)).toBe(before);
    expect(game.steps()).toBe(0);
  });

  test('a door behind a box is refused with the table of doors that the original prints', () => {
    const side = '##......####';
    const ahead = '##>>..gxbD##';
    const game = playing(['############', side, side, ahead, side, side, '############']);
    expect(game.act('toggle and go through blue closed door 1').text).toBe(
      "You cannot toggle and go through blue closed door {'blue closed door': 1}, as there is no path leading to it.",
    );
  });

  test('a locked door opens with the key of its color alone', () => {
    const game = playing(['############', '##rk..bL..##', '##>>..bk..##', '############']);
    game.act('pickup red key 1');
    expect(game.act('toggle and go through blue locked door 1').text).toBe(
      'You cannot toggle and go through blue locked door 1, as the color of the key you are carrying does not match the color of door.',
    );
    game.act('drop');
    game.act('turn right');
    expect(game.act('pickup blue key 1').kind).toBe('done');
    game.act('turn left');
    expect(game.act('toggle and go through blue locked door 1').kind).toBe('done');
    expect(game.scene.agent).toMatchObject({ x: 3, y: 1 });
    game.act('turn left');
    game.act('turn left');
    expect(game.situation().text).not.toContain('locked');
  });

  test('one hand holds one thing, and floor that is taken holds nothing more', () => {
    const game = playing(['##########', '##>>roko##', '##########']);
    game.act('pickup red ball 1');
    expect(game.situation().actions().has('pickup red ball 1')).toBe(false);
    game.act('turn left');
    expect(game.act('drop')).toEqual({
      kind: 'refused',
      text: 'You cannot drop the object, as there is already an object in front of you.',
    });
  });

  test('numbers of actions count what can be reached, unlike those of the observation', () => {
    const game = playing(['############', '##>>..ro..##', '##########..', '############']);
    expect(game.act('go to red ball 1').kind).toBe('done');
    const walled = playing(['##############', '##ro####....##', '##^^......ro##', '##############']);
    expect([...walled.situation().actions().keys()]).toContain('go to red ball 1');
  });

  test('a compound action stops when the view does not change', () => {
    const rows = Array.from({ length: 17 }, () => '..'.repeat(17));
    rows[8] = `${'..'.repeat(8)}>>${'..'.repeat(8)}`;
    rows[12] = `${'..'.repeat(7)}ro${'..'.repeat(9)}`;
    const game = playing(rows);
    game.act('turn right');
    expect(game.situation().text).toContain('4 steps in front of you and 1 steps to your right');
    expect(game.act('go to red ball 1').kind).toBe('done');
    expect(game.situation().text).toContain('There is a red ball 1 right in front of you 1 steps away.');
    expect(game.act('go to red ball 1')).toEqual({ kind: 'no-change', text: 'No change in state.' });
  });

  test('of several shortest ways, one goes ahead before one turns', () => {
    const game = playing([
      '############',
      '##........##',
      '##>>......##',
      '##........##',
      '##....ro..##',
      '############',
    ]);
    game.act('go to red ball 1');
    expect(game.scene.agent).toEqual({ x: 3, y: 3, facing: 1 });
    expect(game.steps()).toBe(4);
  });
});

describe('rewards', () => {
  const room = ['##########', '##>>..ro##', '##########'];
  const toBall: Instruction = { verb: 'go to', what: { kind: 'ball', color: 'red' } };

  test('success is said once, pays less for every step, and stays', () => {
    const game = playing(room, toBall, 20);
    game.act('turn left');
    game.act('turn right');
    expect(game.act('move forward').text.endsWith('\n The task is completed.')).toBe(true);
    expect(game.end()).toBe('success');
    expect(game.reward()).toBeCloseTo(1 - 0.9 * (3 / 20));
    game.act('turn left');
    expect([game.end(), game.reward()]).toEqual(['success', 1 - 0.9 * (3 / 20)]);
  });

  test('what comes too late for AgentGym is a success all the same, until the steps run out', () => {
    const late = playing(room, toBall, 4);
    for (const action of ['turn left', 'turn right', 'move forward']) late.act(action);
    expect([late.end(), late.reward()]).toEqual(['success', 1 - 0.9 * (3 / 4)]);
    late.act('turn left');
    expect(late.reward()).toBe(0);
    const never = playing(room, toBall, 2);
    for (const action of ['turn left', 'turn right', 'move forward']) never.act(action);
    expect(never.end()).toBe('timeout');
  });

  test('what is reached in the midst of a compound action counts, though AgentGym does not pay it', () => {
    const open: Instruction = { verb: 'open', what: { kind: 'door', color: 'red' } };
    const game = playing(['##########', '##>>rD..##', '##########'], open);
    expect(game.act('toggle and go through red closed door 1').text).not.toContain('completed');
    expect([game.end(), game.reward()]).toEqual(['success', 0]);
  });
});
