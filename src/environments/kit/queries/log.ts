import { canonicalJson, type JsonObject, type JsonValue, stringsIn } from '../../../contracts/json.ts';
import type { QueryCall } from './program.ts';

const mostTexts = 2_000;
const longestText = 4_000;

/** What a service has been asked and has said in one episode. */
export interface QueryLog {
  /** Texts that callers have sent. */
  readonly texts: readonly string[];
  /** Results of successful calls. */
  readonly results: readonly JsonValue[];
  note(args: JsonObject): void;
  noteCall(call: QueryCall): void;
  noteResult(value: JsonValue): void;
  wasCalled(call: QueryCall): boolean;
}

export function createLog(): QueryLog {
  const texts: string[] = [];
  const results: JsonValue[] = [];
  const calls = new Set<string>();
  return {
    texts,
    results,
    note(args) {
      for (const text of stringsIn(args))
        if (texts.length < mostTexts) texts.push(text.slice(0, longestText));
    },
    noteCall: (call) => {
      if (calls.size < mostTexts) calls.add(keyOf(call));
    },
    noteResult: (value) => {
      if (results.length < mostTexts) results.push(value);
    },
    wasCalled: (call) => calls.has(keyOf(call)),
  };
}

/** The same text for the same call. */
export function keyOf({ tool, args }: QueryCall): string {
  return `${tool} ${canonicalJson(args)}`;
}
