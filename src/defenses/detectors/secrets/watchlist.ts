import { haystackOf, needlesOf, type SecretForm, type SecretNeedle } from '../../../contracts/secrets.ts';
import type { SensitiveValue } from './values.ts';

/** A value that is watched, and who knows it already. */
export interface Watched extends SensitiveValue {
  /** Services that have sent it; empty for what only the user has told. */
  readonly knownTo: Set<string>;
}

/** A watched value in a text, and the shape in which it stands there. */
export interface Sighting {
  readonly watched: Watched;
  readonly form: SecretForm;
}

/** Finds any of many values in a text, in time linear in the text. */
export interface Watchlist {
  /** @param source the service that has sent it; none for what the user has told */
  add(value: SensitiveValue, source: string | undefined): void;
  /** Each watched value that stands in `text`, once. */
  find(text: string): readonly Sighting[];
}

/** Values kept of one service: a service that sends more hides nothing of others. */
const mostPerSource = { credential: 500, personal: 500 };
/** Needles are told apart by their first letters; this many may begin alike. */
const prefixLength = 6;
const mostAlike = 64;

interface Entry {
  readonly needle: SecretNeedle;
  readonly watched: Watched;
}

export function createWatchlist(): Watchlist {
  const known = new Map<string, Watched>();
  const counts = new Map<string, number>();
  const indexes = { letters: createIndex(), sextets: createIndex() };

  return {
    add(value, source) {
      const key = keyOf(value.value);
      if (key.length < prefixLength) return;
      const before = known.get(key);
      if (before) {
        if (source !== undefined) before.knownTo.add(source);
        return;
      }
      const count = `${value.kind} ${source ?? ''}`;
      const sofar = counts.get(count) ?? 0;
      if (sofar >= mostPerSource[value.kind]) return;
      counts.set(count, sofar + 1);
      const watched = { ...value, knownTo: new Set(source === undefined ? [] : [source]) };
      known.set(key, watched);
      for (const needle of needlesOf(value.value)) indexes[needle.within].add({ needle, watched });
    },
    find(text) {
      if (known.size === 0) return [];
      const haystack = haystackOf(text.includes('%') ? `${text} ${percentDecoded(text)}` : text);
      const found = new Map<Watched, SecretForm>();
      for (const within of ['letters', 'sextets'] as const)
        for (const { watched, needle } of indexes[within].find(haystack[within]))
          if (!found.has(watched)) found.set(watched, needle.form);
      return [...found].map(([watched, form]) => ({ watched, form }));
    },
  };
}

function keyOf(value: string): string {
  return haystackOf(value).letters;
}

function percentDecoded(text: string): string {
  return text.replace(/(?:%[\da-f]{2})+/gi, (codes) =>
    Buffer.from(codes.replaceAll('%', ''), 'hex').toString(),
  );
}

/** Needles by their first letters; a bit for their first three tells most of a text from all of them. */
function createIndex(): { add(entry: Entry): void; find(text: string): Entry[] } {
  const byPrefix = new Map<string, Entry[]>();
  const mayBegin = new Uint8Array(1 << 15);
  const roll = (hash: number, code: number): number => ((hash << 5) ^ code) & 0x7fff;
  return {
    add(entry) {
      const prefix = entry.needle.text.slice(0, prefixLength);
      const alike = byPrefix.get(prefix) ?? [];
      if (alike.length < mostAlike) byPrefix.set(prefix, [...alike, entry]);
      let hash = 0;
      for (let at = 0; at < 3; at++) hash = roll(hash, prefix.charCodeAt(at));
      mayBegin[hash] = 1;
    },
    find(text) {
      const found = new Set<Entry>();
      let hash = 0;
      for (let at = 0; at < text.length; at++) {
        hash = roll(hash, text.charCodeAt(at));
        if (mayBegin[hash] === 0 || at < 2) continue;
        const from = at - 2;
        for (const entry of byPrefix.get(text.slice(from, from + prefixLength)) ?? [])
          if (text.startsWith(entry.needle.text, from)) found.add(entry);
      }
      return [...found];
    },
  };
}
