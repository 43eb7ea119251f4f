import type { JsonObject } from '../../contracts/json.ts';
import type { McpReply } from '../../contracts/wire.ts';
import { clip } from '../texts.ts';

/** Something that a service returned. */
export interface Heard {
  readonly service: string;
  readonly text: string;
}

/** What the agent has read of services in this episode: the latest, bounded. */
export interface Hearing {
  hear(service: string, reply: McpReply): void;
  latest(): readonly Heard[];
  /** How much was heard so far, forgotten things included. */
  count(): number;
}

export interface HearingBounds {
  /** Things remembered. */
  readonly most: number;
  /** Characters of each. */
  readonly length: number;
}

/** Methods whose results are data that the agent asked for. */
export const dataMethods: ReadonlySet<string> = new Set(['tools/call', 'resources/read', 'prompts/get']);

export function createHearing({ most, length }: HearingBounds): Hearing {
  const heard: Heard[] = [];
  let count = 0;
  return {
    hear(service, reply) {
      if (reply.kind === 'dropped') return;
      const said: JsonObject = reply.kind === 'result' ? reply.result : { message: reply.error.message };
      const text = readableText(said, length);
      if (text.trim() === '') return;
      count++;
      heard.push({ service, text: clip(text, length) });
      if (heard.length > most) heard.shift();
    },
    latest: () => heard,
    count: () => count,
  };
}

/** Members that say how a result is to be handled. */
const handling = new Set(['_meta', 'type', 'mimeType', 'resultType', 'annotations', 'data', 'blob']);

/** The strings of a result that an agent reads, by lines; each once, since structured data repeats the text. */
export function readableText(result: JsonObject, length: number): string {
  const seen = new Set<string>();
  let room = length;
  const read = (value: unknown): void => {
    if (room <= 0) return;
    if (typeof value === 'string' || typeof value === 'number') {
      const text = String(value);
      if (!seen.has(text)) room -= text.length + 1;
      seen.add(text);
    } else if (Array.isArray(value)) value.forEach(read);
    else if (typeof value === 'object' && value !== null)
      for (const [member, item] of Object.entries(value)) if (!handling.has(member)) read(item);
  };
  read(result);
  return [...seen].join('\n');
}
