/** Lines of a payload that are shorter do not tell it from other text. */
const shortestLine = 20;
/** Pieces of a payload that are looked for. */
const maxNeedles = 40;

/** A part of a text; `marked` where it is payload. */
export interface Piece {
  readonly text: string;
  readonly marked: boolean;
}

/** A text from outside, cut where payload stands in it: whole, as JSON, or line by line. */
export function markPayload(text: string, payloads: readonly string[]): Piece[] {
  let pieces: Piece[] = [{ text, marked: false }];
  for (const needle of needlesOf(payloads))
    pieces = pieces.flatMap((piece) => (piece.marked ? [piece] : splitAll(piece.text, needle)));
  return pieces;
}

/** Tells whether a text holds payload as `markPayload` would mark it. */
export function payloadFinder(payloads: readonly string[]): (text: string) => boolean {
  const needles = needlesOf(payloads);
  return (text) => needles.some((needle) => text.includes(needle));
}

/** The longest first, so that a whole payload is marked as one. */
function needlesOf(payloads: readonly string[]): string[] {
  const lines = payloads.flatMap((payload) => payload.split('\n')).map((line) => line.trim());
  const forms = [...payloads, ...lines.filter((line) => line.length >= shortestLine)].flatMap(formsOf);
  return [...new Set(forms)].sort((a, b) => b.length - a.length).slice(0, maxNeedles);
}

/** How a payload stands in a plain text, in JSON, and in JSON within JSON. */
export function formsOf(payload: string): string[] {
  if (payload === '') return [];
  const json = inJson(payload);
  return [payload, json, inJson(json)];
}

function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function splitAll(text: string, needle: string): Piece[] {
  const parts = text.split(needle);
  return parts.flatMap((part, index) => [
    ...(index === 0 ? [] : [{ text: needle, marked: true }]),
    ...(part === '' ? [] : [{ text: part, marked: false }]),
  ]);
}

/** At most `room` characters of the pieces: the beginning, or what stands around the first payload. */
export function clipPieces(pieces: readonly Piece[], room: number): Piece[] {
  const length = pieces.reduce((sum, { text }) => sum + text.length, 0);
  if (length <= room) return [...pieces];
  const first = pieces.findIndex(({ marked }) => marked);
  const lead = first <= 0 ? 0 : pieces.slice(0, first).reduce((sum, { text }) => sum + text.length, 0);
  const from = first <= 0 ? 0 : Math.max(0, Math.min(lead - (room >> 2), length - room));
  const shown = cut(pieces, from, from + room);
  const ellipsis = { text: ' … ', marked: false };
  return [...(from > 0 ? [ellipsis] : []), ...shown, ...(from + room < length ? [ellipsis] : [])];
}

function cut(pieces: readonly Piece[], from: number, to: number): Piece[] {
  let at = 0;
  return pieces.flatMap(({ text, marked }) => {
    const start = at;
    at += text.length;
    const part = text.slice(Math.max(0, from - start), Math.max(0, to - start));
    return part === '' ? [] : [{ text: part, marked }];
  });
}
