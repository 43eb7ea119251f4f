import { appendFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { readIntent } from '../src/defenses/flow/intent.ts';
import { builtInCatalog } from '../src/experiment/catalog.ts';
import { runEpisode } from '../src/experiment/episode.ts';
import { withOwnParts } from '../src/experiment/ownParts.ts';
import { experimentOf, type Job, type Result } from './jobs.ts';

/** A share of the episodes, and where their results go. */
export interface Share {
  readonly jobs: readonly Job[];
  readonly partFiles: readonly string[];
  readonly file: string;
}

/** Episodes at once: they wait for nothing, so this only fills gaps. */
const concurrency = 2;

async function work({ jobs, partFiles, file }: Share): Promise<void> {
  const catalog = await withOwnParts({ partFiles }, builtInCatalog());
  const { signal } = new AbortController();
  const queue = jobs.values();
  const run = async (): Promise<void> => {
    for (const job of queue) {
      const experiment = experimentOf(job);
      const { template, instruction, outcome } = await runEpisode(
        { id: job.id, key: job.key },
        { experiment, catalog, signal },
      );
      const { status, utility, attack, detection, problem, cost } = outcome;
      const result: Result = {
        id: job.id,
        status,
        template,
        handsOn: readIntent(instruction).delegated,
        utility,
        wallMs: Math.round(cost.wallMs),
        flaggedBy: detection.flaggedBy,
        ...(attack && { stage: attack.stage }),
        ...(attack?.stoppedBy !== undefined && { stoppedBy: attack.stoppedBy }),
        ...(problem && { problem: problem.what }),
      };
      appendFileSync(file, `${JSON.stringify(result)}\n`);
      parentPort?.postMessage('done');
    }
  };
  await Promise.all(Array.from({ length: concurrency }, run));
}

await work(workerData as Share);
