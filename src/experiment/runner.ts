import { setMaxListeners } from 'node:events';
import type { EpisodeStatus } from '../contracts/events.ts';
import type { Catalog, Plan, PlannedEpisode, Store } from '../contracts/experiment.ts';
import type { OpenModels } from '../contracts/model.ts';
import { createTurnstile } from '../contracts/turnstile.ts';
import type { Crew } from './crew/index.ts';
import { runEpisode } from './episode.ts';
import { withOriginals } from './originals.ts';

/** How far a run has come. */
export interface Progress {
  /** Episodes of the plan that are stored, from earlier tries too; without those that are still to be tried again. */
  readonly done: number;
  readonly planned: number;
  /** The episode just stored. */
  readonly key: PlannedEpisode['key'];
  readonly status: EpisodeStatus;
}

export interface RunOptions {
  readonly catalog: Catalog;
  readonly store: Store;
  /** The models that are open for the run; none if absent. */
  readonly models?: OpenModels;
  readonly runId: string;
  /** Threads that run the episodes; this one does if absent. */
  readonly crew?: Pick<Crew, 'perform'>;
  /** Episodes under way at once. */
  readonly concurrency: number;
  /** At most this many episodes in this call; the rest stays for a resume. */
  readonly limit?: number;
  /** Whether episodes that a model's failure made worthless are run again; what is stored of one stays until then. */
  readonly retryFailed?: boolean;
  /** Stops the run: episodes under way are abandoned, stored ones stay. */
  readonly signal: AbortSignal;
  onProgress?(progress: Progress): void;
}

/** `stopped`: there is more to do, for a resume. */
export interface RunEnd {
  readonly state: 'finished' | 'stopped';
  readonly stored: number;
}

/** Runs what the store does not hold yet of a plan, or is to be tried again, and stores each episode as it ends. */
export async function runPlan(plan: Plan, options: RunOptions): Promise<RunEnd> {
  const { store, runId } = options;
  const perform = options.crew?.perform ?? (await performHere(plan, options));
  // Takes the run's lock, so that nobody else adds episodes from here on.
  await store.setRunState(runId, 'running');
  const stored = new Set(await store.episodeIds(runId));
  const failed = options.retryFailed ? await failedEpisodes(store, runId) : new Set<string>();
  const open = plan.episodes.filter(({ id }) => !stored.has(id) || failed.has(id));
  const queue = open.slice(0, options.limit ?? open.length).values();
  let done = plan.episodes.length - open.length;

  const failure = new AbortController();
  const signal = AbortSignal.any([options.signal, failure.signal]);
  // Every episode under way listens.
  setMaxListeners(0, signal);
  const turn = createTurnstile();
  const work = async (): Promise<void> => {
    for (const planned of queue) {
      await turn();
      if (signal.aborted) return;
      const record = await perform(planned, signal);
      if (failed.has(record.id)) await store.replaceEpisode(runId, record);
      else await store.saveEpisode(runId, record);
      stored.add(record.id);
      done++;
      options.onProgress?.({
        done,
        planned: plan.episodes.length,
        key: record.key,
        status: record.outcome.status,
      });
    }
  };
  const fail = (error: unknown): void => {
    if (!options.signal.aborted) failure.abort(error);
  };
  // All of them wind down before the lock is given back.
  await Promise.all(Array.from({ length: Math.max(1, options.concurrency) }, () => work().catch(fail)));
  const state = stored.size === plan.episodes.length ? 'finished' : 'stopped';
  try {
    await store.setRunState(runId, state);
  } finally {
    failure.signal.throwIfAborted();
  }
  return { state, stored: stored.size };
}

async function performHere(
  { experiment }: Plan,
  { catalog: given, models, store }: RunOptions,
): Promise<Crew['perform']> {
  const catalog = await withOriginals(experiment, given);
  return (planned, signal) =>
    runEpisode(planned, { catalog, experiment, signal, hidden: [store.folder], ...(models && { models }) });
}

/** Episodes that ended because a model gave no usable reply. */
async function failedEpisodes(store: Store, runId: string): Promise<ReadonlySet<string>> {
  const failed = new Set<string>();
  for await (const { id } of store.summaries(runId, { status: 'model-error' })) failed.add(id);
  return failed;
}
