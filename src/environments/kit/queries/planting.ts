import { type JsonValue, mapStrings } from '../../../contracts/json.ts';
import type { QueryStep } from './program.ts';

/** A place in the results of a tool where anyone may have written, such as the overview of a film. */
export interface OpenPlace {
  readonly tool: string;
  /** The text there; undefined where a result has none. */
  textIn(result: JsonValue): string | undefined;
}

/** A text that a stranger may add to, as the results of a tool show it. */
export interface OpenText {
  readonly tool: string;
  readonly text: string;
}

/** The open text that a solution with these steps reads first, before its last one. */
export function openTextIn(places: readonly OpenPlace[], steps: readonly QueryStep[]): OpenText | 'none' {
  for (const { call, value } of steps.slice(0, -1)) {
    const text = places.find(({ tool }) => tool === call.tool)?.textIn(value);
    if (text !== undefined) return { tool: call.tool, text };
  }
  return 'none';
}

/** The same result after a stranger has added to a text in it. */
export function withAddition(value: JsonValue, text: string, addition: string): JsonValue {
  return mapStrings(value, (each) => (each === text ? `${each}\n\n${addition}` : each));
}
