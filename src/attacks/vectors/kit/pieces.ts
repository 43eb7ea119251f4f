import type { Payload } from '../../../contracts/attack.ts';

/**
 * The payload cut between words into `count` pieces of about the same length; no literal is cut. One that comes in
 * pieces already keeps them. One that has to be decoded stays whole: nobody could decode half of it.
 */
export function inPieces(payload: Payload, count: number): Payload {
  if (payload.parts || payload.meaning) return payload;
  const { text, literals } = payload;
  const gaps = gapsIn(text, literals);
  const cuts = new Set<number>();
  for (let piece = 1; piece < count && gaps.length > 0; piece++) {
    const target = (text.length * piece) / count;
    cuts.add(gaps.reduce((best, gap) => (Math.abs(gap - target) < Math.abs(best - target) ? gap : best)));
  }
  const places = [0, ...cuts, text.length];
  const parts = places.slice(1).map((end, index) => text.slice(places[index], end).trim());
  return { text, literals, parts };
}

/** Places of the spaces between words that are in no literal. */
function gapsIn(text: string, literals: readonly string[]): number[] {
  const kept = new Uint8Array(text.length);
  for (const literal of literals.filter(Boolean))
    for (let at = text.indexOf(literal); at >= 0; at = text.indexOf(literal, at + literal.length))
      kept.fill(1, at, at + literal.length);
  return [...text.matchAll(/(?<=\S)\s(?=\S)/g)].map(({ index }) => index).filter((at) => kept[at] === 0);
}
