import type { JsonObject, JsonValue } from '../../../contracts/json.ts';
import { isJsonObject } from '../../../contracts/json.ts';

const longestLiteral = 20_000;
const deepestLiteral = 20;

export type Literal = { readonly kind: 'value'; readonly value: JsonValue } | { readonly kind: 'none' };

/**
 * Reads a Python or JSON literal: dict, list, tuple, string, number, True, False, None. Nothing is evaluated, and
 * anything else, or a literal that is too long or too deep, is `none`. A tuple becomes a list, and
 * `re.compile(PATTERN)` an object with the pattern as its member `re.compile`.
 */
export function parsePython(text: string): Literal {
  if (text.length > longestLiteral) return { kind: 'none' };
  const reader: Reader = { text, at: 0 };
  try {
    const value = readValue(reader, 0);
    skipSpace(reader);
    return reader.at === text.length ? { kind: 'value', value } : { kind: 'none' };
  } catch (error) {
    if (error instanceof NoLiteral) return { kind: 'none' };
    throw error;
  }
}

class NoLiteral extends Error {}

interface Reader {
  readonly text: string;
  at: number;
}

const words: Readonly<Record<string, JsonValue>> = {
  True: true,
  true: true,
  False: false,
  false: false,
  None: null,
  null: null,
};

function readValue(reader: Reader, depth: number): JsonValue {
  if (depth > deepestLiteral) throw new NoLiteral();
  skipSpace(reader);
  const letter = reader.text.charAt(reader.at);
  if (letter === '{') return readDict(reader, depth);
  if (letter === '[') return readItems(reader, ']', depth);
  if (letter === '(') return readItems(reader, ')', depth);
  if (letter === "'" || letter === '"') return readString(reader);
  return readWord(reader);
}

function readItems(reader: Reader, close: string, depth: number): JsonValue[] {
  const items: JsonValue[] = [];
  reader.at++;
  while (!takes(reader, close)) {
    items.push(readValue(reader, depth + 1));
    if (takes(reader, ',')) continue;
    expect(reader, close);
    break;
  }
  return items;
}

function readDict(reader: Reader, depth: number): JsonObject {
  const members: (readonly [string, JsonValue])[] = [];
  reader.at++;
  while (!takes(reader, '}')) {
    const key = readValue(reader, depth + 1);
    expect(reader, ':');
    members.push([textOfKey(key), readValue(reader, depth + 1)]);
    if (takes(reader, ',')) continue;
    expect(reader, '}');
    break;
  }
  return Object.fromEntries(members);
}

function textOfKey(key: JsonValue): string {
  return typeof key === 'string' ? key : JSON.stringify(key);
}

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
  '0': '\0',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '/': '/',
};

function readString(reader: Reader): string {
  const quote = reader.text.charAt(reader.at++);
  let value = '';
  while (reader.at < reader.text.length) {
    const letter = reader.text.charAt(reader.at++);
    if (letter === quote) return value;
    value += letter === '\\' ? readEscape(reader) : letter;
  }
  throw new NoLiteral();
}

function readEscape(reader: Reader): string {
  const letter = reader.text.charAt(reader.at++);
  const digits = letter === 'u' ? 4 : letter === 'x' ? 2 : 0;
  // An escape that Python does not know stays as it is written.
  if (digits === 0) return escapes[letter] ?? `\\${letter}`;
  const code = reader.text.slice(reader.at, reader.at + digits);
  if (code.length !== digits || !/^[0-9a-fA-F]+$/.test(code)) throw new NoLiteral();
  reader.at += digits;
  return String.fromCharCode(Number.parseInt(code, 16));
}

function readWord(reader: Reader): JsonValue {
  const start = reader.at;
  while (reader.at < reader.text.length && /[\w.+-]/.test(reader.text.charAt(reader.at))) reader.at++;
  const word = reader.text.slice(start, reader.at);
  if (word === 'r' || word === 'R') return readRaw(reader);
  if (word === 're.compile') return readExpression(reader);
  if (Object.hasOwn(words, word)) return words[word] ?? null;
  if (!/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(word)) throw new NoLiteral();
  const value = Number(word);
  if (!Number.isFinite(value)) throw new NoLiteral();
  return value;
}

/** A text whose escapes stand for themselves. */
function readRaw(reader: Reader): string {
  const quote = reader.text.charAt(reader.at++);
  const start = reader.at;
  if (quote !== "'" && quote !== '"') throw new NoLiteral();
  while (reader.at < reader.text.length) {
    const letter = reader.text.charAt(reader.at++);
    if (letter === quote) return reader.text.slice(start, reader.at - 1);
    if (letter === '\\') reader.at++;
  }
  throw new NoLiteral();
}

function readExpression(reader: Reader): JsonObject {
  expect(reader, '(');
  const pattern = readValue(reader, deepestLiteral);
  if (typeof pattern !== 'string') throw new NoLiteral();
  expect(reader, ')');
  return { 're.compile': pattern };
}

function skipSpace(reader: Reader): void {
  while (reader.at < reader.text.length && /\s/.test(reader.text.charAt(reader.at))) reader.at++;
}

function takes(reader: Reader, letter: string): boolean {
  skipSpace(reader);
  if (reader.text.charAt(reader.at) !== letter) return false;
  reader.at++;
  return true;
}

function expect(reader: Reader, letter: string): void {
  if (!takes(reader, letter)) throw new NoLiteral();
}

/**
 * What Python's `str()` prints for a value. `floats` names the members whose numbers are floats in the original
 * and so always have a point; the empty name stands for the value itself.
 */
export function pythonText(value: JsonValue, floats: ReadonlySet<string>): string {
  return typeof value === 'string' ? value : repr(value, '', floats);
}

function repr(value: JsonValue | undefined, name: string, floats: ReadonlySet<string>): string {
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return numberText(value, floats.has(name));
  if (typeof value === 'string') return quoted(value);
  if (!isJsonObject(value)) return `[${value.map((item) => repr(item, name, floats)).join(', ')}]`;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return `{${members.map(([key, member]) => `${quoted(key)}: ${repr(member, key, floats)}`).join(', ')}}`;
}

function numberText(value: number, isFloat: boolean): string {
  if (isFloat && Number.isInteger(value)) return value.toFixed(1);
  return String(value).replace(/e([+-])(\d)$/, 'e$10$2');
}

function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const body = text
    .replaceAll('\\', '\\\\')
    .replaceAll(quote, `\\${quote}`)
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t');
  return `${quote}${body}${quote}`;
}
