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
  /** First letters and lengths that names have; most words of a text have others. */
  const shapes = new Uint8Array(128 * 256);
  const isAddress = (paragraph: string): boolean => {
    const plain = isAscii(paragraph) ? paragraph : paragraph.normalize('NFKC').replace(/\p{Cf}/gu, '');
    return someWord(plain, (from, to) => {
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
      if (tool.length < 3 || tool.length > 200 || names.size >= maxNames) return;
      const name = tool.toLowerCase();
      names.add(name);
      shapes[shapeOf(name.charCodeAt(0), name.length)] = 1;
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

/** 1: a letter, with which words begin. 2: what they go on with. */
const kinds = new Uint8Array(128);
for (let code = 0; code < 128; code++) {
  const character = String.fromCharCode(code);
  if (/[A-Za-z]/.test(character)) kinds[code] = 1;
  else if (/[\w-]/.test(character)) kinds[code] = 2;
}

/** Whether `visit` says yes to some word of ASCII letters, digits, `_` and `-`, given where it begins and ends. */
function someWord(text: string, visit: (from: number, to: number) => boolean): boolean {
  let start = -1;
  for (let at = 0; at < text.length; at++) {
    const kind = kinds[text.charCodeAt(at)] ?? 0;
    if (start < 0) {
      if (kind === 1) start = at;
    } else if (kind === 0) {
      if (visit(start, at)) return true;
      start = -1;
    }
  }
  return start >= 0 && visit(start, text.length);
}
