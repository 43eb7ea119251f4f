import type {
  LanguageModelV3,
  LanguageModelV3CallOptions,
  LanguageModelV3Content,
  LanguageModelV3GenerateResult,
  LanguageModelV3Message,
  LanguageModelV3ToolResultOutput,
  SharedV3ProviderOptions,
} from '@ai-sdk/provider';
import { isJsonObject, type JsonObject, type JsonValue } from '../contracts/json.ts';
import type { ModelCall, ModelMessage, ModelPart, ModelRequest } from '../contracts/model.ts';
import { type Address, type Answer, longestVersion } from './address.ts';
import { reasoningOptions } from './reasoning.ts';
import { tellingRefusals } from './refusals.ts';

// The one file that knows the AI SDK's LanguageModelV3; reasoning.ts has the words of its providers.

/** A key for servers that want none; the SDK insists on one. */
const noKey = 'none';

/** Loads the provider's package and makes the model. */
export async function openSdkModel(address: Address): Promise<LanguageModelV3> {
  const { provider, name, baseUrl: baseURL, fetch, key } = address;
  const apiKey = key || noKey;
  switch (provider.dialect) {
    case 'openai-chat':
    case 'openai-responses': {
      const { createOpenAI } = await import('@ai-sdk/openai');
      const openai = createOpenAI({ baseURL, apiKey, fetch: tellingRefusals(fetch) });
      return provider.dialect === 'openai-chat' ? openai.chat(name) : openai.responses(name);
    }
    case 'anthropic':
      return (await import('@ai-sdk/anthropic')).createAnthropic({ baseURL, apiKey, fetch })(name);
    case 'google':
      return (await import('@ai-sdk/google')).createGoogleGenerativeAI({ baseURL, apiKey, fetch })(name);
    case 'compatible':
    case 'moderation':
    case 'classifier': {
      const { createOpenAICompatible } = await import('@ai-sdk/openai-compatible');
      const { keyHeader, schemas = true } = provider;
      const auth = keyHeader === undefined ? { apiKey: key } : { headers: { [keyHeader]: key } };
      return createOpenAICompatible({
        name: 'compatible',
        baseURL,
        fetch,
        supportsStructuredOutputs: schemas,
        ...(key !== '' && auth),
      })(name);
    }
  }
}

export async function callSdkModel(
  model: LanguageModelV3,
  { request, address, signal }: { request: ModelRequest; address: Address; signal: AbortSignal },
): Promise<Answer> {
  return answerOf(await model.doGenerate({ ...optionsOf(request, address), abortSignal: signal }));
}

function optionsOf(request: ModelRequest, address: Address): LanguageModelV3CallOptions {
  const { temperature, topP, seed, maxTokens } = address.settings;
  const { tools = [], toolChoice = 'auto', schema } = request;
  const tokens = request.maxTokens ?? maxTokens;
  const told = schema && address.provider.schemas === false ? [schemaInWords(schema)] : [];
  return {
    prompt: [...told, ...joined(request.messages.map((message) => messageOf(message, address)))],
    ...(tokens !== undefined && { maxOutputTokens: tokens }),
    ...(temperature !== undefined && { temperature }),
    ...(topP !== undefined && { topP }),
    ...(seed !== undefined && { seed }),
    ...(schema && {
      responseFormat: { type: 'json', name: 'reply', schema } as const,
    }),
    ...(tools.length > 0 && {
      tools: tools.map(({ name, description, inputSchema }) => ({
        type: 'function' as const,
        name,
        description,
        inputSchema,
      })),
      toolChoice: { type: toolChoice },
    }),
    providerOptions: providerOptions(request, address),
  };
}

/** For providers that bind replies to JSON only. */
function schemaInWords(schema: JsonObject): LanguageModelV3Message {
  const content = `Reply with one JSON object that follows this JSON Schema:\n${JSON.stringify(schema)}`;
  return { role: 'system', content };
}

function providerOptions({ schema }: ModelRequest, address: Address): SharedV3ProviderOptions {
  const reasoning = reasoningOptions(address.provider.dialect, address);
  // OpenAI refuses strictness for schemas that leave anything open.
  const strictJsonSchema = schema?.['additionalProperties'] === false;
  switch (address.provider.dialect) {
    case 'openai-chat':
      return { openai: { ...reasoning, strictJsonSchema } };
    case 'openai-responses':
      // Nothing is kept at the provider; reasoning comes back encrypted and is carried.
      return { openai: { ...reasoning, strictJsonSchema, store: false } };
    case 'anthropic':
    case 'google':
      return { [address.provider.dialect]: { ...reasoning } };
    case 'compatible':
    case 'moderation':
    case 'classifier':
      return { compatible: { ...reasoning, strictJsonSchema } };
  }
}

function messageOf(message: ModelMessage, address: Address): LanguageModelV3Message {
  switch (message.role) {
    case 'system':
      return { role: 'system', content: message.text };
    case 'user':
      return {
        role: 'user',
        content: message.parts.map((part) =>
          part.type === 'text' ? part : { type: 'file', data: part.data, mediaType: part.mimeType },
        ),
      };
    case 'assistant':
      return { role: 'assistant', content: carriedContent(message.carry) ?? plainContent(message) };
    case 'tool': {
      const { call: toolCallId, tool: toolName } = message;
      const output = outputOf(message, address);
      return { role: 'tool', content: [{ type: 'tool-result', toolCallId, toolName, output }] };
    }
  }
}

/** All results of a turn in one message: Google wants them so, the others do not mind. */
function joined(messages: readonly LanguageModelV3Message[]): readonly LanguageModelV3Message[] {
  const all: LanguageModelV3Message[] = [];
  for (const message of messages) {
    const last = all.at(-1);
    if (last?.role === 'tool' && message.role === 'tool') last.content.push(...message.content);
    else all.push(message);
  }
  return all;
}

type AssistantContent = Extract<LanguageModelV3Message, { role: 'assistant' }>['content'];

function plainContent({ text, calls }: Extract<ModelMessage, { role: 'assistant' }>): AssistantContent {
  return [
    ...(text === '' ? [] : [{ type: 'text' as const, text }]),
    ...calls.map((call) => ({
      type: 'tool-call' as const,
      toolCallId: call.id,
      toolName: call.tool,
      // Providers take objects only; the tool's result says what was wrong.
      input: 'arguments' in call ? call.arguments : {},
    })),
  ];
}

/** The turn as {@link carryOf} kept it. */
function carriedContent(carry: JsonValue | undefined): AssistantContent | undefined {
  return Array.isArray(carry) && carry.every(isJsonObject)
    ? (carry as unknown as AssistantContent)
    : undefined;
}

/** Who reads images that stand in results of tools. */
const readImages: ReadonlySet<string> = new Set(['anthropic', 'google', 'openai-responses']);

function outputOf(
  { parts, isError }: Extract<ModelMessage, { role: 'tool' }>,
  { provider }: Address,
): LanguageModelV3ToolResultOutput {
  const shown = (part: ModelPart): boolean => part.type === 'image' && readImages.has(provider.dialect);
  if (isError || !parts.some(shown)) {
    const value = parts.map(textOf).join('\n');
    return { type: isError ? 'error-text' : 'text', value };
  }
  return {
    type: 'content',
    value: parts.map((part) =>
      part.type === 'image'
        ? { type: 'image-data', data: part.data, mediaType: part.mimeType }
        : { type: 'text', text: textOf(part) },
    ),
  };
}

function textOf(part: ModelPart): string {
  if (part.type === 'text') return part.text;
  return `[${part.type}, ${part.mimeType}, ${Math.floor((part.data.length * 3) / 4)} bytes; it cannot be shown here]`;
}

function answerOf({ content, finishReason, usage, response }: LanguageModelV3GenerateResult): Answer {
  const texts = content.flatMap((part) => (part.type === 'text' ? [part.text] : []));
  const calls = content.flatMap((part) => (part.type === 'tool-call' ? [callOf(part)] : []));
  const carry = carryOf(content, calls);
  const body: unknown = response?.body;
  const reported = isJsonObject(body) ? body['modelVersion'] : undefined;
  const version = typeof reported === 'string' ? reported : response?.modelId;
  const { unified } = finishReason;
  return {
    text: texts.join(''),
    calls,
    ...(carry && { carry }),
    finish: unified === 'error' ? 'other' : unified,
    usage: {
      inputTokens: usage.inputTokens.total ?? 0,
      outputTokens: usage.outputTokens.total ?? 0,
    },
    ...(version !== undefined && { version: version.slice(0, longestVersion) }),
  };
}

function callOf({
  toolCallId: id,
  toolName: tool,
  input,
}: Extract<LanguageModelV3Content, { type: 'tool-call' }>): ModelCall {
  try {
    const parsed: unknown = JSON.parse(input.trim() === '' ? '{}' : input);
    if (isJsonObject(parsed)) return { id, tool, arguments: parsed };
  } catch {
    // As it came, then.
  }
  return { id, tool, invalid: input };
}

/** The whole turn in its order, when anything in it has to go back that text and calls do not tell. */
function carryOf(
  content: readonly LanguageModelV3Content[],
  calls: readonly ModelCall[],
): JsonValue | undefined {
  const bare = content.every(
    (part) => part.type !== 'reasoning' && (part.type === 'source' || part.providerMetadata === undefined),
  );
  if (bare) return undefined;
  const kept = content.flatMap((part): AssistantContent => {
    const options = 'providerMetadata' in part && { providerOptions: part.providerMetadata };
    if (part.type === 'text' || part.type === 'reasoning')
      return [{ type: part.type, text: part.text, ...options }];
    if (part.type !== 'tool-call') return [];
    const { toolCallId, toolName } = part;
    const call = calls.find(({ id }) => id === toolCallId);
    const input = call && 'arguments' in call ? call.arguments : {};
    return [{ type: part.type, toolCallId, toolName, input, ...options }];
  });
  // Out of the provider's JSON, with members left out in place of undefined ones.
  return JSON.parse(JSON.stringify(kept)) as JsonValue;
}
