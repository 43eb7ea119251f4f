import { isAscii } from './ascii.ts';

/** The names of all tools that services offer, and texts that speak to the agent by naming them. */
export interface ToolNames {
  add(tool: string): void;
  readonly size: number;
  /**
   * Splits a text in what is data and what is addressed to the agent: from the paragraph that names a tool on. People
   * who write mails, notes and pages do not know the names of an agent's tools.
   */
  split(text: string): { readonly data: string; readonly address: string };
}

/** Tools whose names are remembered. */
const maxNames = 5000;

export function createToolNames(): ToolNames {
  const names = new Set<string>();
  /** First letters, and those with lengths, that names have; most words of a text have others. */
  const firsts = new Uint8Array(128);
  const shapes = new Uint8Array(128 * 256);
  const isAddress = (paragraph: string): boolean => {
    const plain = isAscii(paragraph) ? paragraph : paragraph.normalize('NFKC').replace(/\p{Cf}/gu, '');
    return someWord(plain, firsts, (from, to) => {
      if (shapes[shapeOf(plain.charCodeAt(from), to - from)] !== 1) return false;
      const word = plain.slice(from, to);
      return names.has(word.toLowerCase()) && isName(word, plain, from);
    });
  };
  return {
    get size() {
      return names.size;
    },
    add(tool) {
      // Words begin with a letter, and so does what is looked for of a name.
      const name = tool.toLowerCase().replace(/^[\d_-]+/, '');
      if (name.length < 3 || tool.length > 200 || names.size >= maxNames) return;
      names.add(name);
      const first = name.charCodeAt(0);
      firsts[first] = 1;
      firsts[name.toUpperCase().charCodeAt(0)] = 1;
      shapes[shapeOf(first, name.length)] = 1;
    },
    split(text) {
      let at = 0;
      for (const paragraph of text.split(/(\n\s*\n)/)) {
        if (isAddress(paragraph)) return { data: text.slice(0, at), address: text.slice(at) };
        at += paragraph.length;
      }
      return { data: text, address: '' };
    },
  };
}

/** A name like `read_mail` is no word of a language; one like `search` is, so it must be called a tool. */
function isName(word: string, text: string, at: number): boolean {
  if (/[_-]|[a-z][A-Z]/.test(word)) return true;
  const around = text.slice(Math.max(0, at - 12), at + word.length + 8);
  return /\btools?\b/i.test(around) || text[at + word.length] === '(';
}

function shapeOf(first: number, length: number): number {
  return (first | 0x20) * 256 + length;
}

/** With which words begin and go on, and with which they only go on. */
const begins = 1;
const goesOn = 2;
const kinds = new Uint8Array(128);
for (let code = 0; code < 128; code++) {
  const character = String.fromCharCode(code);
  if (/[A-Za-z]/.test(character)) kinds[code] = begins | goesOn;
  else if (/[\w-]/.test(character)) kinds[code] = goesOn;
}

/**
 * Whether `visit` says yes to some word of ASCII letters, digits, `_` and `-` with one of the first letters, given
 * where it begins and ends. Only letters may be first: what words go on with would begin one at every place of a run.
 */
function someWord(text: string, firsts: Uint8Array, visit: (from: number, to: number) => boolean): boolean {
  /** 1 inside a word; kept without a branch, as the ends of words cannot be foreseen. */
  let inside = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if ((firsts[code] ?? 0) > inside && visit(at, endOfWord(text, at))) return true;
    const kind = kinds[code] ?? 0;
    inside = ((kind >> 1) & inside) | (kind & begins);
  }
  return false;
}

function endOfWord(text: string, from: number): number {
  let to = from;
  while (to < text.length && ((kinds[text.charCodeAt(to)] ?? 0) & goesOn) !== 0) to++;
  return to;
}
