/** Classes of characters. Letters of scripts without spaces between words are a class of their own. */
export const space = 1;
const letter = 2;
export const ideograph = 3;
const digit = 4;
export const symbol = 5;

/** Scripts without spaces between words begin about here. */
const firstIdeograph = 0x2e80;

/** All that is known of each character in one number, found out on first sight; 0 before. */
const facts = new Uint32Array(0x10000);

export function factsOf(code: number): number {
  const known = facts[code] ?? 0;
  return known === 0 ? learn(code) : known;
}

export function classIn(fact: number): number {
  return fact & 0x7;
}

/** What the character looks like. */
export function shapeIn(fact: number): number {
  return (fact >>> 8) & 0xff;
}

/** Its lower case, where that is one character too. */
export function smallIn(fact: number): number {
  return fact >>> 16;
}

function learn(code: number): number {
  const character = String.fromCharCode(code);
  const lower = character.toLowerCase();
  const small = lower.length === 1 ? lower.charCodeAt(0) : code;
  const fact = (classOf(character, code) | (shapeOf(character, code) << 8) | (small << 16)) >>> 0;
  facts[code] = fact;
  return fact;
}

function classOf(character: string, code: number): number {
  if (code <= 0x20 || code === 0xa0) return space;
  if (/[0-9]/.test(character)) return digit;
  if (code < 0x80 ? !/[A-Za-z]/.test(character) : !/[\p{L}\p{M}]/u.test(character)) return symbol;
  return code >= firstIdeograph ? ideograph : letter;
}

/** Where letters come from and whether they are capitals; the block of a symbol that is not ASCII. */
function shapeOf(character: string, code: number): number {
  if (code >= 0x80) return 0x80 | ((code >> 7) & 0x7f);
  if (/[0-9]/.test(character)) return 4;
  if (/[^A-Za-z]/.test(character)) return 8;
  return code >= 0x61 ? 1 : 2;
}
