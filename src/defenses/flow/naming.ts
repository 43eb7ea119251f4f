import { createBeginnings } from '../beginnings.ts';
import { codesOf } from '../characterCodes.ts';
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
const longestName = 200;
/** A word as long as names are: of ASCII letters, digits, `_` and `-`. */
const nameAt = new RegExp(`[\\w-]{3,${longestName}}(?![\\w-])`, 'y');

export function createToolNames(): ToolNames {
  const names = new Set<string>();
  const beginnings = createBeginnings();
  const someName = (text: string, counts: (word: string, text: string, at: number) => boolean): boolean => {
    const plain = isAscii(text) ? text : text.normalize('NFKC').replace(/\p{Cf}/gu, '');
    const codes = codesOf(plain);
    return beginnings.some(codes, (at) => {
      if (!beginsWord(codes, at)) return false;
      nameAt.lastIndex = at;
      const [word] = nameAt.exec(plain) ?? [];
      return word !== undefined && names.has(word.toLowerCase()) && counts(word, plain, at);
    });
  };
  return {
    get size() {
      return names.size;
    },
    add(tool) {
      // Words begin with a letter, and so does what is looked for of a name.
      const name = tool.toLowerCase().replace(/^[\d_-]+/, '');
      if (name.length < 3 || tool.length > longestName || names.size >= maxNames) return;
      names.add(name);
      beginnings.add(name);
    },
    split(text) {
      // Most texts hold no name at all, and need not be taken apart.
      if (!someName(text, () => true)) return { data: text, address: '' };
      let at = 0;
      for (const paragraph of text.split(/(\n\s*\n)/)) {
        if (someName(paragraph, isName)) return { data: text.slice(0, at), address: text.slice(at) };
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

/** The letters with which words begin, and with what else they go on. */
const letter = 1;
const goesOn = 2;
const kinds = new Uint8Array(128);
for (let code = 0; code < 128; code++) {
  const character = String.fromCharCode(code);
  if (/[A-Za-z]/.test(character)) kinds[code] = letter;
  else if (/[\w-]/.test(character)) kinds[code] = goesOn;
}

/** Only letters may be first: what words go on with would begin one at every place of a run. */
function beginsWord(codes: Uint16Array, at: number): boolean {
  const kindAt = (place: number): number => kinds[codes[place] ?? 0] ?? 0;
  let before = at - 1;
  if (kindAt(at) !== letter) return false;
  while (before >= 0 && kindAt(before) === goesOn) before--;
  return before < 0 || kindAt(before) !== letter;
}
