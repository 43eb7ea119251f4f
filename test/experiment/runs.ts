import type { Experiment, Run } from '../../src/contracts/experiment.ts';
import type { RunEpisodes } from '../../src/experiment/comparison/index.ts';
import { experiment, type Sketch, streamed, summary } from './metrics/summaries.ts';

/** A run of these episodes. */
export function runOf(
  sketches: readonly Sketch[],
  changes: Partial<Experiment> = {},
  facts: Partial<Run> = {},
): RunEpisodes {
  const run: Run = {
    id: '20260101-000000-abcd',
    name: 'test',
    state: 'finished',
    startedAt: '2026-01-01T00:00:00.000Z',
    planned: sketches.length,
    stored: sketches.length,
    experiment: { ...experiment, ...changes },
    skipped: [],
    ...facts,
  };
  return { run, summaries: () => streamed(sketches.map(summary)) };
}
