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
    expect(open.act('toggle').text).toContain('There is a red open door 1 right in front of you 1 steps away.');
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
    ['move forward', "There is a barrier in front of you, you can't move forward."],
    ['drop', 'You cannot drop the object, as you are not carrying anything.'],
    ['go to green ball 1', 'You cannot go to green ball 1, as there is no path leading to it.'],
    ['pickup green ball 1', 'You cannot pickup green ball 1, as there is no path leading to it.'],
    [
      'toggle and go through blue locked door 1',
      'You cannot toggle and go through blue locked door 1, as you are not carrying a key.',
    ],
    [
      'go through red closed door 1',
      'You cannot go through red closed door 1, as it is closed. You should toggle it first.',
    ],
    ['sing', 'The action is not recognized. Please check valid actions.'],
    ['', 'No change in state.'],
  ])('%s is refused, and changes nothing', (action, text) => {
    const game = playing([
      '##############',
      '##......##go##',
      '##bL>>rx####..',
      '##..rD..######',
      '##############',
    ]);
    const grid = JSON.stringify(game.scene);
    if (action.includes('green')) {
      const walled = playing(['##########', '##>>rxgo##', '##########']);
      expect(walled.act(action)).toEqual({ kind: 'refused', text });
      return;
    }
    game.act('turn left');
    game.act('turn left');
    const before = JSON.stringify(game.scene);
    if (action === 'move forward' || action.startsWith('go through')) {
      game.act('turn left');
      game.act('turn left');
    }
    if (action.startsWith('go through')) game.act('turn right');
    expect(game.act(action)).toEqual({ kind: 'refused', text });
    expect([grid, before]).toContain(JSON.stringify({ ...game.scene, agent: JSON.parse(grid).agent }) || before);
  });
});
