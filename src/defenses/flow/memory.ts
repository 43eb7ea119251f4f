import type { DefenseScope } from '../../contracts/defense.ts';
import type { ToolCall } from '../../contracts/goal.ts';
import { isJsonObject, type JsonObject, type JsonValue, withinBounds } from '../../contracts/json.ts';
import { needlesOf } from '../../contracts/secrets.ts';
import type { McpReply } from '../../contracts/wire.ts';
import { privateValues } from '../detectors/secrets/values.ts';
import { quote } from '../texts.ts';
import type { Effect } from './effects.ts';
import { effectsSpokenOf, readIntent } from './intent.ts';
import type { Knowledge, PrivateFact } from './judge.ts';
import { createLedger, type Sighting } from './ledger.ts';
import { createToolNames } from './naming.ts';
import { type OfferedTool, readTool, unknownTool } from './offers.ts';
import { compact, leavesOf, memberNames, textsIn, wordsOf } from './values.ts';

/** What one episode has shown so far. All services share it: what one has said must not steer another. */
export interface Memory {
  learnDefinitions(service: string, method: string, result: JsonObject): void;
  learnTold(service: string, body: unknown, where: string): void;
  /** @param rooted whether the call had to do with the task */
  learnReply(service: string, reply: McpReply, rooted: boolean): void;
  tool(service: string, name: string): OfferedTool;
  /** Whether a call's values come from the user or from data. */
  isRooted(call: ToolCall): boolean;
  readonly knowledge: Knowledge;
  /** Parts of results so far that spoke to the agent. */
  toldByData(): number;
}

const maxTools = 1000;
const definitionBounds = { maxSize: 20_000, maxDepth: 64 };
/** Words of an argument that are looked up: enough to tell whose they are. */
const maxWords = 200;
/** Longest text that is tried as JSON. */
const maxJson = 1_000_000;

export function createMemory(scope: DefenseScope): Memory {
  const { instruction, privateContext } = scope.user;
  const ledger = createLedger();
  const intent = readIntent(instruction);
  const names = createToolNames();
  const definitions = new Map<string, JsonObject>();
  const approved = new Set(scope.approved.map(({ name }) => name));
  const spokenOf = new Set<Effect>();
  const secrets = secretsIn(privateContext, instruction);
  ledger.add(instruction, { origin: 'user', where: "the user's instruction" });
  ledger.add(privateContext, { origin: 'user', where: "the user's private facts" });
  let addresses = 0;
  const read = new Map<string, OfferedTool>();

  const knowledge: Knowledge = {
    ledger,
    intent,
    secrets,
    spokenOf,
    isApproved: (service) => approved.size === 0 || approved.has(service),
  };

  const addTold = (service: string, body: unknown, where: string): void => {
    for (const text of textsIn(body)) ledger.add(text, { origin: 'told', where, service });
    for (const name of memberNames(body)) ledger.add(name, { origin: 'told', where, service });
  };

  const addData = (text: string, from: Sighting): void => {
    const { data, address } = names.split(text);
    if (data !== '') {
      ledger.add(data, from);
      if (intent.delegated) for (const effect of effectsSpokenOf(data)) spokenOf.add(effect);
    }
    if (address === '') return;
    addresses++;
    ledger.add(address, { ...from, origin: 'told', where: `a text of ${from.service} that names tools` });
  };

  const memory: Memory = {
    learnDefinitions(service, method, result) {
      if (method === 'tools/list' && Array.isArray(result['tools']))
        for (const definition of result['tools'] as readonly JsonValue[]) learnTool(service, definition);
      else addTold(service, result, `what ${service} says of itself`);
    },
    learnTold: addTold,
    learnReply(service, reply, rooted) {
      const where = `what ${service} returned`;
      const body = reply.kind === 'result' ? reply.result : reply.kind === 'error' ? reply.error : undefined;
      if (!rooted || !knowledge.isApproved(service)) return addTold(service, body, where);
      for (const text of textsIn(body))
        for (const part of partsOfText(text)) addData(part, { origin: 'data', where, service });
    },
    tool(service, name) {
      const key = `${service} ${name.slice(0, 200)} ${names.size}`;
      const definition = definitions.get(`${service} ${name.slice(0, 200)}`);
      if (!definition) return unknownTool(name);
      const known = read.get(key) ?? readTool(name, definition, names);
      if (read.size > maxTools) read.clear();
      read.set(key, known);
      return known;
    },
    isRooted: (call) => {
      const offered = memory.tool(call.service, call.tool);
      return leavesOf(call.arguments).every(
        ({ value }) => typeof value === 'number' || offered.proposes(value) || isFromTask(value),
      );
    },
    knowledge,
    toldByData: () => addresses,
  };

  return memory;

  /** Whether at least half of a value was said by the user or by data; a few words of the agent's own do no harm. */
  function isFromTask(value: string): boolean {
    const words = wordsOf(value)
      .trim()
      .split(' ', maxWords)
      .filter((word) => word.length >= 3);
    const isKnown = (word: string): boolean => {
      const origin = ledger.findPhrase(` ${word} `)?.origin;
      return origin === 'user' || origin === 'data';
    };
    return words.length <= 3 || words.filter(isKnown).length * 2 >= words.length;
  }

  function learnTool(service: string, definition: JsonValue): void {
    if (!isJsonObject(definition) || typeof definition['name'] !== 'string') return;
    const name = definition['name'].slice(0, 200);
    const key = `${service} ${name}`;
    names.add(name);
    read.clear();
    if (definitions.size < maxTools && withinBounds(definition, definitionBounds))
      definitions.set(key, definition);
    else definitions.delete(key);
    addTold(service, definition, `the definition of ${quote(name)} of ${service}`);
  }
}

/** A text of a result as the texts it holds: JSON by its values, anything else as it is. */
function partsOfText(text: string): readonly string[] {
  if (!/^\s*[[{]/.test(text) || text.length > maxJson) return [text];
  try {
    return textsIn(JSON.parse(text));
  } catch {
    return [text];
  }
}

/** What tells the user from others by no name: codes, numbers and passwords that the instruction does not hold. */
function secretsIn(privateContext: string, instruction: string): readonly PrivateFact[] {
  const named = wordsOf(instruction);
  const found = privateValues(privateContext.slice(0, 50_000))
    .map(({ value }) => value)
    .filter((value) => !value.includes('@') && compact(value).length >= 6 && !named.includes(wordsOf(value)));
  return [...new Set(found)].slice(0, 100).map((value) => ({ value, needles: needlesOf(value) }));
}
