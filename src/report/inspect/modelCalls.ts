import type { EpisodeEvent, EpisodeRecord } from '../../contracts/events.ts';
import type { JsonObject } from '../../contracts/json.ts';
import { assistantMessage, callsIn, inspectMessage } from './messages.ts';

export type ModelEvent = Extract<EpisodeEvent, { type: 'model' }>;

/** A call of a language model: what it read, and said unless it failed, as places in the pool. */
export interface SeenCall {
  readonly event: ModelEvent;
  readonly input: readonly number[];
  readonly reply?: number;
}

/** The messages of all conversations of an episode, each once. */
export interface MessagePool {
  readonly messages: readonly JsonObject[];
  /** By the `seq` of the event; calls of classifiers are none. */
  readonly calls: ReadonlyMap<number, SeenCall>;
}

/** Puts together again what the record tells of each call: how much of an earlier conversation, and what is new. */
export function poolMessages({ events }: EpisodeRecord): MessagePool {
  const messages: JsonObject[] = [];
  const calls = new Map<number, SeenCall>();
  const conversations = new Map<string, number[][]>();
  const add = (make: (id: string) => JsonObject): number =>
    messages.push(make(`message-${messages.length}`)) - 1;
  for (const event of events) {
    if (event.type !== 'model' || event.reply.kind === 'labels') continue;
    const asker = JSON.stringify([event.purpose, event.by, event.model]);
    const earlier = conversations.get(asker) ?? [];
    conversations.set(asker, earlier);
    const input = [
      ...carriedBy(event, earlier),
      ...event.messages.map((message) => add((id) => inspectMessage(message, id))),
    ];
    const { reply } = event;
    if (reply.kind === 'failure') {
      calls.set(event.seq, { event, input });
      earlier.push(input);
    } else {
      const said = add((id) => assistantMessage(id, reply.text, callsIn(reply.calls, id)));
      calls.set(event.seq, { event, input, reply: said });
      earlier.push([...input, said]);
    }
  }
  return { messages, calls };
}

/** A conversation is carried on with its last reply, or, by hosts that dropped that, without. */
function carriedBy({ carried }: ModelEvent, earlier: readonly number[][]): number[] {
  if (carried === 0) return [];
  const before =
    earlier.findLast(({ length }) => length === carried) ??
    earlier.findLast(({ length }) => length === carried + 1);
  return before?.slice(0, carried) ?? [];
}

/** The longest conversation that the agent had with its model, the last among equals; undefined without a model. */
export function agentConversation({ messages, calls }: MessagePool): readonly JsonObject[] | undefined {
  let longest: readonly number[] | undefined;
  for (const { event, input, reply } of calls.values()) {
    if (event.purpose !== 'agent') continue;
    const all = reply === undefined ? input : [...input, reply];
    if (all.length >= (longest?.length ?? 0)) longest = all;
  }
  return longest?.map((place) => messages[place] ?? {});
}

/** Places as ranges `[from, to)`. */
export function rangesOf(places: readonly number[]): [number, number][] {
  const ranges: [number, number][] = [];
  for (const place of places) {
    const last = ranges.at(-1);
    if (last?.[1] === place) last[1]++;
    else ranges.push([place, place + 1]);
  }
  return ranges;
}
