/** A run of letters, a run of digits, one symbol (or a run of the same), or a run of characters of a far-off script. */
export interface Token {
  readonly from: number;
  readonly to: number;
  /** What its characters look like, as a small number: capitals, digits, scripts. */
  readonly shape: number;
}

type CharacterClass = 'space' | 'letter' | 'digit' | 'symbol';

/** Longer runs are several tokens, so that a token costs a bounded time. */
const longestWord = 16;
/** Scripts without spaces between words begin about here; their runs are cut to the length of a word. */
const firstIdeograph = 0x2e80;
const longestIdeographs = 2;
const letterOrMark = /[\p{L}\p{M}]/u;

/** The tokens of `text`, one after the other, in time linear in its length. */
export function* tokensOf(text: string): Generator<Token> {
  let from = 0;
  while (from < text.length) {
    const first = text.charCodeAt(from);
    const kind = classOf(first);
    if (kind === 'space') {
      from++;
      continue;
    }
    const most = first >= firstIdeograph && kind === 'letter' ? longestIdeographs : longestWord;
    let to = from + 1;
    let shape = shapeOf(first, kind);
    while (to < text.length && to - from < most && belongs(text.charCodeAt(to), first, kind)) {
      shape |= shapeOf(text.charCodeAt(to), kind) << (to - from === 1 ? 8 : 16);
      to++;
    }
    yield { from, to, shape };
    from = to;
  }
}

function belongs(code: number, first: number, kind: CharacterClass): boolean {
  if (kind === 'symbol') return code === first;
  return classOf(code) === kind && code >= firstIdeograph === first >= firstIdeograph;
}

/** Where letters come from and whether they are capitals; the block of a symbol that is not ASCII. */
function shapeOf(code: number, kind: CharacterClass): number {
  if (code >= 0x80) return 0x80 | ((code >> 7) & 0x7f);
  if (kind === 'digit') return 4;
  if (kind === 'symbol') return 8;
  return code >= 0x61 ? 1 : 2;
}

/** 0: not known yet. The classes of characters beyond ASCII, looked up once each. */
const known = new Uint8Array(0x10000);

function classOf(code: number): CharacterClass {
  if (code <= 0x20 || code === 0xa0) return 'space';
  if (code < 0x80) {
    if (code >= 0x30 && code <= 0x39) return 'digit';
    const folded = code | 0x20;
    return folded >= 0x61 && folded <= 0x7a ? 'letter' : 'symbol';
  }
  if (known[code] === 0) known[code] = letterOrMark.test(String.fromCharCode(code)) ? 1 : 2;
  return known[code] === 1 ? 'letter' : 'symbol';
}
