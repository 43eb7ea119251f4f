import type { CelInput } from '@bufbuild/cel';
import type { ToolCall } from '../../contracts/goal.ts';
import { isJsonObject, type JsonValue } from '../../contracts/json.ts';
import type { Objection } from '../flow/judge.ts';
import type { Memory } from '../flow/memory.ts';
import { isIdentifier, type Leaf, tokensIn, wordsOf } from '../flow/values.ts';

/** What has happened in this episode. */
export interface History {
  /** Calls that have passed. */
  readonly calls: number;
  /** Those of the same tool. */
  readonly same: number;
  /** Services that have been called. */
  readonly services: readonly string[];
}

/** Values of one message that conditions see with their labels. */
const maxLabels = 100;
/** Arguments as conditions see them, at most: parts of a list or object, levels, characters of a text. */
const maxItems = 100;
const maxDepth = 8;
const maxText = 2000;

export interface Message {
  readonly kind: 'call' | 'values';
  readonly call: ToolCall;
  readonly leaves: readonly Leaf[];
}

/** What conditions are about, by name. */
export function factsOf(
  { kind, call, leaves }: Message,
  memory: Memory,
  objection: Objection | undefined,
  history: History,
): Readonly<Record<string, CelInput>> {
  const { knowledge } = memory;
  const tool = memory.tool(call.service, call.tool);
  return {
    kind,
    call: {
      service: call.service,
      tool: call.tool,
      arguments: input(call.arguments, 0),
      approved: knowledge.isApproved(call.service),
      changes: kind === 'call' && tool.changes,
      grave: kind === 'call' && tool.grave,
    },
    annotations: input(tool.annotations, 0),
    labels: leaves.slice(0, maxLabels).map((leaf) => labelOf(leaf, memory)),
    flow: { rule: objection?.rule ?? '', reason: objection?.reason ?? '' },
    user: { delegates: knowledge.intent.delegated, known: knowledge.intent.known },
    history: {
      calls: history.calls,
      same: history.same,
      services: [...history.services],
      told: memory.toldByData(),
    },
  };
}

/** `origin` is `user`, `data`, `told` or, when nobody has said it, `none`. */
function labelOf({ name, path, value }: Leaf, { knowledge: { ledger } }: Memory): CelInput {
  const text = String(value).slice(0, maxText);
  const identifier = tokensIn(text).find(isIdentifier);
  const seen =
    typeof value === 'number'
      ? ledger.findNumber(value)
      : identifier === undefined
        ? ledger.findPhrase(wordsOf(text))
        : ledger.findToken(identifier);
  return { name, path, value: text, origin: seen?.origin ?? 'none', from: seen?.service ?? '' };
}

/** A JSON value in bounds, as CEL takes it. */
function input(value: JsonValue | undefined, depth: number): CelInput {
  if (typeof value === 'string') return value.slice(0, maxText);
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (value === undefined || value === null || depth >= maxDepth) return null;
  if (!isJsonObject(value)) return value.slice(0, maxItems).map((item: JsonValue) => input(item, depth + 1));
  const entries = Object.entries(value).slice(0, maxItems);
  return new Map(entries.map(([name, item]) => [name.slice(0, maxText), input(item, depth + 1)] as const));
}
