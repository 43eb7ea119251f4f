/**
 * Reads plain ASCII texts letter by letter, several times as fast as by expressions. Most of what services send is
 * plain ASCII.
 */

const ascii = /^[^\u0080-\uffff]*$/;

export function isAscii(text: string): boolean {
  return ascii.test(text);
}

const alphanumeric = 1;
/** Stands inside tokens, such as an address or a path, and not at their ends. */
const joint = 2;
/** What only names and numbers have: a digit, `@`, or the `:` of `://`. */
const mark = 4;

/** The class of each character, and the small letter or digit that it is in words; a space between them. */
const classes = new Uint8Array(128);
const small = new Uint8Array(128).fill(0x20);
for (let code = 0; code < 128; code++) {
  const character = String.fromCharCode(code);
  if (/[A-Za-z0-9]/.test(character)) {
    classes[code] = /\d/.test(character) ? alphanumeric | mark : alphanumeric;
    small[code] = character.toLowerCase().charCodeAt(0);
  } else if ('@._+/:#%=?&~-'.includes(character))
    classes[code] = '@:'.includes(character) ? joint | mark : joint;
}

const space = 0x20;

/** Words in lower case, apart by one space, with a space at each end; two spaces for a text without any. */
export function asciiWords(text: string): string {
  const letters = Buffer.allocUnsafe(text.length + 2);
  letters[0] = space;
  let length = 1;
  for (let at = 0; at < text.length; at++) {
    const code = small[text.charCodeAt(at)] ?? space;
    if (code === space && letters[length - 1] === space) continue;
    letters[length++] = code;
  }
  if (length === 1 || letters[length - 1] !== space) letters[length++] = space;
  return letters.toString('latin1', 0, length);
}

/** Tokens of at least `shortest` characters that have a digit, `@` or `:` in them. */
export function asciiMarkedTokens(text: string, shortest: number): string[] {
  const tokens: string[] = [];
  let start = -1;
  /** After the last letter or digit of the token. */
  let end = 0;
  let marked = false;
  for (let at = 0; at < text.length; at++) {
    const kind = classes[text.charCodeAt(at)] ?? 0;
    if ((kind & alphanumeric) !== 0) {
      if (start < 0) start = at;
      end = at + 1;
    } else if (kind === 0 && start >= 0) {
      if (marked && end - start >= shortest) tokens.push(text.slice(start, end));
      start = -1;
      marked = false;
    }
    if (start >= 0 && (kind & mark) !== 0) marked = true;
  }
  if (start >= 0 && marked && end - start >= shortest) tokens.push(text.slice(start, end));
  return tokens;
}
