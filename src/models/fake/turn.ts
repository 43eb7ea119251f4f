import type { JsonObject, JsonValue } from '../../contracts/json.ts';

/** The wire formats that the local provider speaks. */
export type FakeFormat =
  | 'openai-chat'
  | 'openai-responses'
  | 'openai-moderation'
  | 'classifier'
  | 'anthropic'
  | 'google'
  | 'ollama';

/** One request for a reply, in whatever format it came. This is what a policy sees. */
export interface FakeTurn {
  readonly format: FakeFormat;
  /** The model as the client named it. */
  readonly model: string;
  readonly messages: readonly FakeMessage[];
  /** The tools that may be called now: none where the client forbids calls, one where it demands that one. */
  readonly tools: readonly FakeTool[];
  /** True when the client demands a call. */
  readonly mustCall: boolean;
  /** JSON Schema that the client wants the text to follow. */
  readonly schema?: JsonObject;
  readonly stream: boolean;
  /** Number of the request since the server started, from 1. */
  readonly n: number;
  /** Lower-case names; keys and cookies read `[redacted]`. */
  readonly headers: Readonly<Record<string, string>>;
}

/** A message; system prompts that a format keeps elsewhere are messages here. */
export interface FakeMessage {
  readonly role: 'system' | 'user' | 'assistant' | 'tool';
  /** Its text; what is no text is shown as its type: `[image]`. */
  readonly text: string;
  /** Calls that the model issued in it. */
  readonly calls: readonly FakeCall[];
  /** What tools returned in it. */
  readonly results: readonly FakeResult[];
}

export interface FakeCall {
  /** Empty in formats without ids. */
  readonly id: string;
  readonly tool: string;
  /** A string when they are no JSON. */
  readonly arguments: JsonValue;
}

export interface FakeResult {
  /** The `id` of the call; empty in formats without ids. */
  readonly call: string;
  readonly text: string;
}

export interface FakeTool {
  readonly name: string;
  readonly description: string;
  readonly inputSchema: JsonObject;
}

/** What came in at the server, whether it was understood or not. */
export interface FakeRequest {
  readonly n: number;
  readonly method: string;
  /** With its query, in which keys read `[redacted]`. */
  readonly path: string;
  /** As in {@link FakeTurn.headers}. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body as the client sent it; null when it was none that could be read. */
  readonly body: JsonValue;
  /** Absent when the request was refused before a policy saw it. */
  readonly turn?: FakeTurn;
}
