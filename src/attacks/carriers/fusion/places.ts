/** A place in a text where a sentence can be put in. */
export interface Place {
  /** Characters of the text before it. */
  readonly at: number;
  /** The sentence or line that ends here. */
  readonly neighbor: string;
  /** What parts the addition from the text before it. */
  readonly gap: string;
}

/** What stands between a text and an addition to which it has no place. */
const endGap = '\n\n';
/** Sentences from which on a single line counts as prose, in which a sentence more does no harm. */
const leastSentences = 3;
/** Words of a line of prose, at least. */
const leastWords = 5;
/** Places that are looked at; a longer text takes its addition in its first part. */
const mostPlaces = 500;

/**
 * Where honest text takes an addition: at the ends of its sentences where it is one paragraph of prose, at the ends
 * of lines of prose where it has several, and at its end. Structured text takes it at its end only.
 */
export function placesIn(host: string): readonly Place[] {
  const end: Place = { at: host.length, neighbor: '', gap: host === '' ? '' : endGap };
  if (isStructured(host)) return [end];
  const inside = /\n/.test(host.trim()) ? linePlaces(host) : sentencePlaces(host);
  return inside.length === 0 ? [end] : inside;
}

/** JSON, and what begins like it. */
function isStructured(host: string): boolean {
  return /^\s*[{["]/.test(host) || /^\s*-?\d[\d.]*\s*$/.test(host);
}

function linePlaces(host: string): readonly Place[] {
  const places: Place[] = [];
  let start = 0;
  while (start < host.length && places.length < mostPlaces) {
    const found = host.indexOf('\n', start);
    const end = found < 0 ? host.length : found;
    const line = host.slice(start, end).trimEnd();
    if (isProse(line)) places.push({ at: start + line.length, neighbor: line, gap: '\n' });
    start = end + 1;
  }
  return places;
}

function sentencePlaces(host: string): readonly Place[] {
  const places: Place[] = [];
  let start = 0;
  for (const { index } of host.matchAll(/[.!?](?=\s|$)/g)) {
    places.push({ at: index + 1, neighbor: host.slice(start, index + 1), gap: ' ' });
    start = index + 1;
    if (places.length === mostPlaces) break;
  }
  return places.length >= leastSentences ? places : [];
}

/** Whole sentences of ordinary words, no row of a table, item of a list or line of code. */
function isProse(line: string): boolean {
  return /^\p{Lu}.*[.!?]$/u.test(line) && !/[|{}=<>\t]/.test(line) && line.split(' ').length >= leastWords;
}
