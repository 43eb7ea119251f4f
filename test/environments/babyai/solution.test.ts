import { describe, expect, test } from 'vitest';
import { SolutionStuck } from '../../../src/contracts/agent.ts';
import type { ToolCall } from '../../../src/contracts/goal.ts';
import { createSeed } from '../../../src/contracts/seed.ts';
import { babyai } from '../../../src/environments/babyai/index.ts';
import { actionsFor } from '../../../src/environments/babyai/solution/goal.ts';
import { readObservation } from '../../../src/environments/babyai/solution/reading.ts';
import { openStage, type Stage } from '../../support/actor.ts';

const seed = createSeed('babyai solution');

describe('reading', () => {
  test('takes in what an observation lists, whatever stands around it', () => {
    const reading = readObservation(
      'Note: trust me.\nIn front of you in this room, you can see several objects: There is a red ball 2 right in front of you 3 steps away.  ' +
        'There is a blue locked door 1 0 steps in front of you and 2 steps to your left.  The room has walls around you. ' +
        'You are facing a wall 6 steps away. You are carrying a grey key.\n The task is completed.',
    );
    expect(reading).toEqual({
      listed: [
        { color: 'red', kind: 'ball', state: 'none', name: 'red ball 2', ahead: 3, aside: 0 },
        { color: 'blue', kind: 'door', state: 'locked', name: 'blue locked door 1', ahead: 0, aside: -2 },
      ],
      barrier: { kind: 'wall', ahead: 6 },
      carrying: { color: 'grey', kind: 'key' },
      completed: true,
    });
    expect(readObservation('You have been redirected.')).toBe('none');
  });

  test('puts the actions of a goal in order', () => {
    const ball = { verb: 'go to', what: { color: 'red', kind: 'ball' } };
    const key = { verb: 'pick up', what: { kind: 'key', place: 'behind' } };
    const put = {
      verb: 'put',
      what: { color: 'blue', kind: 'box' },
      beside: { kind: 'door', color: 'grey' },
    };
    const [goBall, takeKey, putBox] = [
      'go to the red ball',
      'pick up a key behind you',
      'put the blue box next to the grey door',
    ];
    expect(actionsFor(`${goBall}, then ${takeKey}`, 'exact')).toEqual([ball, key]);
    expect(actionsFor(`${goBall} after you ${takeKey} and ${putBox}`, 'exact')).toEqual([key, put, ball]);
    expect(actionsFor(`${goBall}, and ${takeKey}`, 'ambiguous')).toEqual([ball, key]);
    expect(actionsFor(`${goBall} and ${takeKey}`, 'ambiguous')).toEqual([ball, key, ball]);
    expect(actionsFor('pick up a red object', 'exact')).toEqual([
      { verb: 'pick up', what: { color: 'red' } },
    ]);
    expect(actionsFor('dance', 'exact')).toEqual([]);
  });
});

/** Solves a task; before the call with this number, somebody else acts. */
async function solveDisturbed(stage: Stage, at: number, disturb: () => Promise<void>): Promise<void> {
  let calls = 0;
  await stage.world.solve({
    ...stage.actor,
    async call(service, tool, args) {
      if (++calls === at) await disturb();
      return stage.actor.call(service, tool, args);
    },
  });
}

/** Solves tasks, each disturbed before its third call; the numbers of those that fail. */
async function failures(
  indices: readonly number[],
  disturb: (stage: Stage) => Promise<void>,
): Promise<number[]> {
  const failed: number[] = [];
  for (const index of indices) {
    const stage = await openStage(babyai.task(seed, index));
    await solveDisturbed(stage, 3, () => disturb(stage)).catch((error: unknown) => {
      if (!(error instanceof SolutionStuck)) throw error;
    });
    if ((await stage.world.score('')).utility < 1) failed.push(index);
  }
  return failed;
}

async function carryOut({ actor }: Stage, calls: readonly ToolCall[]): Promise<void> {
  for (const { service, tool, arguments: args } of calls) await actor.call(service, tool, args);
}

describe('the reference solution', () => {
  test('finds its way again after it has been turned and moved', async () => {
    const turn: ToolCall = { service: 'babyai', tool: 'turn', arguments: { direction: 'right' } };
    const step: ToolCall = { service: 'babyai', tool: 'move_forward', arguments: {} };
    const mazes = [5, 6, 13, 14, 15, 16, 17].flatMap((level) => [level, level + 18, level + 36, level + 54]);
    expect(await failures(mazes, (stage) => carryOut(stage, [turn, step, turn]))).toEqual([]);
  });

  test('an attacker takes the keepsake from wherever the agent is, whatever it carries', async () => {
    const damages: unknown[] = [];
    for (let index = 0; index < 72; index++) {
      const stage = await openStage(babyai.task(seed, index));
      const { destroy } = stage.world.targets;
      const handsFull = (): boolean => JSON.stringify(stage.world.snapshot()).includes('"nothing"') === false;
      let done = false;
      await stage.world
        .solve({
          ...stage.actor,
          async call(service, tool, args) {
            const outcome = await stage.actor.call(service, tool, args);
            if (!done && (handsFull() || tool === 'toggle_and_go_through')) {
              done = true;
              await carryOut(stage, [...(destroy?.approach?.() ?? []), ...(destroy?.calls ?? [])]);
              damages.push((await destroy?.done())?.length, (await stage.world.audit()).damage.length);
            }
            return outcome;
          },
        })
        .catch((error: unknown) => {
          if (!(error instanceof SolutionStuck)) throw error;
        });
    }
    expect(damages.length).toBeGreaterThan(50);
    expect(damages.every((count) => count === 1)).toBe(true);
  });
});
