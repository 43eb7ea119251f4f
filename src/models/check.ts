import { isSafeMcpError, messageOf } from '../contracts/errors.ts';
import { type Classifier, type Model, ModelFailure, type ModelReply } from '../contracts/model.ts';

/** What a model can do, as far as two tiny calls tell. */
export interface ModelCheck {
  readonly id: string;
  /** Absent when it could not be asked at all. */
  readonly abilities?: Abilities;
  /** Why it could not be asked, or not in some way: the code of an error, or the kind of a failure. */
  readonly problem?: { readonly code: string; readonly what: string };
  /** As its provider calls it. */
  readonly version?: string;
  readonly tokens: number;
  readonly usd: number;
}

export interface Abilities {
  readonly tools: boolean;
  readonly parallelCalls: boolean;
  /** JSON by a schema. */
  readonly structuredOutput: boolean;
}

const text = (words: string) => [{ role: 'user' as const, parts: [{ type: 'text' as const, text: words }] }];

const maxTokens = 1_000;

const withTools = {
  messages: text('Call the tools note_a and note_b, both in this one turn, and say nothing.'),
  tools: ['note_a', 'note_b'].map((name) => ({
    name,
    description: 'Takes a note.',
    inputSchema: { type: 'object', properties: { note: { type: 'string' } }, required: ['note'] },
  })),
  maxTokens,
};

const withSchema = {
  messages: text('Reply with JSON in which ok is true.'),
  schema: {
    type: 'object',
    properties: { ok: { type: 'boolean' } },
    required: ['ok'],
    additionalProperties: false,
  },
  maxTokens,
};

type Told = { readonly reply: ModelReply } | { readonly problem: NonNullable<ModelCheck['problem']> };

/** Asks a model for two calls of tools at once, and for JSON by a schema. */
export async function checkModel(model: Model): Promise<ModelCheck> {
  const called = await tell(() => model.generate(withTools));
  const bound = stops(called) ? called : await tell(() => model.generate(withSchema));
  const replies = [called, bound].flatMap((told) => ('reply' in told ? [told.reply] : []));
  const [problem] = [called, bound].flatMap((told) => ('problem' in told ? [told.problem] : []));
  const calls = 'reply' in called ? called.reply.calls.filter((call) => 'arguments' in call).length : 0;
  const version = replies.find((reply) => reply.version !== undefined)?.version;
  return {
    id: model.id,
    ...(replies.length > 0 && {
      abilities: {
        tools: calls > 0,
        parallelCalls: calls > 1,
        structuredOutput: 'reply' in bound && isOk(bound.reply.text),
      },
    }),
    ...(problem && { problem }),
    ...(version !== undefined && { version }),
    tokens: replies.reduce((sum, { usage }) => sum + usage.inputTokens + usage.outputTokens, 0),
    usd: replies.reduce((sum, { usd }) => sum + usd, 0),
  };
}

/** Classifiers have nothing but labels to offer. */
export async function checkClassifier(classifier: Classifier): Promise<ModelCheck> {
  const { id } = classifier;
  try {
    await classifier.classify('Good morning');
    return { id, tokens: 0, usd: 0 };
  } catch (error) {
    return { id, problem: problemOf(error), tokens: 0, usd: 0 };
  }
}

async function tell(call: () => Promise<ModelReply>): Promise<Told> {
  try {
    return { reply: await call() };
  } catch (error) {
    return { problem: problemOf(error) };
  }
}

/** Whether asking again would tell the same. */
function stops(told: Told): boolean {
  return 'problem' in told && ['MODEL_KEY', 'MODEL_NOT_FOUND'].includes(told.problem.code);
}

function problemOf(error: unknown): NonNullable<ModelCheck['problem']> {
  if (isSafeMcpError(error)) return { code: error.code, what: error.message };
  if (error instanceof ModelFailure) return { code: error.kind, what: error.message };
  throw error instanceof Error ? error : new Error(messageOf(error));
}

function isOk(json: string): boolean {
  try {
    const parsed: unknown = JSON.parse(json);
    return typeof parsed === 'object' && parsed !== null && 'ok' in parsed && parsed.ok === true;
  } catch {
    return false;
  }
}
