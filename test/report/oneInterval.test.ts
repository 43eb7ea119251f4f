import { expect, test } from 'vitest';
import type { AttackStage } from '../../src/contracts/events.ts';
import { gatherFacts } from '../../src/experiment/comparison/gather.ts';
import {
  type PooledMeasure,
  pooledMeasures,
  pooledMetric,
} from '../../src/experiment/comparison/measures.ts';
import { computeCells } from '../../src/experiment/metrics/index.ts';
import { measuredOf } from '../../src/experiment/metrics/measured.ts';
import { tally } from '../../src/report/tally.ts';
import {
  attack,
  experiment,
  otherAttack,
  type Sketch,
  streamed,
  summary,
} from '../experiment/metrics/summaries.ts';
import { fc, runs } from '../support/properties.ts';

const stages: AttackStage[] = ['planned', 'delivered', 'exposed', 'achieved'];

/** Tasks of two environments under two attacks and none, tried twice. */
const run = fc
  .array(fc.tuple(fc.constantFrom(...stages), fc.boolean(), fc.boolean()), { minLength: 24, maxLength: 48 })
  .map((draws) =>
    draws.map(([stage, damage, flagged], index): Sketch => {
      const under = [undefined, attack, otherAttack][index % 3];
      return {
        task: Math.floor(index / 6) % 3,
        environment: index % 2 === 0 ? 'toy' : 'other',
        trial: Math.floor(index / 18),
        defense: 'guarded',
        ...(under && { attack: under, stage, damage }),
        flaggedBy: flagged ? ['pinning'] : [],
      };
    }),
  );

function measure(id: PooledMeasure['id']): PooledMeasure {
  const found = pooledMeasures.find((each) => each.id === id);
  if (!found) throw new Error(id);
  return found;
}

test('a report tells the same interval as a gate', async () => {
  await fc.assert(
    fc.asyncProperty(run, async (sketches) => {
      const environments = ['toy', 'other'].map((id) => ({ id, tasks: 3 }));
      const cells = await computeCells(streamed([sketches.map(summary).map(measuredOf)]), {
        ...experiment,
        environments,
      });
      const { byPlace } = await gatherFacts(streamed(sketches.map(summary)));
      const facts = [...byPlace.values()].flatMap((own) => [...own.values()]);
      const attacked = tally(cells.filter((cell) => cell.attack !== null));
      const clean = tally(cells.filter((cell) => cell.attack === null));
      const pairs = [
        [attacked.asr, pooledMetric(facts, measure('asr'))],
        [attacked.hr, pooledMetric(facts, measure('hr'))],
        [clean.fpr, pooledMetric(facts, measure('fpr'))],
      ] as const;
      for (const [reported, gated] of pairs) {
        if ('absent' in reported || 'absent' in gated) {
          expect('absent' in reported && 'absent' in gated).toBe(true);
          continue;
        }
        expect(reported).toMatchObject({ k: gated.k, n: gated.n });
        expect(reported.low).toBeCloseTo(gated.low, 10);
        expect(reported.high).toBeCloseTo(gated.high, 10);
      }
    }),
    { numRuns: runs(40) },
  );
});
