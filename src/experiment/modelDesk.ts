import { isSafeMcpError, messageOf, SafeMcpError } from '../contracts/errors.ts';
import type { EpisodeEvent, NewEvent } from '../contracts/events.ts';
import type { Catalog } from '../contracts/experiment.ts';
import type { HostModelCall } from '../contracts/externalAgent.ts';
import type { JsonObject } from '../contracts/json.ts';
import {
  type Classifier,
  type Model,
  ModelFailure,
  type ModelMessage,
  type ModelReply,
  type OpenModels,
  type TextModel,
  textModel,
} from '../contracts/model.ts';
import type { Stopwatch } from '../contracts/stopwatch.ts';
import { either, queueing } from './queueing.ts';

type ModelEvent = Extract<EpisodeEvent, { type: 'model' }>;

/** Who asks. */
export type Asker = Pick<ModelEvent, 'purpose' | 'by'>;

/** The models of a run as one episode uses them: every call is recorded and counted. */
export interface ModelDesk {
  model(id: string, asker: Asker): Model | undefined;
  text(id: string, asker: Asker): TextModel | undefined;
  classifier(id: string, asker: Asker): Classifier | undefined;
  /** Before the host of an external agent calls its model: why it may not. */
  refuseHostCall(): SafeMcpError | undefined;
  /** Records a call that the host of an external agent has made. */
  noteHostCall(call: HostModelCall, by: { readonly agent: string; readonly usd: number }): void;
  cost(): { inputTokens: number; outputTokens: number; usd: number; modelMs: number };
  /** Takes note of an error of somebody who asks models by himself, in case the whole run has to stop for it. */
  heed(error: unknown): void;
  /** @throws what a model said that the whole run has to stop for, whoever kept it to himself */
  throwIfStopped(): void;
  /** The same desk for a part of the episode: when the part is over, calls of it end, and hold up nothing any more. */
  until(over: AbortSignal): ModelDesk;
}

export interface DeskOptions {
  readonly open: OpenModels;
  readonly catalog: Catalog;
  /** The trial: repetitions draw replies of their own. */
  readonly draw: number;
  readonly signal: AbortSignal;
  /** The episode's time. It stands still while a call waits for its turn. */
  readonly watch: Stopwatch;
  record(event: NewEvent): number;
}

export const noModels: OpenModels = { models: [], classifiers: [] };

export function createModelDesk({ open, catalog, draw, signal, watch, record }: DeskOptions): ModelDesk {
  const cost = { inputTokens: 0, outputTokens: 0, usd: 0, modelMs: 0 };
  let stop: SafeMcpError | undefined;
  const heed = (error: unknown): void => {
    if (isSafeMcpError(error)) stop ??= error;
  };

  /** Makes a call, times it, and records it whatever comes of it. */
  const ask = async <T>(
    { facts, tell }: { readonly facts: Facts; tell(answer: T): Told },
    call: () => Promise<T>,
  ): Promise<T> => {
    const started = watch.elapsed();
    const note = (told: Told): void => {
      const ms = Math.round((watch.elapsed() - started) * 1000) / 1000;
      cost.inputTokens += told.inputTokens;
      cost.outputTokens += told.outputTokens;
      cost.usd += told.usd;
      cost.modelMs += ms;
      record({ type: 'model', ...facts, ...told, ms });
    };
    try {
      const answer = await call();
      note(tell(answer));
      return answer;
    } catch (error) {
      if (isSafeMcpError(error)) heed(error);
      else note(failed(error));
      throw error;
    }
  };

  const recorded = (model: Model, asker: Asker, over: AbortSignal): Model => {
    let known: readonly ModelMessage[] = [];
    return {
      id: model.id,
      generate(request) {
        const { messages, tools = [] } = request;
        const carried = sameStart(known, messages);
        const facts: Facts = {
          ...asker,
          model: model.id,
          carried,
          messages: messages.slice(carried) as unknown as JsonObject[],
          tools: tools.map(({ name }) => name),
        };
        return ask({ facts, tell: toldOf }, async () => {
          const call = { ...request, signal: either(over, request.signal) };
          const reply = await queueing(watch, over, (onQueue) => model.generate({ draw, onQueue, ...call }));
          known = [...messages, { role: 'assistant', text: reply.text, calls: reply.calls }];
          return reply;
        });
      },
    };
  };

  /** A user's own text model, which tells neither tokens nor price. */
  const recordedText = (model: TextModel, asker: Asker, over: AbortSignal): TextModel => ({
    id: model.id,
    complete(prompt) {
      const facts: Facts = {
        ...asker,
        model: model.id,
        carried: 0,
        messages: [
          { role: 'system', text: prompt.system },
          { role: 'user', text: prompt.user },
        ],
        tools: [],
      };
      const tell = (text: string): Told => ({
        reply: { kind: 'turn', text, calls: [], finish: 'stop' },
        ...unpriced,
      });
      return ask({ facts, tell }, () => model.complete({ ...prompt, signal: either(over, prompt.signal) }));
    },
  });

  const find = (id: string): Model | TextModel | undefined =>
    open.models.find((each) => each.id === id) ?? catalog.models.find((each) => each.id === id);

  const deskUntil = (over: AbortSignal): ModelDesk => ({
    model(id, asker) {
      const found = find(id);
      return found && 'generate' in found ? recorded(found, asker, over) : undefined;
    },
    text(id, asker) {
      const found = find(id);
      if (!found) return undefined;
      return 'generate' in found ? textModel(recorded(found, asker, over)) : recordedText(found, asker, over);
    },
    classifier(id, asker) {
      const found = open.classifiers.find((each) => each.id === id);
      if (!found) return undefined;
      return {
        id,
        classify(text, options) {
          const facts: Facts = {
            ...asker,
            model: id,
            carried: 0,
            messages: [{ role: 'user', text }],
            tools: [],
          };
          const tell = (labels: Awaited<ReturnType<Classifier['classify']>>): Told => ({
            reply: { kind: 'labels', labels: labels.map((label) => ({ ...label })) },
            ...unpriced,
          });
          return ask({ facts, tell }, () =>
            queueing(watch, over, (onQueue) =>
              found.classify(text, { onQueue, ...options, signal: either(over, options?.signal) }),
            ),
          );
        },
      };
    },
    refuseHostCall() {
      try {
        open.account?.check();
        return undefined;
      } catch (error) {
        if (isSafeMcpError(error)) return error;
        throw error;
      }
    },
    noteHostCall(call, { agent, usd }) {
      open.account?.pay(call, usd);
      cost.usd += usd;
      cost.inputTokens += call.inputTokens;
      cost.outputTokens += call.outputTokens;
      cost.modelMs += call.ms;
      const { messages, tools, reply, ...facts } = call;
      record({
        type: 'model',
        purpose: 'agent',
        by: agent,
        ...facts,
        messages: [...messages],
        tools: [...tools],
        reply: reply.kind === 'turn' ? { ...reply, calls: [...reply.calls] } : reply,
        usd,
        cached: false,
      });
    },
    cost: () => ({ ...cost, modelMs: Math.round(cost.modelMs * 1000) / 1000 }),
    heed,
    throwIfStopped() {
      if (stop) throw stop;
    },
    until: deskUntil,
  });
  return deskUntil(signal);
}

/** What is known before the call. */
type Facts = Omit<ModelEvent, 'type' | 'seq' | 'at' | 'version' | keyof Told | 'ms'>;
/** What is known after it. */
type Told = Pick<ModelEvent, 'reply' | 'inputTokens' | 'outputTokens' | 'usd' | 'cached'> & {
  readonly version?: string;
};

const unpriced = { inputTokens: 0, outputTokens: 0, usd: 0, cached: false };

function toldOf({ text, calls, finish, usage, usd, cached, version }: ModelReply): Told {
  return {
    reply: { kind: 'turn', text, calls: calls.map((call) => ({ ...call })), finish },
    ...usage,
    usd,
    cached,
    ...(version !== undefined && { version }),
  };
}

function failed(error: unknown): Told {
  const failure = error instanceof ModelFailure ? error.kind : 'error';
  return { reply: { kind: 'failure', failure, what: messageOf(error) }, ...unpriced };
}

/** How many messages at the start of `now` are those of `before`; all of `before`, or none. */
function sameStart(before: readonly ModelMessage[], now: readonly ModelMessage[]): number {
  const same = before.length <= now.length && before.every((each, index) => sameMessage(each, now[index]));
  return same ? before.length : 0;
}

function sameMessage(a: ModelMessage, b: ModelMessage | undefined): boolean {
  if (a === b) return true;
  if (a.role !== 'assistant' || b?.role !== 'assistant') return false;
  return a.text === b.text && a.calls === b.calls;
}

/** The model behind an agent. @throws UNKNOWN_ID when it is not open */
export function agentModel(desk: ModelDesk, id: string, agent: string): Model {
  const model = desk.model(id, { purpose: 'agent', by: agent });
  if (model) return model;
  throw new SafeMcpError('UNKNOWN_ID', `The model ${JSON.stringify(id.slice(0, 80))} is not configured`, {
    where: agent,
    hint: 'Name it under models in the experiment',
  });
}
