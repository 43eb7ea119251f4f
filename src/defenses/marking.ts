import { createHash } from 'node:crypto';

/** Marks text as data so that the mark can be neither forged nor lost. */
export interface Marking {
  /** A value inside structured data. */
  mark(text: string): string;
  /** A whole text. */
  wrap(text: string): string;
  /** Undoes both, exactly; other text comes back with its markers undone. */
  reveal(text: string): string;
}

const begin = '[begin of data from a service]';
const end = '[end of data from a service]';

/** The lines between which marked text stands, where they are always the same. */
export const fixedDelimiters: readonly [string, string] = [begin, end];

/**
 * Datamarking with delimiters: the marker stands in the place of every space and before every other white space.
 * Marked text holds a plain space only after a marker, where the two stand for a marker of the text's own. So the
 * delimiters, which hold plain spaces, cannot occur in it.
 * @param marker one UTF-16 unit, no white space, no letter or digit of ASCII
 */
export function createMarking(marker: string): Marking {
  const open = `${begin}\n`;
  const close = `\n${end}`;
  const marked = new RegExp(`\\u${marker.charCodeAt(0).toString(16).padStart(4, '0')}(\\s?)`, 'g');
  const markSpaces = (text: string): string =>
    text.replaceAll(' ', marker).replace(/\s/g, (space) => marker + space);
  const mark = (text: string): string => text.split(marker).map(markSpaces).join(`${marker} `);
  const unmark = (text: string): string =>
    text.replace(marked, (_, space: string) => (space === '' ? ' ' : space === ' ' ? marker : space));
  return {
    mark,
    wrap: (text) => open + mark(text) + close,
    reveal: (text) =>
      text
        .split(open)
        .flatMap((part) => part.split(close).map(unmark))
        .join(''),
  };
}

/** Letters of the key in a pair of delimiters: 128 bits, since a shorter key could be met by trying texts. */
const keyLength = 32;
/** Opening delimiters without a closing one that are looked at; each takes a walk through the rest. */
const maxUnclosed = 20;

/**
 * Delimiters around a text that is left as it is. They carry a key made from the text itself, so a text cannot hold
 * its own closing delimiter.
 * @param what names what stands between them: `data from a service`
 */
export function createDelimiting(what: string): Marking {
  const opening = (key: string): string => `[begin of ${what}, key ${key}]\n`;
  const closing = (key: string): string => `\n[end of ${what}, key ${key}]`;
  const anyOpening = new RegExp(
    opening('(K)').replace(/[[\]]/g, '\\$&').replace('K', `[0-9a-f]{${keyLength}}`),
    'g',
  );
  const keyOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, keyLength);
  return {
    mark: (text) => text,
    wrap(text) {
      const key = keyOf(text);
      return opening(key) + text + closing(key);
    },
    reveal(text) {
      let plain = '';
      let from = 0;
      let unclosed = 0;
      for (const match of text.matchAll(anyOpening)) {
        const start = match.index + match[0].length;
        if (match.index < from || unclosed > maxUnclosed) continue;
        const key = match[1] ?? '';
        const stop = text.indexOf(closing(key), start);
        if (stop < 0) {
          unclosed++;
          continue;
        }
        plain += text.slice(from, match.index) + text.slice(start, stop);
        from = stop + closing(key).length;
      }
      return plain + text.slice(from);
    },
  };
}

const prefix = 'base64:';
const letters = '[A-Za-z0-9+/]*={0,2}';
const encoded = new RegExp(
  `${[begin, end].map((line) => line.replace(/[[\]]/g, '\\$&')).join(`\n${prefix}(${letters})\n`)}|${prefix}(${letters})`,
  'g',
);

/**
 * Base64 (of UTF-8) with a prefix, whole texts between delimiters. Single words of structured data stay as they are,
 * unless they look encoded.
 */
export function createEncoding(): Marking {
  const encode = (text: string): string => prefix + Buffer.from(text).toString('base64');
  return {
    mark: (text) => (/\s/.test(text) || text.includes(prefix) ? encode(text) : text),
    wrap: (text) => `${begin}\n${encode(text)}\n${end}`,
    reveal: (text) =>
      text.replace(encoded, (_, whole: string | undefined, word: string | undefined) =>
        Buffer.from(whole ?? word ?? '', 'base64').toString('utf8'),
      ),
  };
}
