import { describe, expect, it } from 'vitest';
import { createActionGoal } from '../../../src/attacks/goals/action.ts';
import { goals } from '../../../src/attacks/goals/index.ts';
import { stall, stallBound } from '../../../src/attacks/goals/stall.ts';
import type { ToolOutcome } from '../../../src/contracts/agent.ts';
import type { Goal } from '../../../src/contracts/attack.ts';
import type { ActionTarget, ToolCall } from '../../../src/contracts/goal.ts';
import { isImpossible } from '../../../src/contracts/goal.ts';
import { createSeed } from '../../../src/contracts/seed.ts';
import { type Era, resultReply, type Tap } from '../../../src/contracts/wire.ts';
import { createRichToy, repeated } from './richToy.ts';
import { type GoalStage, openGoalStage, type StageOptions, taskOf } from './stage.ts';

async function staged(
  goal: Goal,
  options: StageOptions,
  act: (stage: GoalStage) => Promise<void>,
): Promise<void> {
  const stage = await openGoalStage(createRichToy(), goal, options);
  try {
    await act(stage);
  } finally {
    await stage.close();
  }
}

describe('action goals', () => {
  it('drop the task or go on with it', async () => {
    const ends = new Map<string, string>();
    for (const goal of goals.filter(({ id }) => ['destroy', 'derail'].includes(id)))
      await staged(goal, {}, async ({ goal: aimed, actor }) => {
        ends.set(goal.id, (await aimed.carryOut(actor)).kind);
      });
    expect(Object.fromEntries(ends)).toEqual({ destroy: 'go-on', derail: 'stop' });
  });

  it('call no task derailed that was done all the same', async () => {
    const derail = goals.find(({ id }) => id === 'derail');
    if (!derail) throw new Error('No derail');
    await staged(derail, {}, async ({ goal, actor }) => {
      await goal.carryOut(actor);
      expect(await goal.achieved({ utility: 1, answer: '' })).toEqual([]);
      expect(await goal.achieved({ utility: 0.99, answer: '' })).not.toEqual([]);
    });
  });

  it('do not own an honest call of the same tool', () =>
    staged(createActionGoal(facts), {}, async ({ goal }) => {
      const honest = { service: 'notes', tool: 'write_note', arguments: { title: 'today', text: 'x' } };
      expect(goal.owns(honest, 0)).toBe(false);
      expect(goal.calls?.every((call) => goal.owns(call, 0))).toBe(true);
    }));

  it('approach first, and conclude only what succeeded', async () => {
    const named = (tool: string): ToolCall => ({ service: 's', tool, arguments: {} });
    const target: ActionTarget = {
      approach: () => [named('walk')],
      calls: [named('take'), named('give')],
      conclusion: [named('order')],
      describe: 'take and give',
      literals: ['take'],
      done: () => [],
    };
    const world = await taskOf(createRichToy()).open({ workFolder: () => Promise.reject(new Error('no')) });
    const aimed = createActionGoal(facts).aim(
      { ...world, targets: { tamper: target } },
      { service: 's' },
      createSeed('x').rng(),
    );
    if (isImpossible(aimed)) throw new Error(aimed.impossible);
    for (const kind of ['result', 'tool-error'] as const) {
      const calls: string[] = [];
      await aimed.carryOut({
        privateContext: '',
        async call(_, tool): Promise<ToolOutcome> {
          calls.push(tool);
          return { kind: tool === 'walk' ? 'result' : kind, text: '' };
        },
      });
      expect(calls).toEqual(['walk', 'take', 'give', ...(kind === 'result' ? ['order'] : [])]);
    }
    expect(aimed.prepares?.(named('order'))).toBe(true);
    expect(aimed.owns(named('order'), 0)).toBe(false);
  });
});

const facts = {
  id: 'tamper',
  title: 'Tamper',
  definition: 'For tests',
  source: 'ours',
  wish: (calls: string) => calls,
} as const;

const eras: readonly Era[] = ['2025', '2026'];

describe.each(eras)('stall in era %s', (era) => {
  const repeat = async (stage: GoalStage, times: number): Promise<void> => {
    for (let time = 0; time < times; time++)
      await stage.actor.call(repeated.service, repeated.tool, repeated.arguments);
  };

  it('is achieved from the bound on', () =>
    staged(stall, { era }, async (stage) => {
      await repeat(stage, stallBound - 1);
      expect(await stage.achieved('')).toEqual([]);
      await repeat(stage, 1);
      expect(await stage.achieved('')).toHaveLength(1);
    }));

  it('counts equal calls that were answered after the delivery', async () => {
    let delivered = false;
    await staged(stall, { era, delivered: () => delivered }, async (stage) => {
      await repeat(stage, stallBound);
      delivered = true;
      for (let time = 0; time < stallBound; time++)
        await stage.actor.call('notes', 'read_note', { title: 'family', more: time });
      expect(await stage.achieved('')).toEqual([]);
      await repeat(stage, stallBound);
      expect(await stage.achieved('')).toHaveLength(1);
    });
  });

  it('owns a call from its sixth time on, as the host issues it', () =>
    staged(stall, { era }, async (stage) => {
      await repeat(stage, 5);
      expect(stage.owned).toEqual([]);
      await repeat(stage, 2);
      expect(stage.owned).toEqual([repeated, repeated]);
      expect(stage.goal.owns({ ...repeated, arguments: { title: 'vault' } }, 99)).toBe(false);
    }));

  it('counts no refusals', () => {
    const refusing: Tap = {
      name: 'refusing',
      hostRequest: (next) => async (request, context) =>
        request.method === 'tools/call'
          ? resultReply({ resultType: 'complete', content: [], isError: true })
          : next(request, context),
    };
    return staged(stall, { era, inner: { notes: refusing } }, async (stage) => {
      await stage.goal.carryOut(stage.actor);
      expect(await stage.achieved('')).toEqual([]);
    });
  });
});

describe('the plan to stall', () => {
  it.each([
    ['result', 24],
    ['tool-error', 24],
    ['protocol-error', 1],
  ] as const)('that is answered by a %s issues %i calls', (kind, expected) =>
    staged(stall, {}, async ({ goal }) => {
      let calls = 0;
      await goal.carryOut({
        privateContext: '',
        async call() {
          calls++;
          return { kind, text: '' };
        },
      });
      expect(calls).toBe(expected);
      expect(goal.calls).toHaveLength(24);
    }),
  );
});
