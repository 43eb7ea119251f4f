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
  const names1 = (word: string, text: string, at: number): boolean => {
    if (!names.has(word.toLowerCase())) return false;
    // A name like `read_mail` is no word of a language; one like `search` is.
    if (/[_-]|[a-z][A-Z]/.test(word)) return true;
    const around = text.slice(Math.max(0, at - 12), at + word.length + 8);
    return /\btools?\b/i.test(around) || text[at + word.length] === '(';
  };
  const isAddress = (paragraph: string): boolean => {
    const plain = paragraph.normalize('NFKC').replace(/\p{Cf}/gu, '');
    for (const { 0: word, index } of plain.matchAll(/[A-Za-z][\w-]*/g))
      if (names1(word, plain, index)) return true;
    return false;
  };
  return {
    get size() {
      return names.size;
    },
    add(tool) {
      if (tool.length >= 3 && tool.length <= 200 && names.size < maxNames) names.add(tool.toLowerCase());
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
