import type { JsonObject } from '../../src/contracts/json.ts';
import type { Model, ModelCall, ModelReply, ModelRequest, OpenModels } from '../../src/contracts/model.ts';

/** A turn of a scripted model, without what tests seldom care about. */
export type Turn = string | Partial<ModelReply> | Error;

export interface ScriptedModel extends Model {
  readonly requests: readonly ModelRequest[];
}

/** A model that says what a test tells it to: an implementation of the port, without a provider. */
export function scriptedModel(
  id: string,
  play: (request: ModelRequest, turn: number) => Turn,
): ScriptedModel {
  const requests: ModelRequest[] = [];
  return {
    id,
    requests,
    generate(request) {
      request.signal?.throwIfAborted();
      requests.push(request);
      const turn = play(request, requests.length - 1);
      if (turn instanceof Error) return Promise.reject(turn);
      const given = typeof turn === 'string' ? { text: turn } : turn;
      return Promise.resolve({
        text: '',
        calls: [],
        finish: given.calls ? 'tool-calls' : 'stop',
        usage: { inputTokens: 100, outputTokens: 10 },
        usd: 0.001,
        version: `${id}-2026`,
        cached: false,
        ...given,
      });
    },
  };
}

/** One turn after another; the last one again and again. */
export function turns(...list: readonly Turn[]): (request: ModelRequest, turn: number) => Turn {
  return (_, turn) => list[Math.min(turn, list.length - 1)] ?? '';
}

let made = 0;

export function call(tool: string, args: JsonObject = {}): ModelCall {
  return { id: `call-${made++}`, tool, arguments: args };
}

/** All that a request lets the model read, but for the tools. */
export function readIn({ messages }: ModelRequest): string {
  return messages
    .map((message) =>
      'parts' in message
        ? message.parts.map((part) => (part.type === 'text' ? part.text : `<${part.mimeType}>`)).join('\n')
        : message.text,
    )
    .join('\n');
}

/** A run's models, of which there is one. */
export function open(model: Model): OpenModels {
  return { models: [model], classifiers: [] };
}
