import type { JsonObject } from '../../contracts/json.ts';
import type { FakeTurn } from './turn.ts';

/** Decides what the local provider does with a request. The server itself has no opinion. */
export type FakePolicy = (turn: FakeTurn) => FakeBehavior;

/** What the provider does with one request, and how slowly. */
export type FakeBehavior = (
  | FakeSpeech
  | FakeCalling
  | FakeRefusal
  | FakeFlagging
  | FakeStatus
  | { readonly fault: FakeFault }
) &
  FakePace;

/** A text; an empty one is the empty answer. */
export interface FakeSpeech {
  readonly say: string;
  /** Ended by the limit of tokens, or by the provider's content filter. */
  readonly end?: 'length' | 'content-filter';
}

/** Calls of tools, several for parallel ones. Nothing here demands that the tool was offered or its arguments fit. */
export interface FakeCalling {
  readonly call: readonly FakeChosenCall[];
  readonly say?: string;
}

export type FakeChosenCall =
  | { readonly tool: string; readonly arguments: JsonObject }
  /** Arguments that are no JSON, as they go over the wire. */
  | { readonly tool: string; readonly broken: string };

/** A refusal that the provider marks as one, where its format can. */
export interface FakeRefusal {
  readonly refuse: string;
}

/** What a moderation endpoint finds; in a conversation it is said in the words of guard models: `unsafe`, categories. */
export interface FakeFlagging {
  readonly flag: readonly FakeFlag[];
}

export interface FakeFlag {
  readonly category: string;
  /** 0 to 1. */
  readonly score: number;
}

/** An error in the provider's own shape. */
export interface FakeStatus {
  readonly status: FakeStatusCode;
  /** Seconds, sent as `retry-after`. */
  readonly retryAfter?: number;
}

export type FakeStatusCode = 400 | 401 | 403 | 404 | 429 | 500 | 503 | 529;

/**
 * `dropped`: the connection ends before a byte. `cut-off`: it ends in the middle of an answer. `html`: a page in place of
 * the answer. `invalid-json`: an answer that is no JSON. `stall`: no answer until the client gives up.
 */
export type FakeFault = 'dropped' | 'cut-off' | 'html' | 'invalid-json' | 'stall';

export interface FakePace {
  /** Milliseconds before the answer begins. */
  readonly delayMs?: number;
  /** Awaited before each piece of the answer: a stream as slow as its owner wants. */
  readonly gate?: () => Promise<void>;
}
