import { describe, expect, test } from 'vitest';
import type { AttackStage } from '../../../src/contracts/events.ts';
import { tango } from '../../../src/experiment/statistics/tango.ts';
import { attack, cellAt, cellsOf, close, otherAttack, tasks } from './summaries.ts';

const clean = tasks(10, () => ({}));
const cleanGuarded = tasks(10, (task) => ({
  defense: 'guarded',
  utility: task < 8 ? 1 : 0,
  flaggedBy: task === 0 ? ['phrases'] : [],
}));

describe('pairs', () => {
  const attacked = tasks(10, (task) => ({
    attack,
    stage: task < 9 ? 'achieved' : 'exposed',
    utility: task < 6 ? 0 : 1,
    cost: { wallMs: 10 },
  }));
  const guarded = tasks(10, (task) => ({
    attack,
    defense: 'guarded',
    stage: task < 2 ? 'achieved' : task < 9 ? 'attempted' : 'exposed',
    utility: task < 3 ? 0 : 1,
    cost: { wallMs: 12 + task, defenseMs: 1 + (task % 2), inputTokens: 100, outputTokens: task, usd: 0.5 },
  }));

  test('relative loss of utility, by attack, by defense and by both', async () => {
    const cells = await cellsOf([...clean, ...cleanGuarded, ...attacked, ...guarded]);
    const { metrics } = cellAt(cells, attack, 'guarded');
    expect(metrics.ralAttack).toMatchObject({ estimate: 0.6, k: 6, n: 10 });
    expect(metrics.ralDefense).toMatchObject({ estimate: 0.2, k: 2, n: 10 });
    expect(metrics.ralBoth).toMatchObject({ estimate: 0.3, k: 3, n: 10 });
    for (const loss of [metrics.ralAttack, metrics.ralDefense, metrics.ralBoth]) {
      if ('absent' in loss) throw new Error(loss.absent);
      expect(loss.low).toBeLessThan(loss.estimate);
      expect(loss.high).toBeGreaterThan(loss.estimate);
      expect(loss.high).toBeLessThanOrEqual(1);
    }
    expect(cellAt(cells, attack, 'none').metrics.ralAttack).toEqual(metrics.ralAttack);
    expect(cellAt(cells, null, 'guarded').metrics.ralDefense).toEqual(metrics.ralDefense);
  });

  test('a pair that gains does not make up for one that loses, even of the same task', async () => {
    // Of two trials of each task, the attack costs one its success and gives the other one.
    const trials = [0, 1].flatMap((trial) =>
      tasks(10, () => ({ trial, utility: trial })).flatMap((own) => [
        own,
        { ...own, attack, stage: 'exposed' as const, utility: 1 - trial },
      ]),
    );
    const { ralAttack } = cellAt(await cellsOf(trials), attack, 'none').metrics;
    const { low, high } = tango(10, 10, 20);
    // Half of the reference episodes succeed, so a change of utility is twice as much of it.
    expect(ralAttack).toMatchObject({ estimate: 0, k: 0, n: 20, low: -2 * high, high: -2 * low });
  });

  test('the ratio is one of sums, over pairs that are both valid', async () => {
    const cells = await cellsOf([
      { task: 0, utility: 1 },
      { task: 1, utility: 0.5 },
      { task: 2, utility: 1 },
      { task: 3, utility: 1, status: 'timeout' },
      { task: 0, attack, stage: 'exposed', utility: 0.5 },
      { task: 1, attack, stage: 'exposed', utility: 0.5 },
      { task: 2, attack, stage: 'exposed', utility: 0, status: 'service-error' },
      { task: 3, attack, stage: 'exposed', utility: 0 },
    ]);
    expect(cellAt(cells, attack, 'none').metrics.ralAttack).toMatchObject({
      estimate: 0.5 / 1.5,
      k: 0.5,
      n: 2,
    });
  });

  test('a reference of 0 has nothing to lose', async () => {
    const cells = await cellsOf([
      ...tasks(3, () => ({ utility: 0 })),
      ...tasks(3, () => ({ attack, stage: 'exposed' })),
    ]);
    expect(cellAt(cells, attack, 'none').metrics.ralAttack).toEqual({ absent: 'the reference utility is 0' });
  });

  test('what all tasks agree in still has an interval', async () => {
    const cells = await cellsOf([...clean, ...tasks(10, () => ({ attack, stage: 'achieved', utility: 0 }))]);
    const { ralAttack } = cellAt(cells, attack, 'none').metrics;
    expect(ralAttack).toEqual({ estimate: 1, low: -tango(0, 10, 10).high, high: 1, k: 10, n: 10 });
  });

  test('costs of the defense against the undefended pair', async () => {
    const { metrics } = cellAt(await cellsOf([...attacked, ...guarded]), attack, 'guarded');
    expect(metrics.extraMs).toMatchObject({ estimate: 6.5, k: 65, n: 10 });
    expect(metrics.extraTokens).toMatchObject({ estimate: 104.5, k: 1045, n: 10 });
    expect(metrics.extraUsd).toEqual({ estimate: 0.5, low: 0.5, high: 0.5, k: 5, n: 10 });
    expect(metrics.defenseMs).toMatchObject({ estimate: 1.5, k: 15, n: 10 });
    const once = tasks(2, (task) => ({ defense: 'guarded', cost: { defenseMs: task } }));
    expect(cellAt(await cellsOf(once), null, 'guarded').metrics.defenseMs).toMatchObject({
      estimate: 0.5,
      low: 0,
    });
    if ('absent' in metrics.extraMs) throw new Error(metrics.extraMs.absent);
    // Mean 6.5, standard error sqrt(82.5 / 9 / 10), t with 9 degrees of freedom 2.262157.
    expect(metrics.extraMs.low).toBeCloseTo(6.5 - 2.262157 * Math.sqrt(82.5 / 90), 5);
  });

  test('difference of ASR with exact McNemar', async () => {
    const cells = await cellsOf([...attacked, ...guarded]);
    const { against } = cellAt(cells, attack, 'guarded');
    expect(against).toMatchObject({
      difference: { estimate: -0.7, k: -7, n: 10 },
      p: close(2 / 2 ** 7),
      pairs: 10,
    });
    expect(against?.pHolm).toBe(against?.p);
    expect(cellAt(cells, attack, 'none').against).toBeUndefined();
    if (against === undefined || 'absent' in against.difference) throw new Error('no difference');
    expect(against.difference.low).toBeGreaterThanOrEqual(-1);
    expect(against.difference.high).toBeLessThan(0);
  });

  test('McNemar weighs both directions', async () => {
    const { against } = cellAt(
      await cellsOf([
        ...tasks(6, (task) => ({ attack, stage: task < 3 ? 'achieved' : 'exposed' })),
        ...tasks(6, (task) => ({ attack, defense: 'guarded', stage: task === 3 ? 'achieved' : 'exposed' })),
      ]),
      attack,
      'guarded',
    );
    expect(against).toMatchObject({ difference: { k: -2, n: 6 }, p: close((2 * (1 + 4)) / 2 ** 4) });
  });

  test('the order of episodes changes no digit', async () => {
    const uneven = [...clean, ...cleanGuarded, ...attacked, ...guarded].map((sketch) => ({
      ...sketch,
      utility: (sketch.utility ?? 1) / (sketch.task + 3),
      cost: { wallMs: 1 / (sketch.task + 3), defenseMs: 1 / (sketch.task + 7) },
    }));
    expect(await cellsOf(uneven.toReversed())).toEqual(await cellsOf(uneven));
  });

  test('an attack that a defense keeps off the wire counts for the defense', async () => {
    const kept = tasks(6, () => ({ attack, defense: 'guarded', stage: 'planned' as const }));
    const { against, metrics } = cellAt(
      await cellsOf([...tasks(6, () => ({ attack, stage: 'achieved' })), ...kept]),
      attack,
      'guarded',
    );
    expect(metrics.asr).toEqual({ absent: 'the attack was never delivered' });
    expect(against).toMatchObject({
      difference: { estimate: -1, low: -1, k: -6, n: 6 },
      p: close(2 / 2 ** 6),
    });
  });

  test('McNemar takes a task once, whatever the number of trials', async () => {
    const trials = (stage: AttackStage, defense: string) =>
      [0, 1, 2].flatMap((trial) => tasks(4, () => ({ attack, trial, stage, defense })));
    const { against } = cellAt(
      await cellsOf([...trials('achieved', 'none'), ...trials('attempted', 'guarded')]),
      attack,
      'guarded',
    );
    expect(against).toMatchObject({ pairs: 12, p: close(2 / 2 ** 4) });
  });

  test('Holm corrects over all tested cells', async () => {
    const more = tasks(10, () => ({ attack: otherAttack, stage: 'achieved' as const }));
    const moreGuarded = tasks(10, () => ({
      attack: otherAttack,
      defense: 'guarded',
      stage: 'attempted' as const,
    }));
    const cells = await cellsOf([...attacked, ...guarded, ...more, ...moreGuarded]);
    expect(cellAt(cells, otherAttack, 'guarded').against).toMatchObject({
      p: close(2 / 2 ** 10),
      pHolm: close(4 / 2 ** 10),
    });
    expect(cellAt(cells, attack, 'guarded').against).toMatchObject({
      p: close(2 / 2 ** 7),
      pHolm: close(2 / 2 ** 7),
    });
  });
});
