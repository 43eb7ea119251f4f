import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Job, Result } from './jobs.ts';

export interface JobOptions {
  /** Folder that keeps results, so that a run which was stopped goes on. */
  readonly folder: string;
  readonly partFiles: readonly string[];
  onProgress(done: number, of: number): void;
}

/** Runs the jobs whose results the folder does not hold yet, one thread per processor; gives all results by id. */
export async function runJobs(
  jobs: readonly Job[],
  { folder, partFiles, onProgress }: JobOptions,
): Promise<ReadonlyMap<string, Result>> {
  mkdirSync(folder, { recursive: true });
  const known = readResults(folder);
  const open = jobs.filter(({ id }) => !known.has(id));
  let done = jobs.length - open.length;
  const threads = Math.min(availableParallelism(), Math.ceil(open.length / 20));
  const started = Date.now();
  await Promise.all(
    Array.from({ length: threads }, (_, thread) => {
      const share = open.filter((__, index) => index % threads === thread);
      const file = path.join(folder, `${started}-${thread}.jsonl`);
      return runShare({ jobs: share, partFiles, file }, () => onProgress(++done, jobs.length));
    }),
  );
  return readResults(folder);
}

function runShare(workerData: object, onDone: () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./worker.js', import.meta.url), { workerData });
    worker.on('message', onDone);
    worker.on('error', reject);
    worker.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`A thread ended with ${code}`))));
  });
}

function readResults(folder: string): ReadonlyMap<string, Result> {
  const results = new Map<string, Result>();
  for (const name of readdirSync(folder))
    for (const line of readFileSync(path.join(folder, name), 'utf8').split('\n')) {
      const result = resultIn(line);
      if (result) results.set(result.id, result);
    }
  return results;
}

/** A run that was killed may have left half a line. */
function resultIn(line: string): Result | undefined {
  try {
    return line === '' ? undefined : (JSON.parse(line) as Result);
  } catch {
    return undefined;
  }
}
