import { codesOf } from '../characterCodes.ts';

/**
 * Reads plain ASCII texts letter by letter, several times as fast as by expressions. Most of what services send is
 * plain ASCII.
 */

/** Only ASCII takes as many bytes as characters, which is counted several times as fast as by expressions. */
export function isAscii(text: string): boolean {
  return Buffer.byteLength(text) === text.length;
}

const alphanumeric = 1;
/** Stands inside tokens, such as an address or a path, and not at their ends. */
const joint = 2;
/** The class of each character, and the small letter or digit that it is in words; a space between them. */
const classes = new Uint8Array(128);
const small = new Uint8Array(128).fill(0x20);
for (let code = 0; code < 128; code++) {
  const character = String.fromCharCode(code);
  if (/[A-Za-z0-9]/.test(character)) {
    classes[code] = alphanumeric;
    small[code] = character.toLowerCase().charCodeAt(0);
  } else if ('@._+/:#%=?&~-'.includes(character)) classes[code] = joint;
}

const space = 0x20;

/** Reused from text to text, as long as the longest so far. */
let scratch = Buffer.allocUnsafe(1 << 14);

/** Words in lower case, apart by one space, with a space at each end; two spaces for a text without any. */
export function asciiWords(text: string): string {
  if (scratch.length < text.length + 2) scratch = Buffer.allocUnsafe(text.length + 2);
  const letters = scratch;
  const codes = codesOf(text);
  letters[0] = space;
  let length = 1;
  let before = 0;
  for (let at = 0; at < codes.length; at++) {
    const code = codes[at] ?? 0;
    const counts = (classes[code] ?? 0) & alphanumeric;
    letters[length] = small[code] ?? space;
    // Without a branch, as the ends of words cannot be foreseen: a space behind another is written over.
    length += counts | before;
    before = counts;
  }
  if (length === 1 || before !== 0) letters[length++] = space;
  return letters.toString('latin1', 0, length);
}

/** What only names and numbers have: a digit, `@`, or the `:` of `://`. */
const mark = /[\d@:]/g;

/** Tokens of at least `shortest` characters that have a digit, `@` or `:` in them or right beside them. */
export function asciiMarkedTokens(text: string, shortest: number): string[] {
  const tokens: string[] = [];
  const classAt = (at: number): number => (at < text.length ? (classes[text.charCodeAt(at)] ?? 0) : 0);
  let behind = 0;
  mark.lastIndex = 0;
  for (let found = mark.exec(text); found !== null; found = mark.exec(text)) {
    // Marks are rare, so a token is looked for around each, and never behind where the last one ended.
    let start = found.index;
    while (start > behind && classAt(start - 1) !== 0) start--;
    while (classAt(start) === joint) start++;
    let end = Math.max(start, found.index);
    while (classAt(end) !== 0) end++;
    behind = end;
    mark.lastIndex = Math.max(start, end);
    while (end > start && classAt(end - 1) === joint) end--;
    if (end - start >= shortest) tokens.push(text.slice(start, end));
  }
  return tokens;
}
