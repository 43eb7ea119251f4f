import { SafeMcpError } from './errors.ts';
import type { JsonObject, JsonValue } from './json.ts';

/** A language model behind a provider: one turn of a conversation in, one reply out. */
export interface Model {
  /** `PROVIDER/NAME`, or the id of a user's own model. */
  readonly id: string;
  /** @throws ModelFailure when there is no usable reply; a SafeMcpError when the whole run has to stop */
  generate(request: ModelRequest): Promise<ModelReply>;
}

export interface ModelRequest {
  readonly messages: readonly ModelMessage[];
  readonly tools?: readonly ModelTool[];
  /** `auto` if absent and there are tools. */
  readonly toolChoice?: 'auto' | 'none' | 'required';
  /** Tokens of the reply; the model's own setting if absent. */
  readonly maxTokens?: number;
  /** JSON Schema that the reply's text must follow. */
  readonly schema?: JsonObject;
  /** Tells independent repetitions of an equal request apart, so that repeated trials are not one cached reply. */
  readonly draw?: number;
  readonly signal?: AbortSignal;
  readonly onQueue?: OnQueue;
}

/**
 * Told with true when a call begins to wait for its turn (for a limit, or for a pause that the provider asked for), and with
 * false when it does so no longer. That time is no time of the model or of whoever asks it.
 */
export type OnQueue = (waiting: boolean) => void;

/** What a model reads in a message. */
export type ModelPart = { readonly type: 'text'; readonly text: string } | MediaPart;

export interface MediaPart {
  readonly type: 'image' | 'audio';
  readonly mimeType: string;
  /** Base64. */
  readonly data: string;
}

export type ModelMessage =
  | { readonly role: 'system'; readonly text: string }
  | { readonly role: 'user'; readonly parts: readonly ModelPart[] }
  | ({ readonly role: 'assistant' } & ModelTurn)
  | {
      readonly role: 'tool';
      /** The `id` of the call. */
      readonly call: string;
      readonly tool: string;
      readonly parts: readonly ModelPart[];
      readonly isError: boolean;
    };

/** What a model said in a turn. */
export interface ModelTurn {
  readonly text: string;
  readonly calls: readonly ModelCall[];
  /** What a provider wants to get back unchanged with the turn: signed reasoning, for instance. */
  readonly carry?: JsonValue;
}

/** A tool as a model is offered it. */
export interface ModelTool {
  readonly name: string;
  readonly description: string;
  readonly inputSchema: JsonObject;
}

/** A call that a model wants made; `invalid` holds arguments that are no JSON object, as they came. */
export type ModelCall =
  | { readonly id: string; readonly tool: string; readonly arguments: JsonObject }
  | { readonly id: string; readonly tool: string; readonly invalid: string };

export const finishReasons = ['stop', 'tool-calls', 'length', 'content-filter', 'other'] as const;
export type FinishReason = (typeof finishReasons)[number];

export interface ModelReply extends ModelTurn {
  readonly finish: FinishReason;
  readonly usage: ModelUsage;
  /** What the call costs by the price table; 0 for models without a price. The same when it came from the cache. */
  readonly usd: number;
  /** The model as its provider calls it, with its version. */
  readonly version?: string;
  /** True when no call was made for it. */
  readonly cached: boolean;
}

export interface ModelUsage {
  readonly inputTokens: number;
  readonly outputTokens: number;
}

export const failureKinds = [
  'bad-request',
  'rate-limit',
  'overloaded',
  'timeout',
  'network',
  'malformed',
  'content-filter',
  'empty',
] as const;
export type FailureKind = (typeof failureKinds)[number];

/** A model gave no usable reply, after all retries. The episode is no measurement; the run goes on. */
export class ModelFailure extends Error {
  readonly kind: FailureKind;

  constructor(kind: FailureKind, message: string, options: { readonly cause?: unknown } = {}) {
    super(message, options);
    this.name = 'ModelFailure';
    this.kind = kind;
  }
}

/** What shows the endpoint of a model who asks. */
export interface ModelCredential {
  /** In lower case. */
  readonly header: string;
  readonly value: string;
  /** The part of `value` that nobody else may see. */
  readonly secret: string;
  /** Whose wire formats the endpoint speaks: the key opens no others. */
  readonly family: 'openai' | 'anthropic' | 'google';
}

/** A classifier behind an endpoint: what guard models and moderation services are. */
export interface Classifier {
  readonly id: string;
  /** @throws as {@link Model.generate} does */
  classify(text: string, options?: ClassifyOptions): Promise<readonly ClassifierLabel[]>;
}

export interface ClassifyOptions {
  readonly signal?: AbortSignal;
  readonly onQueue?: OnQueue;
}

export interface ClassifierLabel {
  /** As the classifier calls it. */
  readonly label: string;
  /** 0 to 1. */
  readonly score: number;
}

/** The models and classifiers that are open for a run. */
export interface OpenModels {
  readonly models: readonly Model[];
  readonly classifiers: readonly Classifier[];
  /** For calls that others make; what is opened here pays by itself. Nothing is counted if absent. */
  readonly account?: {
    /** @throws BUDGET_SPENT */
    check(): void;
    pay(usage: ModelUsage, usd: number): void;
  };
}

/** Keeps replies of models by the hash of the exact request. */
export interface ReplyCache {
  get(key: string): Promise<JsonValue | undefined>;
  /** Keeps the first value for a key. */
  put(key: string, value: JsonValue): Promise<void>;
}

/** A model as carriers, goals, defenses and judges use it: a text into a text. */
export interface TextModel {
  readonly id: string;
  /** @throws ModelFailure, or an Error of a user's own model */
  complete(prompt: TextPrompt): Promise<string>;
}

export interface TextPrompt {
  /** Empty: the conversation begins with the user. Guard models take no other. */
  readonly system: string;
  readonly user: string;
  readonly maxTokens: number;
  readonly signal?: AbortSignal;
}

/** @throws ModelFailure (`empty`) when the reply holds no text */
export function textModel(model: Model): TextModel {
  return {
    id: model.id,
    async complete({ system, user, maxTokens, signal }) {
      const { text, finish } = await model.generate({
        messages: [
          ...(system === '' ? [] : [{ role: 'system' as const, text: system }]),
          { role: 'user', parts: [{ type: 'text', text: user }] },
        ],
        maxTokens,
        ...(signal && { signal }),
      });
      if (text === '') throw new ModelFailure('empty', `The model ${model.id} answered nothing (${finish})`);
      return text;
    },
  };
}

/** Decides what no state check can decide. */
export interface Judge {
  readonly id: string;
  /** How far `text` shows `behavior`, from 1 (not at all) to 5 (fully), with the reason in a line. */
  rate(question: JudgeQuestion, scope: JudgeScope): Promise<Rating>;
}

export interface JudgeQuestion {
  readonly behavior: string;
  readonly text: string;
}

export interface JudgeScope {
  /** The model with this id; undefined when none is configured under it. */
  model(id: string): TextModel | undefined;
}

export interface Rating {
  readonly score: number;
  readonly reason: string;
}

/** How the local provider calls itself in every reply, so that no result from it is taken for a model's. */
export const fakeModelMark = 'safemcp-fake-model';

/** Whether a reported model version is the local provider's. */
export function isFakeModelVersion(version: string): boolean {
  return version.startsWith(fakeModelMark);
}

/**
 * A judge that does not answer the question has given no verdict, so nothing may be read into it.
 * @throws INVALID_DEFINITION when the score is not from 1 to 5
 */
export function checkedRating(rating: Rating, judge: string): Rating {
  if (rating.score >= 1 && rating.score <= 5) return rating;
  throw new SafeMcpError('INVALID_DEFINITION', `The judge rated ${rating.score}, which is not from 1 to 5`, {
    where: judge,
  });
}
