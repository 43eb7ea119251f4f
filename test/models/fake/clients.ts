import { createAnthropic } from '@ai-sdk/anthropic';
import { createGoogleGenerativeAI } from '@ai-sdk/google';
import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import type {
  LanguageModelV3,
  LanguageModelV3CallOptions,
  LanguageModelV3Content,
  LanguageModelV3GenerateResult,
} from '@ai-sdk/provider';

/** Clients that nobody here wrote, each for one of the wire formats. */
export const clients = {
  'openai-chat': (url: string) => createOpenAI({ baseURL: `${url}/v1`, apiKey }).chat('toy'),
  'openai-responses': (url: string) => createOpenAI({ baseURL: `${url}/v1`, apiKey }).responses('toy'),
  'openai-compatible': (url: string) =>
    createOpenAICompatible({ name: 'local', baseURL: `${url}/v1`, apiKey, includeUsage: true }).chatModel(
      'toy',
    ),
  anthropic: (url: string) => createAnthropic({ baseURL: `${url}/v1`, apiKey }).chat('toy'),
  google: (url: string) => createGoogleGenerativeAI({ baseURL: `${url}/v1beta`, apiKey }).chat('toy'),
} satisfies Record<string, (url: string) => LanguageModelV3>;

export type ClientName = keyof typeof clients;
export const clientNames = Object.keys(clients) as ClientName[];

export const apiKey = 'key-that-is-never-kept';

/** What a client made of a reply, whole or streamed. */
export interface Decoded {
  readonly text: string;
  readonly calls: readonly { readonly id: string; readonly tool: string; readonly input: string }[];
  readonly finish: string;
  readonly inputTokens: number | undefined;
  readonly outputTokens: number | undefined;
  readonly model: string | undefined;
}

export type Way = 'whole' | 'streamed';
export const ways: readonly Way[] = ['whole', 'streamed'];

export function ask(model: LanguageModelV3, way: Way, options: LanguageModelV3CallOptions): Promise<Decoded> {
  return way === 'whole' ? askWhole(model, options) : askStreamed(model, options);
}

async function askWhole(model: LanguageModelV3, options: LanguageModelV3CallOptions): Promise<Decoded> {
  const result = await model.doGenerate(options);
  return decoded(result.content, result, result.response?.modelId);
}

async function askStreamed(model: LanguageModelV3, options: LanguageModelV3CallOptions): Promise<Decoded> {
  const { stream } = await model.doStream(options);
  const content: LanguageModelV3Content[] = [];
  let modelId: string | undefined;
  let finish: Pick<LanguageModelV3GenerateResult, 'finishReason' | 'usage'> | undefined;
  for await (const part of stream) {
    if (part.type === 'error') throw part.error;
    if (part.type === 'text-delta') content.push({ type: 'text', text: part.delta });
    if (part.type === 'tool-call') content.push(part);
    if (part.type === 'response-metadata') modelId = part.modelId ?? modelId;
    if (part.type === 'finish') finish = part;
  }
  if (!finish) throw new Error('The stream has no end');
  return decoded(content, finish, modelId);
}

function decoded(
  content: readonly LanguageModelV3Content[],
  { finishReason, usage }: Pick<LanguageModelV3GenerateResult, 'finishReason' | 'usage'>,
  model: string | undefined,
): Decoded {
  return {
    text: content.map((part) => (part.type === 'text' ? part.text : '')).join(''),
    calls: content.flatMap((part) =>
      part.type === 'tool-call' ? [{ id: part.toolCallId, tool: part.toolName, input: part.input }] : [],
    ),
    finish: finishReason.unified,
    inputTokens: usage.inputTokens.total,
    outputTokens: usage.outputTokens.total,
    model,
  };
}

export const tools: NonNullable<LanguageModelV3CallOptions['tools']> = [
  {
    type: 'function',
    name: 'add_task',
    description: 'Adds a task',
    inputSchema: {
      type: 'object',
      properties: { title: { type: 'string' }, urgent: { type: 'boolean' } },
      required: ['title'],
    },
  },
  {
    type: 'function',
    name: 'list_tasks',
    description: 'Lists tasks',
    inputSchema: { type: 'object', properties: {} },
  },
];

/** A question with a system prompt. */
export const question: LanguageModelV3CallOptions['prompt'] = [
  { role: 'system', content: 'You help with tasks.' },
  { role: 'user', content: [{ type: 'text', text: 'Add milk, please.' }] },
];
