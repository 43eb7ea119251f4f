import type { Rng } from '../../../contracts/seed.ts';
import { alarmWords, synonyms } from './prototypes.ts';

export interface EvolutionOptions {
  /** Prefixes in a generation. */
  readonly population: number;
  readonly generations: number;
  /** Prefixes in the result, at most. */
  readonly keep: number;
}

const eliteShare = 0.1;
const crossoverChance = 0.5;
const mutationChance = 0.05;
const mostCuts = 5;
const mostReplacements = 10;
/** Sentences that two prefixes of the result do not share, at least. */
const leastDifference = 3;

/**
 * The genetic search of AutoDAN (arXiv 2310.04451) without its two models: the fitness is our own, and a mutation
 * takes synonyms from a list.
 * @returns the fittest children of all generations that differ from each other, the best first
 */
export function evolve(prototypes: readonly string[], options: EvolutionOptions, rng: Rng): string[] {
  const met = new Set<string>();
  let population = Array.from(
    { length: options.population },
    (_, at) => prototypes[at % prototypes.length] ?? '',
  );
  for (let generation = 0; generation < options.generations; generation++) {
    population = nextGeneration(population, rng);
    for (const prefix of population) met.add(prefix);
  }
  const chosen: string[] = [];
  for (const prefix of fittestFirst([...met])) {
    if (chosen.length < options.keep && [...prototypes, ...chosen].every((other) => differs(prefix, other)))
      chosen.push(prefix);
  }
  return chosen;
}

function differs(prefix: string, other: string): boolean {
  const known = new Set(sentencesOf(other));
  return sentencesOf(prefix).filter((sentence) => !known.has(sentence)).length >= leastDifference;
}

/** Varied words are good; length and words that filters look for are not. */
export function fitness(prefix: string): number {
  const words = prefix.toLowerCase().match(/\p{L}+/gu) ?? [];
  const alarms = words.filter((word) => alarmWords.includes(word)).length;
  return new Set(words).size / Math.max(words.length, 1) - words.length / 200 - alarms / 5;
}

function nextGeneration(population: readonly string[], rng: Rng): string[] {
  const sorted = fittestFirst(population);
  const elites = sorted.slice(0, Math.ceil(population.length * eliteShare));
  const parents = roulette(sorted, population.length - elites.length, rng);
  const children: string[] = [];
  for (let at = 0; at < parents.length; at += 2) {
    const [first = '', second = first] = parents.slice(at, at + 2);
    children.push(...(rng.chance(crossoverChance) ? crossover(first, second, rng) : [first, second]));
  }
  const mutated = children.map((child) => (rng.chance(mutationChance) ? mutate(child, rng) : child));
  return [...elites, ...mutated].slice(0, population.length);
}

/** Draws with the probabilities softmax(score - best score). */
function roulette(sorted: readonly string[], count: number, rng: Rng): string[] {
  const scores = sorted.map(fitness);
  const best = Math.max(...scores);
  const weights = scores.map((score) => Math.exp(score - best));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return Array.from({ length: count }, () => {
    let left = (rng.int(0, 999_999) / 1_000_000) * total;
    for (const [at, weight] of weights.entries()) {
      left -= weight;
      if (left < 0) return sorted[at] ?? '';
    }
    return sorted[0] ?? '';
  });
}

/** Swaps or keeps each run of sentences between random cuts, by the toss of a coin. */
export function crossover(first: string, second: string, rng: Rng): [string, string] {
  const [one, two] = [sentencesOf(first), sentencesOf(second)];
  const last = Math.min(one.length, two.length) - 1;
  if (last < 2) return [first, second];
  const places = Array.from({ length: last - 1 }, (_, at) => at + 1);
  const cuts = rng.sample(places, Math.min(mostCuts, last - 1)).sort((a, b) => a - b);
  const children: [string[], string[]] = [[], []];
  for (const [at, start] of [0, ...cuts].entries()) {
    const end = cuts[at];
    const [a, b] = rng.chance(0.5) ? [two, one] : [one, two];
    children[0].push(...a.slice(start, end));
    children[1].push(...b.slice(start, end));
  }
  return [children[0].join(' '), children[1].join(' ')];
}

/** Replaces up to ten words or word pairs by a synonym. */
export function mutate(prefix: string, rng: Rng): string {
  const known = rng.shuffle(synonyms.flat()).filter((word) => findWord(prefix, word) >= 0);
  return known.slice(0, mostReplacements).reduce((text, word) => {
    const at = findWord(text, word);
    const others = synonyms.find((group) => group.includes(word))?.filter((each) => each !== word) ?? [];
    return at < 0 ? text : text.slice(0, at) + rng.pick(others) + text.slice(at + word.length);
  }, prefix);
}

/** Where the word stands between spaces or before a full stop; -1 if nowhere. */
function findWord(text: string, word: string): number {
  const at = `${text} `.search(new RegExp(` ${word}(?=[ .,])`));
  return at < 0 ? -1 : at + 1;
}

function sentencesOf(text: string): string[] {
  return text.split(/(?<=[.!?])\s+/);
}

function fittestFirst(prefixes: readonly string[]): string[] {
  return prefixes.toSorted((a, b) => fitness(b) - fitness(a));
}
