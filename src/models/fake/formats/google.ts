import { z } from 'zod';
import type { JsonObject } from '../../../contracts/json.ts';
import { allowedTools, contentText, message, toolNamed } from '../conversation.ts';
import { type FakeReply, inputTokens } from '../reply.ts';
import { jsonObject } from '../schemas.ts';
import type { FakeMessage } from '../turn.ts';
import {
  type Answer,
  BadRequest,
  eventAnswer,
  type Failure,
  jsonAnswer,
  piecesOf,
  type WireFormat,
} from '../wireFormat.ts';

const part = z.looseObject({
  text: z.string().optional(),
  functionCall: z
    .object({ id: z.string().optional(), name: z.string(), args: jsonObject.optional() })
    .optional(),
  functionResponse: z
    .object({ id: z.string().optional(), name: z.string(), response: jsonObject })
    .optional(),
  inlineData: z.object({ mimeType: z.string(), data: z.string() }).optional(),
});
type Part = z.infer<typeof part>;

const content = z.object({
  role: z.enum(['user', 'model', 'function']).optional(),
  parts: z.array(part).min(1),
});

const googleRequest = z.object({
  contents: z.array(content).min(1),
  systemInstruction: z.object({ parts: z.array(part) }).optional(),
  tools: z
    .array(
      z.looseObject({
        functionDeclarations: z
          .array(
            z.object({
              name: z.string().regex(/^[a-zA-Z_][a-zA-Z0-9_.:-]{0,127}$/, 'is no name of a function'),
              description: z.string().optional(),
              parameters: jsonObject.nullish(),
              parametersJsonSchema: jsonObject.nullish(),
            }),
          )
          .optional(),
      }),
    )
    .optional(),
  toolConfig: z
    .looseObject({
      functionCallingConfig: z
        .object({
          mode: z.enum(['AUTO', 'ANY', 'NONE', 'VALIDATED', 'MODE_UNSPECIFIED']).optional(),
          allowedFunctionNames: z.array(z.string()).optional(),
        })
        .optional(),
    })
    .optional(),
  generationConfig: z
    .looseObject({ responseSchema: jsonObject.optional(), responseJsonSchema: jsonObject.optional() })
    .optional(),
});

const path =
  /^\/v1(?:beta)?\/(?:models|tunedModels)\/([^:]{1,500}):(generateContent|streamGenerateContent|countTokens)$/;

/** Google's generateContent and streamGenerateContent. */
export const google: WireFormat = {
  id: 'google',
  serves: (asked) => path.test(asked),
  read(url, body) {
    const [, model = '', method] = path.exec(url.pathname) ?? [];
    const request = googleRequest.parse(body);
    const messages = [
      ...(request.systemInstruction ? [message('system', partsText(request.systemInstruction.parts))] : []),
      ...request.contents.flatMap(readContent),
    ];
    demandPairedParts(messages);
    const tools = (request.tools ?? []).flatMap(({ functionDeclarations = [] }) =>
      functionDeclarations.map(({ name, description, parameters, parametersJsonSchema }) =>
        toolNamed(name, description, parametersJsonSchema ?? parameters),
      ),
    );
    const { mode, allowedFunctionNames } = request.toolConfig?.functionCallingConfig ?? {};
    const { responseJsonSchema, responseSchema } = request.generationConfig ?? {};
    const schema = responseJsonSchema ?? responseSchema;
    const turn = {
      model,
      messages,
      ...allowedTools(tools, choiceOf(mode, allowedFunctionNames)),
      ...(schema && { schema }),
      stream: method === 'streamGenerateContent',
    };
    return {
      turn,
      answer: (reply) => {
        if (method === 'countTokens') return jsonAnswer({ totalTokens: inputTokens(turn) });
        if (!turn.stream) return jsonAnswer(chunk(reply, allParts(reply), true));
        return url.searchParams.get('alt') === 'sse'
          ? eventAnswer(chunks(reply))
          : arrayAnswer(chunks(reply));
      },
    };
  },
  failure,
};

function choiceOf(
  mode: string | undefined,
  names: readonly string[] | undefined,
): Parameters<typeof allowedTools>[1] {
  if (mode === 'ANY' && names && names.length > 0) return { tools: names };
  if (mode === 'ANY') return { mode: 'required' };
  return { mode: mode === 'NONE' ? 'none' : 'auto' };
}

function readContent({ role, parts }: z.infer<typeof content>): FakeMessage[] {
  const calls = parts.flatMap(({ functionCall: call }) =>
    call ? [{ id: call.id ?? '', tool: call.name, arguments: call.args ?? {} }] : [],
  );
  const results = parts.flatMap(({ functionResponse: result }) =>
    result ? [{ call: result.id ?? '', text: resultText(result.response) }] : [],
  );
  const rest = parts.filter(({ functionCall, functionResponse }) => !functionCall && !functionResponse);
  const speaker = role === 'model' ? 'assistant' : 'user';
  return [
    ...(results.length > 0 ? [message('tool', '', { results })] : []),
    ...(rest.length > 0 || calls.length > 0 ? [message(speaker, partsText(rest), { calls })] : []),
  ];
}

/** Clients put a tool's text under one of several names; anything else is shown as JSON. */
function resultText(response: JsonObject): string {
  for (const name of ['content', 'output', 'result', 'error']) {
    const text = response[name];
    if (typeof text === 'string') return text;
  }
  return JSON.stringify(response);
}

function partsText(parts: readonly Part[]): string {
  return contentText(
    parts.map(({ text, inlineData }) => ({
      type: inlineData ? (inlineData.mimeType.split('/', 1)[0] ?? '') : 'part',
      text,
    })),
  );
}

/** As many responses have to follow a turn as it made calls. */
function demandPairedParts(messages: readonly FakeMessage[]): void {
  for (const [place, { calls }] of messages.entries()) {
    const answers = messages[place + 1]?.results.length ?? 0;
    if (calls.length > 0 && answers !== calls.length)
      throw new BadRequest(
        'The number of function response parts has to equal that of the function call parts of the turn before',
      );
  }
}

function allParts(reply: FakeReply): JsonObject[] {
  return [...(reply.text === '' ? [] : [{ text: reply.text }]), ...callParts(reply)];
}

/** Arguments that are no JSON never leave the provider: the reply ends with a reason of its own. */
function callParts(reply: FakeReply): JsonObject[] {
  if (isMalformed(reply)) return [];
  return reply.calls.map(({ id, tool, value }) => ({ functionCall: { id, name: tool, args: value ?? {} } }));
}

function isMalformed({ calls }: FakeReply): boolean {
  return calls.some(({ value }) => value === undefined);
}

function chunks(reply: FakeReply): JsonObject[] {
  const groups = [
    ...piecesOf(reply.text).map((text) => [{ text }]),
    ...(reply.calls.length > 0 ? [callParts(reply)] : []),
  ];
  const spoken = groups.length > 0 ? groups : [[]];
  return spoken.map((parts, place) => chunk(reply, parts, place === spoken.length - 1));
}

function chunk(reply: FakeReply, parts: readonly JsonObject[], last: boolean): JsonObject {
  return {
    candidates: [
      {
        ...(parts.length > 0 && { content: { parts, role: 'model' } }),
        ...(last && ending(reply)),
        index: 0,
      },
    ],
    usageMetadata: {
      promptTokenCount: reply.inputTokens,
      candidatesTokenCount: reply.outputTokens,
      totalTokenCount: reply.inputTokens + reply.outputTokens,
    },
    modelVersion: reply.model,
    responseId: `response-${reply.n}`,
  };
}

function ending(reply: FakeReply): JsonObject {
  if (isMalformed(reply))
    return {
      finishReason: 'MALFORMED_FUNCTION_CALL',
      finishMessage: `Malformed function call: ${reply.calls.map(({ tool, text }) => tool + text).join(' ')}`,
    };
  if (reply.end === 'length') return { finishReason: 'MAX_TOKENS' };
  if (reply.end !== 'content-filter') return { finishReason: 'STOP' };
  return {
    finishReason: 'SAFETY',
    safetyRatings: [{ category: 'HARM_CATEGORY_DANGEROUS_CONTENT', probability: 'HIGH', blocked: true }],
  };
}

/** What the stream is without `alt=sse`: one JSON array. */
function arrayAnswer(items: readonly JsonObject[]): Answer {
  return {
    contentType: 'application/json',
    pieces: items.map(
      (item, place) =>
        `${place === 0 ? '[' : ',\n'}${JSON.stringify(item)}${place === items.length - 1 ? ']' : ''}`,
    ),
  };
}

const statuses: ReadonlyMap<number, string> = new Map([
  [400, 'INVALID_ARGUMENT'],
  [401, 'UNAUTHENTICATED'],
  [403, 'PERMISSION_DENIED'],
  [404, 'NOT_FOUND'],
  [429, 'RESOURCE_EXHAUSTED'],
  [500, 'INTERNAL'],
]);

function failure({ status, message: text, retryAfter }: Failure): JsonObject {
  const name = statuses.get(status) ?? (status < 500 ? 'INVALID_ARGUMENT' : 'UNAVAILABLE');
  const retry = { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: `${retryAfter}s` };
  return {
    error: {
      code: status,
      message: text,
      status: name,
      ...(retryAfter !== undefined && { details: [retry] }),
    },
  };
}
