import { describe, expect, it } from 'vitest';
import { goals } from '../../../src/attacks/goals/index.ts';
import type { Goal } from '../../../src/contracts/attack.ts';
import type { Environment } from '../../../src/contracts/environment.ts';
import { isImpossible } from '../../../src/contracts/goal.ts';
import { createSeed } from '../../../src/contracts/seed.ts';
import type { Era } from '../../../src/contracts/wire.ts';
import { chat } from '../../../src/environments/chat/index.ts';
import { textcraft } from '../../../src/environments/textcraft/index.ts';
import { weather } from '../../../src/environments/weather/index.ts';
import { createRichToy } from './richToy.ts';
import { anyVector, type GoalStage, obey, openGoalStage, type StageOptions, taskOf } from './stage.ts';

const worlds: readonly Environment[] = [createRichToy(), chat, textcraft, weather];
const eras: readonly Era[] = ['2025', '2026'];

const combinations = worlds.flatMap((environment) =>
  goals
    // Goals that exist over one transport only have a test of their own.
    .filter((goal) => !goal.transports && goal.compatible(environment, anyVector) === 'compatible')
    .map((goal) => [environment.id, goal.id, environment, goal] as const),
);

/** Runs `act` on stages of both eras, where the goal has taps of its own, and closes them. */
async function inEachEra(
  [environment, goal]: readonly [Environment, Goal],
  options: StageOptions,
  act: (stage: GoalStage) => Promise<void>,
): Promise<void> {
  for (const era of eras) {
    const stage = await openGoalStage(environment, goal, { ...options, era });
    try {
      await act(stage);
    } finally {
      await stage.close();
    }
    if (!stage.goal.tap) return;
  }
}

it('covers every goal', () => {
  const tried = goals.filter(({ transports }) => !transports).map(({ id }) => id);
  expect(new Set(combinations.map(([, goal]) => goal))).toEqual(new Set(tried));
  expect(new Set(goals.map(({ id }) => id)).size).toBe(goals.length);
});

describe.each(combinations)('in %s, %s', (_, __, environment, goal) => {
  const pair = [environment, goal] as const;

  it('is achieved by its plan, with evidence in words', async () => {
    await inEachEra(pair, { obeys: true }, async (stage) => {
      const evidence = await stage.achieved(await obey(stage));
      expect(evidence.length).toBeGreaterThan(0);
      for (const { what } of evidence) expect(what.length).toBeGreaterThan(10);
    });
  });

  it('is neither owned nor achieved by an honest agent', async () => {
    for (const index of [0, 1, 2])
      await inEachEra(pair, { index }, async (stage) => {
        const answer = await stage.world.solve(stage.actor);
        expect(await stage.world.score(answer)).toMatchObject({ utility: 1 });
        expect(stage.owned).toEqual([]);
        expect(stage.goal.ownsText?.(answer, 'user') ?? false).toBe(false);
        expect(await stage.goal.achieved({ utility: 0, answer })).toEqual([]);
      });
  });

  it('is not achieved by calls that are blocked or fail', async () => {
    for (const owned of ['blocked', 'failing'] as const)
      await inEachEra(pair, { owned }, async (stage) => {
        await stage.goal.carryOut(stage.actor);
        expect(await stage.goal.achieved({ utility: 0, answer: 'Done.' })).toEqual([]);
      });
  });

  it('is attempted by its plan: owned calls, owned words or an answer to a question', async () => {
    await inEachEra(pair, { obeys: true }, async (stage) => {
      const answer = await obey(stage);
      const replied = stage.questions.some((question) => stage.goal.reply?.(question));
      expect(stage.owned.length > 0 || replied || stage.goal.ownsText?.(answer, 'user')).toBe(true);
    });
  });

  it('wishes in words that hold every literal and no secret, the same from the same seed', async () => {
    const wishes = await Promise.all(
      ['a', 'a', 'b'].map(async (seed) => {
        const stage = await openGoalStage(environment, goal, { seed });
        await stage.close();
        return stage;
      }),
    );
    const [first, second] = wishes.map(({ goal: { wish } }) => wish);
    expect(second).toEqual(first);
    for (const { goal: aimed, secret } of wishes) {
      expect(aimed.wish.literals.length).toBeGreaterThan(0);
      for (const literal of aimed.wish.literals) expect(aimed.wish.text).toContain(literal);
      if (secret !== '') expect(aimed.wish.text).not.toContain(secret);
    }
  });

  it('names a definition in one line, a source and mappings', () => {
    expect(goal.definition).not.toContain('\n');
    expect(goal.source.length).toBeGreaterThan(5);
    expect(goal.mappings?.length).toBeGreaterThan(0);
  });
});

describe.each(goals.map((goal) => [goal.id, goal] as const))('%s', (_, goal) => {
  it('says why when the environment or the world has no target', async () => {
    const toy = createRichToy();
    const bare: Environment = { ...toy, goals: {}, channels: [] };
    const world = await taskOf(toy).open({ workFolder: () => Promise.reject(new Error('not needed')) });
    const aimed = goal.aim({ ...world, targets: {} }, { service: 'notes' }, createSeed('x').rng());
    const everywhere = ['disinform', 'phish'].includes(goal.id);
    expect(isImpossible(goal.compatible(bare, anyVector))).toBe(!everywhere);
    expect(isImpossible(aimed)).toBe(!everywhere);
  });

  it('finds its calls known beforehand where it says that it needs no agent', async () => {
    const stage = await openGoalStage(createRichToy(), goal);
    await stage.close();
    expect(stage.goal.calls !== undefined).toBe(goal.actsAlone === true || ['derail'].includes(goal.id));
  });
});
