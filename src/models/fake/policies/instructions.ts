import { isJsonObject, type JsonObject, type JsonValue } from '../../../contracts/json.ts';
import type { FakeTool } from '../turn.ts';
import { minimalValue } from './minimalArguments.ts';

/** A call that a text asks for. */
export interface Instruction {
  readonly tool: string;
  readonly arguments: JsonObject;
  /** Names of the arguments that hold what was seen. */
  readonly fromSeen: readonly string[];
}

const longestText = 20_000;
/** Names of tools in a text, and parameters of a tool, that are looked at. */
const mostMentions = 32;
const mostParameters = 20;
/** How far from a tool's name its arguments may stand. */
const reach = 600;
const separators = ['__', '_', '.', '/', '-'];
/** Words for the text that was read before. */
const whatItSays = 'what it says';

/**
 * Instructions in a text, by three patterns: a tool's name before a JSON object, the words `tool NAME` before one,
 * and `tool NAME` with values named after its parameters (`title "Milk"`, `"Milk" as the title`), after or before it.
 * After the word `tool` names match without the prefix of a service too. `seen` takes the place of `what it says`;
 * an instruction that needs it is none while nothing was seen.
 */
export function instructionsIn(
  text: string,
  tools: readonly FakeTool[],
  seen: string,
): readonly Instruction[] {
  const read = text.slice(0, longestText);
  const mentions = mentionsIn(read, tools);
  return mentions.flatMap(({ tool, start, end, called }, place) => {
    const before = read.slice(Math.max(mentions[place - 1]?.end ?? 0, start - reach), start);
    const after = read.slice(end, Math.min(mentions[place + 1]?.start ?? read.length, end + reach));
    const json = jsonIn(read.slice(end, end + reach), called ? 80 : 2);
    const given = json ?? (called ? namedValues(tool, before, after) : undefined);
    return given ? instruction(tool, given, seen) : [];
  });
}

interface Mention {
  readonly tool: FakeTool;
  readonly start: number;
  readonly end: number;
  /** The word `tool` stands before it. */
  readonly called: boolean;
}

function mentionsIn(text: string, tools: readonly FakeTool[]): readonly Mention[] {
  const exact = new Map(tools.map((tool) => [tool.name, tool]));
  const short = new Map(tools.flatMap((tool) => shortNames(tool.name).map((name) => [name, tool])));
  const mentions: Mention[] = [];
  let last = '';
  for (const { 0: word, index } of text.matchAll(/[A-Za-z0-9_./-]+/g)) {
    const name = withoutStops(word);
    const called = last === 'tool';
    last = word.toLowerCase();
    const tool = exact.get(name) ?? (called ? short.get(name) : undefined);
    if (tool) mentions.push({ tool, start: index, end: index + name.length, called });
    if (mentions.length === mostMentions) break;
  }
  return mentions;
}

/** A word without the stops and dashes at its end. */
function withoutStops(word: string): string {
  let end = word.length;
  while (end > 0 && './-'.includes(word.charAt(end - 1))) end--;
  return word.slice(0, end);
}

function shortNames(name: string): readonly string[] {
  return separators.flatMap((separator) => {
    const start = name.indexOf(separator);
    return start > 0 ? [name.slice(start + separator.length)] : [];
  });
}

/** The JSON object that begins within the first `distance` characters. */
function jsonIn(text: string, distance: number): JsonObject | undefined {
  const start = text.indexOf('{');
  if (start < 0 || start > distance) return undefined;
  const end = closingBrace(text, start);
  try {
    const value: unknown = JSON.parse(text.slice(start, end + 1));
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function closingBrace(text: string, start: number): number {
  let depth = 0;
  let quoted = false;
  for (let place = start; place < text.length; place++) {
    const character = text[place];
    if (character === '\\') place++;
    else if (character === '"') quoted = !quoted;
    else if (!quoted && character === '{') depth++;
    else if (!quoted && character === '}' && --depth === 0) return place;
  }
  return -1;
}

/** Values that the words around a tool's name give to its parameters; undefined when they give none it needs. */
function namedValues(tool: FakeTool, before: string, after: string): JsonObject | undefined {
  const parameters = Object.entries(propertiesOf(tool)).slice(0, mostParameters);
  const found = parameters.flatMap(([name, schema]) => {
    const value = valueAfter(after, name) ?? valueBefore(after, name) ?? valueAfter(before, name);
    return value === undefined ? [] : [[name, typed(value, schema)] as const];
  });
  return found.length > 0 || requiredOf(tool).length === 0 ? Object.fromEntries(found) : undefined;
}

/** `NAME "value"`, `NAME value`, `NAME: value` */
function valueAfter(text: string, name: string): string | undefined {
  const end = wordEnd(text, name.replaceAll('_', ' ')) ?? wordEnd(text, name);
  if (end === undefined) return undefined;
  const rest = text.slice(end).replace(/^[\s:=]+/, '');
  if (rest.startsWith('"')) return quotedAt(rest);
  const [word = ''] = rest.split(/[\s,;!?]/, 1);
  return word.replace(/[.]$/, '') || undefined;
}

/** `value as the NAME`, with all that stands since `with` as its value. */
function valueBefore(text: string, name: string): string | undefined {
  const end = text.indexOf(` as the ${name.replaceAll('_', ' ')}`);
  if (end < 0) return undefined;
  const said = text.slice(Math.max(text.lastIndexOf('with ', end), 0), end).replace(/^with /, '');
  return said.startsWith('"') ? quotedAt(said) : said.trim();
}

function wordEnd(text: string, name: string): number | undefined {
  const padded = ` ${text.toLowerCase()}`;
  const start = padded.indexOf(` ${name.toLowerCase()}`);
  const end = start + name.length;
  return start >= 0 && /^[\s:=]/.test(text.slice(end)) ? end : undefined;
}

function quotedAt(text: string): string {
  const end = text.indexOf('"', 1);
  return text.slice(1, end < 0 ? undefined : end);
}

function typed(value: string, schema: JsonValue | undefined): JsonValue {
  const type = isJsonObject(schema) ? schema['type'] : undefined;
  if ((type === 'number' || type === 'integer') && Number.isFinite(Number(value))) return Number(value);
  return type === 'boolean' ? value === 'true' : value;
}

/** Required arguments that a text leaves open get the least value. */
function instruction(tool: FakeTool, given: JsonObject, seen: string): readonly Instruction[] {
  const properties = propertiesOf(tool);
  const fromSeen = Object.keys(given).filter((name) => saysSeen(given[name]));
  if (fromSeen.length > 0 && seen === '') return [];
  const open = requiredOf(tool).filter((name) => !Object.hasOwn(given, name));
  const filled: JsonObject = Object.fromEntries([
    ...Object.entries(given),
    ...open.map((name) => [name, minimalValue(properties[name] ?? {})] as const),
    ...fromSeen.map((name) => [name, seen] as const),
  ]);
  return [{ tool: tool.name, arguments: filled, fromSeen }];
}

function saysSeen(value: JsonValue | undefined): boolean {
  return typeof value === 'string' && value.includes(whatItSays);
}

function propertiesOf({ inputSchema }: FakeTool): JsonObject {
  return isJsonObject(inputSchema['properties']) ? inputSchema['properties'] : {};
}

function requiredOf({ inputSchema }: FakeTool): readonly string[] {
  const { required } = inputSchema;
  return Array.isArray(required) ? required.filter((name) => typeof name === 'string') : [];
}
