import { describe, expect, test } from 'vitest';
import { type ComparedRow, type Comparison, compareRuns } from '../../src/experiment/comparison/index.ts';
import { fc, runs } from '../support/properties.ts';
import { attack, experiment, otherAttack, type Sketch, tasks } from './metrics/summaries.ts';
import { runOf } from './runs.ts';

const none = experiment.defenses.slice(0, 1);

/** `count` tasks under the attack, of which the first `achieved` succumb. */
function attacked(count: number, achieved: number, more: Partial<Sketch> = {}): Sketch[] {
  return tasks(count, (task) => ({ attack, stage: task < achieved ? 'achieved' : 'exposed', ...more }));
}

function rowOf(
  { rows }: Comparison,
  measure: ComparedRow['measure'],
  name?: string,
): ComparedRow | undefined {
  return rows.find((row) => row.measure === measure && row.attack === name && row.defense.after === 'none');
}

describe('pairs', () => {
  test('give the difference, its interval and an exact p', async () => {
    const comparison = await compareRuns(runOf(attacked(20, 16)), runOf(attacked(20, 4)));
    const row = rowOf(comparison, 'asr');
    expect(row).toMatchObject({
      before: { estimate: 0.8 },
      after: { estimate: 0.2 },
      difference: { estimate: -0.6, k: -12, n: 20 },
      pairs: 20,
      better: 'lower',
    });
    // Twelve tasks changed, all the same way.
    expect(row?.p).toBeCloseTo(2 * 0.5 ** 12, 12);
    if (!row || 'absent' in row.difference) throw new Error('no difference');
    expect(row.difference.high).toBeLessThan(-0.3);
    expect(comparison).toMatchObject({ pairs: 20, unpaired: { before: 0, after: 0 } });
  });
  test('are episodes of the same task only', async () => {
    const other = attacked(10, 5).map((sketch) => ({ ...sketch, instruction: 'Something else' }));
    const comparison = await compareRuns(runOf(attacked(10, 5)), runOf(other));
    expect(comparison).toMatchObject({ pairs: 0, unpaired: { before: 10, after: 10 } });
    const row = rowOf(comparison, 'asr');
    expect(row).toMatchObject({ pairs: 0, difference: { estimate: 0 } });
    expect(row).not.toHaveProperty('p');
    expect(row).not.toHaveProperty('pHolm');
  });
  test('leave out invalid episodes, which are counted', async () => {
    const broken = attacked(10, 5).map((sketch) =>
      sketch.task === 0 ? { ...sketch, status: 'timeout' as const } : sketch,
    );
    const comparison = await compareRuns(runOf(attacked(10, 5)), runOf(broken, {}, { planned: 12 }));
    expect(comparison.after).toMatchObject({ episodes: 10, invalid: 1, missing: 2 });
    expect(comparison).toMatchObject({ pairs: 9, unpaired: { before: 1, after: 0 } });
  });
  test('a run against itself differs in nothing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat({ max: 2 }), { minLength: 1, maxLength: 8 }), async (stages) => {
        const sketches = stages.map(
          (stage, task): Sketch => ({
            task,
            attack,
            stage: (['delivered', 'exposed', 'achieved'] as const)[stage] ?? 'planned',
          }),
        );
        const comparison = await compareRuns(runOf(sketches), runOf(sketches));
        expect(comparison.changes).toEqual([]);
        for (const { difference, p } of comparison.rows) {
          expect(difference).toMatchObject({ estimate: 0 });
          expect(p).toBe(1);
        }
      }),
      { numRuns: runs(20) },
    );
  });
});

/**
 * By hand: eight pairs that all rise have Tango's interval from (8 - z²) / (8 + z²) = 0.3512 to 1, since Wilson's lower
 * end of 8 of 8 is r = 8 / (8 + z²), and the difference is r - (1 - r). Over more episodes its ends are weighted by 8.
 */
describe('episodes of the second run alone', () => {
  const eight = (8 - 1.959964 ** 2) / (8 + 1.959964 ** 2);
  const more = (count: number, stage: Sketch['stage'] & string): Sketch[] =>
    attacked(count, 0, { stage }).map((sketch) => ({
      ...sketch,
      task: sketch.task + 100,
      instruction: stage,
    }));
  const partial = async (achieved: readonly [number, number], alone: readonly Sketch[]) => {
    const [before, after] = achieved.map((count) => attacked(8, count));
    return rowOf(await compareRuns(runOf(before ?? []), runOf([...(after ?? []), ...alone])), 'asr')?.partial;
  };

  test('may each have been a success before, and none', async () => {
    const bounds = await partial([0, 8], more(2, 'achieved'));
    // The two rose, or stayed.
    expect(bounds?.unpaired).toBe(2);
    expect(bounds?.low).toBeCloseTo((8 * eight + 0) / 10, 5);
    expect(bounds?.high).toBeCloseTo((8 + 2) / 10, 5);
  });
  test('count without delivery too, where a twin that succeeded would have made them count', async () => {
    const bounds = await partial([0, 8], more(4, 'planned'));
    // The four fell, or are in no figure.
    expect(bounds?.unpaired).toBe(4);
    expect(bounds?.low).toBeCloseTo((8 * eight - 4) / 12, 5);
    expect(bounds?.high).toBeCloseTo(1, 5);
  });
  test('make a fall smaller by being delivered before and never a success', async () => {
    const bounds = await partial([8, 0], more(4, 'planned'));
    expect(bounds?.low).toBeCloseTo(-1, 5);
    expect(bounds?.high).toBeCloseTo((-8 * eight + 0) / 12, 5);
  });
});

describe('what changed', () => {
  test('is told in order, and a replaced agent meets its replacement', async () => {
    const before = runOf(attacked(8, 8), { madeWith: '0.1.0', defenses: none });
    const sketches = attacked(8, 0, { agent: 'better' });
    const comparison = await compareRuns(
      before,
      runOf(sketches, { madeWith: '0.2.0', agents: ['better'], defenses: none, trials: 2 }),
    );
    expect(comparison.changes).toEqual([
      { what: 'SafeMCP', before: '0.1.0', after: '0.2.0' },
      { what: 'agents', before: 'hijacked', after: 'better' },
      { what: 'trials', before: '1', after: '2' },
    ]);
    expect(rowOf(comparison, 'asr')).toMatchObject({
      agent: { before: 'hijacked', after: 'better' },
      difference: { estimate: -1 },
      pairs: 8,
    });
  });
  test('sees other parameters of a defense of the same name', async () => {
    const members = [{ id: 'pinning', mode: 'observe' as const, parameters: {} }];
    const { changes } = await compareRuns(
      runOf(attacked(2, 1)),
      runOf(attacked(2, 1), { defenses: [...none, { name: 'guarded', members }] }),
    );
    expect(changes.map(({ what }) => what)).toEqual(['defense guarded']);
  });
  test('two new agents are nobody’s replacement', async () => {
    const { rows } = await compareRuns(
      runOf(attacked(4, 1)),
      runOf(attacked(4, 1, { agent: 'b' }), { agents: ['b', 'c'] }),
    );
    expect(rows).toEqual([]);
  });
});

test('p is corrected among single attacks, and among all attacks together', async () => {
  const with_ = (achieved: number): Sketch[] => [
    ...attacked(12, achieved),
    ...attacked(12, 12).map((sketch) => ({ ...sketch, attack: otherAttack })),
  ];
  const comparison = await compareRuns(runOf(with_(12)), runOf(with_(0)));
  const name = 'tool-result/direct/destroy';
  const single = rowOf(comparison, 'asr', name);
  expect(single).toMatchObject({ attack: name, difference: { estimate: -1 } });
  const together = rowOf(comparison, 'asr');
  const tested = (one: boolean): number =>
    comparison.rows.filter((row) => row.p !== undefined && (row.attack !== undefined) === one).length;
  // Both have the smallest p of their family.
  expect(single?.pHolm).toBeCloseTo((single?.p ?? 0) * tested(true), 12);
  expect(together?.pHolm).toBeCloseTo((together?.p ?? 0) * tested(false), 12);
  expect(tested(true)).toBeGreaterThan(tested(false));
});
