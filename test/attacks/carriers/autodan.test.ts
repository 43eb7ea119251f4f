import { describe, expect, it } from 'vitest';
import { crossover, evolve, fitness, mutate } from '../../../src/attacks/carriers/autodan/evolution.ts';
import { library, recipe } from '../../../src/attacks/carriers/autodan/library.ts';
import { alarmWords, prototypes, synonyms } from '../../../src/attacks/carriers/autodan/prototypes.ts';
import { createSeed } from '../../../src/contracts/seed.ts';

const sentences = (text: string): string[] => text.split(/(?<=\.) /);

describe('the library of prefixes', () => {
  it('is what the genetic search makes of the prototypes', () => {
    const { seed, ...options } = recipe;
    expect(evolve(prototypes, options, createSeed(seed).rng())).toEqual(library);
  });

  it('has two dozen prefixes of five sentences, no two alike, without words that alarm', () => {
    expect(library).toHaveLength(24);
    for (const [at, prefix] of library.entries()) {
      expect(sentences(prefix)).toHaveLength(5);
      expect(
        prefix
          .toLowerCase()
          .split(/[^a-z]+/)
          .filter((word) => alarmWords.includes(word)),
      ).toEqual([]);
      for (const other of [...prototypes, ...library.slice(0, at)])
        expect(sentences(prefix).filter((each) => !sentences(other).includes(each)).length).toBeGreaterThan(
          2,
        );
    }
  });
});

describe('the genetic steps', () => {
  const [first, second] = ['A a. B b. C c. D d. E e.', 'V v. W w. X x. Y y. Z z.'];

  it('cross sentences over, each in its place', () => {
    const seen = new Set<string>();
    for (let seed = 0; seed < 50; seed++) {
      const [one, two] = crossover(first, second, createSeed(seed).rng());
      seen.add(one);
      for (const [at, sentence] of sentences(one).entries()) {
        const pair = [sentences(first)[at], sentences(second)[at]];
        expect(pair).toContain(sentence);
        expect(pair).toContain(sentences(two)[at]);
        expect(sentence).not.toBe(sentences(two)[at]);
      }
    }
    expect(seen.size).toBeGreaterThan(8);
  });

  it('keep parents that have too few sentences', () => {
    for (let seed = 0; seed < 10; seed++)
      expect(crossover('A a. B b.', second, createSeed(seed).rng())).toEqual(['A a. B b.', second]);
  });

  it('mutate known words into their synonyms and nothing else', () => {
    const known = new Set(synonyms.flat().flatMap((word) => word.split(' ')));
    for (const [seed, prototype] of prototypes.entries()) {
      const mutated = mutate(prototype, createSeed(seed).rng());
      const rest = (text: string): string[] => text.split(/[ .,]+/).filter((word) => !known.has(word));
      expect(rest(mutated)).toEqual(rest(prototype));
      expect(mutated).not.toBe(prototype);
    }
    expect(mutate('No such word here.', createSeed(1).rng())).toBe('No such word here.');
  });

  it('find alarming, long and dull prefixes worse', () => {
    expect(fitness('One two three.')).toBeGreaterThan(fitness('One two secret.'));
    expect(fitness('One two three.')).toBeGreaterThan(fitness('One two two.'));
    expect(fitness('One two.')).toBeGreaterThan(fitness('One two three.'));
    expect(fitness('')).toBe(0);
  });
});
