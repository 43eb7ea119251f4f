/** Marks text as data so that the mark can be neither forged nor lost. */
export interface Marking {
  /** Puts the marker in the place of every space and before every other white space. */
  readonly mark: (text: string) => string;
  /** Marked text between the two delimiters. */
  readonly wrap: (text: string) => string;
  /** Undoes both, exactly; other text comes back with its markers undone. */
  readonly reveal: (text: string) => string;
  /** The delimiters, without the line breaks around them. */
  readonly delimiters: readonly [string, string];
}

const begin = '[begin of data from a service]';
const end = '[end of data from a service]';

/**
 * Datamarking with delimiters. Marked text holds a plain space only after a marker, where the two stand for a
 * marker of the text's own. So the delimiters, which hold plain spaces, cannot occur in it.
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
    delimiters: [begin, end],
  };
}
