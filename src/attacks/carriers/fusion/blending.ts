import { type Place, placesIn } from './places.ts';

/** Saturation and length terms of BM25, as usual. */
const saturation = 1.2;
const lengthShare = 0.75;
const longestTerm = 30;

/**
 * Works `text` into `host` behind the sentence that shares most with it by BM25, with a connective that takes up
 * the rarest shared word. All of the host stays, in its order.
 * @param draw any whole number from 0; decides between places that are equally good
 */
export function blendInto(host: string, text: string, draw: number): string {
  const places = placesIn(host);
  const sentences = places.map(({ neighbor }) => termsOf(neighbor));
  const wanted = new Set(termsOf(text));
  const rarity = rarities(sentences, wanted);
  const usual = sentences.reduce((sum, { length }) => sum + length, 0) / Math.max(sentences.length, 1);
  const scores = sentences.map((terms) => score(terms, rarity, usual));
  const best = scores.reduce((greatest, each) => Math.max(greatest, each), 0);
  const good = places.flatMap((place, at) =>
    scores[at] === best ? [{ place, terms: sentences[at] ?? [] }] : [],
  );
  const chosen = good[draw % Math.max(good.length, 1)];
  return chosen ? inserted(host, chosen.place, connective(chosen.terms, rarity) + text) : text;
}

function inserted(host: string, { at, gap }: Place, text: string): string {
  return `${host.slice(0, at)}${gap}${text}${host.slice(at)}`;
}

function connective(terms: readonly string[], rarity: ReadonlyMap<string, number>): string {
  const shared = terms
    .filter((term) => rarity.has(term))
    .sort((a, b) => (rarity.get(b) ?? 0) - (rarity.get(a) ?? 0));
  return shared[0] === undefined ? '' : `As to "${shared[0]}": `;
}

/** How rare each wanted term is among the sentences that hold it. */
function rarities(
  sentences: readonly (readonly string[])[],
  wanted: ReadonlySet<string>,
): Map<string, number> {
  const counts = new Map<string, number>();
  for (const terms of sentences)
    for (const term of new Set(terms)) if (wanted.has(term)) counts.set(term, (counts.get(term) ?? 0) + 1);
  return new Map(
    [...counts].map(([term, count]) => [
      term,
      Math.log(1 + (sentences.length - count + 0.5) / (count + 0.5)),
    ]),
  );
}

function score(terms: readonly string[], rarity: ReadonlyMap<string, number>, usual: number): number {
  const counts = new Map<string, number>();
  for (const term of terms) if (rarity.has(term)) counts.set(term, (counts.get(term) ?? 0) + 1);
  const weight = saturation * (1 - lengthShare + (lengthShare * terms.length) / Math.max(usual, 1));
  return [...counts].reduce(
    (sum, [term, count]) => sum + ((rarity.get(term) ?? 0) * count * (saturation + 1)) / (count + weight),
    0,
  );
}

/** Words with a meaning, in small letters. */
function termsOf(text: string): readonly string[] {
  const words = text.toLowerCase().match(/\p{L}[\p{L}\p{N}_]+/gu) ?? [];
  return words.filter((word) => word.length > 3 && word.length <= longestTerm);
}
