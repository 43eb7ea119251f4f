import type { ModelSettings } from '../contracts/experiment.ts';
import type { FinishReason, ModelTurn, ModelUsage } from '../contracts/model.ts';
import type { Provider } from './providers.ts';

/** Where and how a model is reached, key included. */
export interface Address {
  readonly provider: Provider;
  /** As the provider calls it. */
  readonly name: string;
  /** Without a slash at its end. */
  readonly baseUrl: string;
  /** Empty when there is none. */
  readonly key: string;
  readonly settings: ModelSettings;
  readonly fetch: typeof fetch;
}

/** What came back from one call, before anything is decided about it. */
export interface Answer extends ModelTurn {
  readonly finish: FinishReason;
  readonly usage: ModelUsage;
  /** At most {@link longestVersion} characters. */
  readonly version?: string;
}

/** Of a model's version as its provider tells it; no real one comes near. */
export const longestVersion = 200;
