import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { compareRuns } from '../../src/experiment/comparison/index.ts';
import { judgeRun } from '../../src/experiment/gate/index.ts';
import { type Aim, sizesFor } from '../../src/experiment/planning/size.ts';
import { renderComparison } from '../../src/report/comparison/index.ts';
import { comparisonJsonSchema, comparisonSchema } from '../../src/report/comparison/schema.ts';
import { renderGate } from '../../src/report/gate/index.ts';
import { gateJsonSchema, gateSchema } from '../../src/report/gate/schema.ts';
import { sizeJson } from '../../src/report/size/index.ts';
import { sizeJsonSchema, sizeSchema } from '../../src/report/size/schema.ts';
import { attack, tasks } from '../experiment/metrics/summaries.ts';
import { runOf } from '../experiment/runs.ts';

const view = { width: 80, color: false, detail: false, undecidedPasses: false };
const before = runOf(tasks(12, () => ({ attack, stage: 'exposed' })));
const after = runOf([
  ...tasks(14, (task) => ({ attack, stage: task < 3 ? 'achieved' : 'exposed' })),
  ...tasks(14, () => ({})),
]);

/** The output is exactly what its schema describes: nothing that it does not name. */
function expectExact(schema: z.ZodType, output: string): void {
  const value: unknown = JSON.parse(output);
  expect(schema.parse(value)).toEqual(value);
}

describe('published schemas of JSON outputs', () => {
  test.each([
    ['comparison', comparisonJsonSchema],
    ['gate', gateJsonSchema],
    ['power', sizeJsonSchema],
  ])('%s is up to date', (name, schema) => {
    expect(JSON.parse(readFileSync(`schemas/${name}.schema.json`, 'utf8'))).toEqual(schema());
  });
  test('comparisons fit theirs, with and without pairs', async () => {
    const other = runOf(tasks(12, () => ({ attack, stage: 'achieved', instruction: 'Something else' })));
    for (const run of [after, other]) {
      const output = renderComparison(await compareRuns(before, run), 'json', view);
      expectExact(comparisonSchema, output);
    }
    const partial = renderComparison(await compareRuns(before, after), 'json', view);
    expect(partial).toContain('"partial"');
  });
  test('gates fit theirs, decided or not', async () => {
    for (const maxAsr of [0.01, 0.3, 0.99]) {
      const result = await judgeRun(
        { ...after, baseline: before },
        { maxAsr, maxIncrease: 0.1, maxInvalid: 0 },
        {},
      );
      expectExact(gateSchema, renderGate(result, 'json', view));
    }
  });
  test('sizes of studies fit theirs, also when no study is large enough', () => {
    const aims: Aim[] = [
      { kind: 'difference', before: 0.6, after: 0.3, comparisons: 2 },
      { kind: 'limit', rate: 0.02, limit: 0.05 },
      { kind: 'limit', rate: 0.05, limit: 0.05 },
    ];
    for (const aim of aims) {
      const sizes = sizesFor(aim, { correlation: 0.5, power: 0.8, trials: [1, 3] });
      const correlation = { value: 0.5, source: 'assumed' };
      expectExact(sizeSchema, sizeJson({ aim, power: 0.8, correlation, sizes }));
    }
  });
  test('another version, or a member that is missing, does not fit', async () => {
    const result = await judgeRun(after, { maxAsr: 0.5, maxInvalid: 0 }, {});
    const gate = JSON.parse(renderGate(result, 'json', view)) as object;
    expect(gateSchema.safeParse({ ...gate, version: 2 }).success).toBe(false);
    expect(gateSchema.safeParse({ ...gate, criteria: undefined }).success).toBe(false);
  });
});
