import type { EpisodeRecord } from '../../contracts/events.ts';
import type { Experiment, PlannedEpisode } from '../../contracts/experiment.ts';
import type { ModelRequest } from '../../contracts/model.ts';
import type { Thrown } from './thrown.ts';

/** What a thread is started with. Its catalog comes from the files that the experiment names. */
export interface ThreadData {
  readonly experiment: Experiment;
  /** Ids of the models and classifiers that are open for the run. */
  readonly models: readonly string[];
  readonly classifiers: readonly string[];
}

/** What came of something that another thread was asked for. */
export type Settled = { readonly kind: 'value'; readonly value: unknown } | Thrown;

/** What a model or a classifier is asked. */
export type Question =
  | {
      readonly kind: 'turn';
      readonly model: string;
      readonly request: Omit<ModelRequest, 'signal' | 'onQueue'>;
    }
  | { readonly kind: 'labels'; readonly classifier: string; readonly text: string };

/** From the main thread. Episodes and calls are named by numbers, each thread's own. */
export type ToThread =
  | { readonly kind: 'run'; readonly episode: number; readonly planned: PlannedEpisode }
  | { readonly kind: 'abandon'; readonly episode: number }
  | { readonly kind: 'queue'; readonly call: number; readonly waiting: boolean }
  | { readonly kind: 'answer'; readonly call: number; readonly settled: Settled };

/** To the main thread. */
export type FromThread =
  | {
      readonly kind: 'ended';
      readonly episode: number;
      readonly settled: { readonly kind: 'value'; readonly value: EpisodeRecord } | Thrown;
    }
  | { readonly kind: 'ask'; readonly call: number; readonly question: Question }
  /** Nobody waits for the answer any more. */
  | { readonly kind: 'drop'; readonly call: number };
