import { isMedia } from '../detectors/hiddenText/index.ts';
import { type TextPlace, visitTexts } from '../texts.ts';

/** A part of a text that is judged on its own. */
export interface Piece {
  readonly from: number;
  readonly text: string;
}

/** Characters that neighboring pieces share, so that a sentence at the seam is whole in one of them. */
const overlap = 200;

/** `text` in pieces of at most `length` characters. */
export function piecesOf(text: string, length: number): readonly Piece[] {
  const pieces: Piece[] = [];
  for (let from = 0; from === 0 || from + overlap < text.length; from += length - overlap)
    pieces.push({ from, text: text.slice(from, from + length) });
  return pieces;
}

/** Words from which on a text can ask for something. */
const fewestWords = 3;
/** Letters in a row that may be a sentence in a script without spaces, and characters that nobody sees. */
const mayHide = /\p{Lo}{6}|\p{Cf}/u;
/** Characters in which they are looked for; what is longer is taken to speak. */
const lookedAt = 4000;

/** Whether a string can say anything to a reader: names, codes, numbers and bytes cannot. */
export function speaks(text: string, place: TextPlace): boolean {
  if (isMedia(text, place)) return false;
  if (text.length > lookedAt || mayHide.test(text)) return true;
  let words = 0;
  for (const _ of text.matchAll(/\p{L}{2,}/gu)) if (++words >= fewestWords) return true;
  return false;
}

/** The different texts in `body`, its members' names among them, that can say something. */
export function speakingTexts(body: unknown): readonly string[] {
  const found = new Set<string>();
  visitTexts(
    body,
    (text, _, place) => {
      if (speaks(text, place)) found.add(text);
    },
    { names: true },
  );
  return [...found];
}
