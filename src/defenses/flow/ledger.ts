import {
  compact,
  identifierOf,
  maxText,
  numbersIn,
  partsOf,
  passagesOf,
  tokensIn,
  wordsOf,
} from './values.ts';

/** Where values come from. `told`: by text that is addressed to the agent, a definition or a question. */
export type Origin = 'user' | 'data' | 'told';

/** Where a value was first seen. */
export interface Sighting {
  readonly origin: Origin;
  /** In words, for a verdict. */
  readonly where: string;
  /** The service that said it; absent for the user. */
  readonly service?: string;
}

/** What has been seen in one episode, and where it came from. Bounded in memory: what exceeds it counts as unseen. */
export interface Ledger {
  add(text: string, from: Sighting): void;
  /** The best origin of an identifier or number; undefined when nobody has said it. */
  findToken(token: string): Sighting | undefined;
  findNumber(value: number): Sighting | undefined;
  /** The best origin of a phrase, as words. */
  findPhrase(words: string): Sighting | undefined;
  /** A passage of five words that was told to the agent and stands in nothing else. */
  findTold(words: string): { readonly passage: string; readonly from: Sighting } | undefined;
  /** Whether a service has shown this identifier. */
  knows(service: string, token: string): boolean;
}

const maxTokens = 100_000;
const maxPhrases = 1_000_000;
const maxPassages = 50_000;
/** Passages of one text that are looked for elsewhere. */
const maxChecks = 50;

interface Passage {
  readonly words: string;
  readonly from: Sighting;
}

const rank: Readonly<Record<Origin, number>> = { user: 3, data: 2, told: 1 };

export function createLedger(): Ledger {
  /** By identifier, as it is known, and by number. */
  const tokens = new Map<string | number, Sighting>();
  const shown = new Map<string, Set<string>>();
  const passages = new Map<string, Sighting>();
  const texts: Readonly<Record<Origin, Passage[]>> = { user: [], data: [], told: [] };
  const room: Record<Origin, number> = { user: maxPhrases, data: maxPhrases, told: maxPhrases };
  const seen = createSeen();
  const find = (origin: Origin, words: string): Sighting | undefined =>
    texts[origin].find((each) => each.words.includes(words))?.from;

  const note = (key: string | number, from: Sighting): void => {
    const known = tokens.get(key);
    if (known ? rank[known.origin] >= rank[from.origin] : tokens.size >= maxTokens) return;
    tokens.set(key, from);
  };
  const show = (service: string, key: string): void => {
    const set = shown.get(service) ?? new Set();
    if (shown.size < 1000 && set.size < maxTokens) shown.set(service, set.add(key));
  };

  return {
    add(text, from) {
      if (seen.has(`${from.origin} ${from.service ?? ''}`, text.slice(0, maxText))) return;
      for (const token of tokensIn(text))
        for (const each of [token, ...partsOf(token)]) {
          const key = identifierOf(each);
          if (key === undefined) continue;
          note(key, from);
          if (from.service !== undefined) show(from.service, key);
        }
      for (const number of numbersIn(text)) note(number, from);
      const words = wordsOf(text);
      if (words.trim() !== '' && words.length <= room[from.origin]) {
        room[from.origin] -= words.length;
        texts[from.origin].push({ words, from });
      }
      if (from.origin === 'told')
        for (const passage of passagesOf(words))
          if (passages.size < maxPassages && !passages.has(passage)) passages.set(passage, from);
    },
    findToken: (token) => tokens.get(compact(token)),
    findNumber: (value) => tokens.get(value),
    findPhrase(words) {
      if (words.trim() === '' || words.length > maxText) return undefined;
      return find('user', words) ?? find('data', words) ?? find('told', words);
    },
    findTold(words) {
      const told = passagesOf(words).filter((passage) => passages.has(passage));
      const passage = told
        .slice(0, maxChecks)
        .find((each) => !find('user', ` ${each} `) && !find('data', ` ${each} `));
      const from = passage === undefined ? undefined : passages.get(passage);
      return passage === undefined || !from ? undefined : { passage, from };
    },
    knows: (service, token) => shown.get(service)?.has(compact(token)) ?? false,
  };
}

/** Texts with the same ends and length that are told apart; more are taken for unseen. */
const maxLookAlikes = 8;
const endLength = 100;

/** Texts that have been seen, to know them again. */
function createSeen(): { has(source: string, text: string): boolean } {
  // By their ends and length: as keys, long texts would be hashed whole.
  const texts = new Map<string, string[]>();
  let room = maxPhrases;
  return {
    /** Whether the source has said the text; from now on it has. */
    has(source, text) {
      const key = `${source} ${text.length} ${text.slice(0, endLength)} ${text.slice(-endLength)}`;
      const alike = texts.get(key) ?? [];
      if (alike.includes(text)) return true;
      const size = source.length + 1 + text.length;
      if (room >= size && alike.length < maxLookAlikes) texts.set(key, [...alike, text]);
      room -= Math.min(room, size);
      return false;
    },
  };
}
