import type { DefenseScope } from '../../../contracts/defense.ts';
import { isJsonObject } from '../../../contracts/json.ts';
import type { McpRequest } from '../../../contracts/wire.ts';
import type { SensitiveValue } from './values.ts';

/** Whether the task gives a reason to send a value to a service. */
export interface Reasons {
  allow(value: SensitiveValue, service: string): boolean;
}

/**
 * What is personal may go to the services that the task needs; that is mostly why it needs them. What opens something
 * may go there only when the user speaks of it: all words of its label stand in the instruction.
 */
export function createReasons({ approved, user }: DefenseScope): Reasons {
  const needed = new Set(approved.map(({ name }) => name));
  const said = new Set(wordsIn(user.instruction));
  return {
    allow: ({ kind, label }, service) =>
      needed.has(service) && (kind === 'personal' || wordsIn(label).every((word) => said.has(word))),
  };
}

/** Words in lower case, without the plural's ending. */
function wordsIn(text: string): string[] {
  return (text.toLowerCase().match(/[a-z]{2,30}/g) ?? []).map((word) => word.replace(/s$/, ''));
}

const handsOn = new Set(
  (
    'send post message mail email reply comment publish share forward invite transfer pay payment tweet notify announce ' +
    'upload submit'
  ).split(' '),
);

/** Whether a call has the service hand something on to others, as its tool's name tells. */
export function isHandedOn({ method, params }: McpRequest): boolean {
  const name = isJsonObject(params) ? params['name'] : undefined;
  if (method !== 'tools/call' || typeof name !== 'string') return false;
  const spaced = name.slice(0, 200).replace(/([a-z])([A-Z])/g, '$1 $2');
  return wordsIn(spaced).some((word) => handsOn.has(word));
}
