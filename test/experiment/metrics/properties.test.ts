import { expect, test } from 'vitest';
import type { Cell, Metric } from '../../../src/contracts/cell.ts';
import { attackStages, type EpisodeStatus } from '../../../src/contracts/events.ts';
import { fc, runs } from '../../support/properties.ts';
import { attack, cellsOf, otherAttack, type Sketch } from './summaries.ts';

const invalidStatuses: EpisodeStatus[] = [
  'timeout',
  'agent-error',
  'model-error',
  'service-error',
  'harness-error',
];

/** Episodes with different keys, some of them invalid; costs are such that sums depend on their order. */
const sketches = fc.uniqueArray(
  fc
    .record({
      task: fc.integer({ min: 0, max: 5 }),
      trial: fc.integer({ min: 0, max: 1 }),
      attack: fc.constantFrom(undefined, attack),
      defense: fc.constantFrom('none', 'guarded'),
      stage: fc.constantFrom(...attackStages),
      utility: fc.constantFrom(0, 0.1, 0.7, 1),
      damage: fc.boolean(),
      flaggedBy: fc.constantFrom<string[]>([], ['pinning'], ['pinning', 'phrases']),
      status: fc.constantFrom<EpisodeStatus>('completed', 'completed', 'limit', ...invalidStatuses),
      wallMs: fc.double({ min: 0, max: 1e6, noNaN: true }),
    })
    .map(
      ({ attack: own, stage, wallMs, ...rest }): Sketch => ({
        ...rest,
        ...(own && { attack: own, stage }),
        cost: { wallMs, defenseMs: wallMs / 3 },
      }),
    ),
  {
    selector: ({ task, trial, attack: own, defense }) => `${task} ${trial} ${own?.vector} ${defense}`,
    maxLength: 40,
  },
);

const sixty = { numRuns: runs(60) };

test('the order of episodes changes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(
      sketches.chain((list) =>
        fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
      ),
      async ([list, shuffled]) => {
        expect(await cellsOf(shuffled)).toEqual(await cellsOf(list));
      },
    ),
    sixty,
  );
});

test('an unrelated cell changes nothing but the correction for many tests', async () => {
  const uncorrected = (cells: readonly Cell[]): unknown[] =>
    cells.map(({ against, ...cell }) => ({ ...cell, against: against && { ...against, pHolm: 1 } }));
  await fc.assert(
    fc.asyncProperty(sketches, sketches, async (list, others) => {
      const unrelated = others.map((sketch) =>
        sketch.attack ? { ...sketch, attack: otherAttack } : { ...sketch, agent: 'faithful' },
      );
      const cells = (await cellsOf([...list, ...unrelated])).filter(
        (cell) => cell.agent === 'hijacked' && cell.attack?.vector !== otherAttack.vector,
      );
      expect(uncorrected(cells)).toEqual(uncorrected(await cellsOf(list)));
    }),
    sixty,
  );
});

test('invalid episodes change nothing but their own count', async () => {
  await fc.assert(
    fc.asyncProperty(sketches, async (list) => {
      const valid = list.filter(({ status }) => status === undefined || !invalidStatuses.includes(status));
      const figures = (cells: readonly Cell[]): unknown[] =>
        cells
          .filter((cell) => cell.episodes > cell.invalid)
          .map((cell) => ({ ...cell, episodes: cell.episodes - cell.invalid, invalid: 0, invalidBy: {} }));
      const without = await cellsOf(valid);
      const withInvalid = (await cellsOf(list)).filter((cell) => cell.episodes > cell.invalid);
      // A cell of invalid episodes only is there and puts its attack on the floor.
      const comparable = figures(withInvalid).map((cell) => ({ ...(cell as Cell), floor: undefined }));
      expect(comparable).toEqual(figures(without).map((cell) => ({ ...(cell as Cell), floor: undefined })));
    }),
    sixty,
  );
});

test('every figure is a finite number inside its interval, or says why it is absent', async () => {
  await fc.assert(
    fc.asyncProperty(sketches, async (list) => {
      for (const { metrics, against, detectors } of await cellsOf(list)) {
        const figures: Metric[] = [
          ...Object.values<Metric>({ ...metrics }),
          ...Object.values(detectors).flatMap(({ dr, fpr }) => [dr, fpr]),
        ];
        if (against) figures.push(against.difference);
        for (const figure of figures) {
          if ('absent' in figure) {
            expect(figure.absent).not.toBe('');
            continue;
          }
          for (const value of Object.values(figure)) expect(Number.isFinite(value)).toBe(true);
          expect(figure.n).toBeGreaterThan(0);
          expect(figure.low).toBeLessThanOrEqual(figure.high);
        }
        for (const rate of [metrics.asr, metrics.hr, metrics.dr, metrics.fpr, metrics.utility, metrics.nrp]) {
          if ('absent' in rate) continue;
          expect(rate.low).toBeGreaterThanOrEqual(0);
          expect(rate.low).toBeLessThanOrEqual(rate.estimate);
          expect(rate.high).toBeGreaterThanOrEqual(rate.estimate);
          expect(rate.high).toBeLessThanOrEqual(1);
        }
      }
    }),
    sixty,
  );
});
