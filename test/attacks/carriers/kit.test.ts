import { describe, expect, it } from 'vitest';
import { fill, slotsFor } from '../../../src/attacks/carriers/kit/frame.ts';
import { between, seal } from '../../../src/attacks/carriers/kit/seal.ts';
import { coreOf, withLetters, wordsOf } from '../../../src/attacks/carriers/kit/words.ts';
import { createSeed, type Rng } from '../../../src/contracts/seed.ts';
import { fc } from '../../support/properties.ts';
import { anyWish, plainWish, surroundings } from './wishes.ts';

describe('the words of a wish', () => {
  it('keep a literal in one piece with what clings to it', () => {
    const wish = { text: 'Set "big sale"\nfor A1,  now', literals: ['big sale', 'A1', ''] };
    expect(wordsOf(wish)).toEqual([
      { text: 'Set', kept: false },
      { text: '"big sale"', kept: true },
      { text: 'for', kept: false },
      { text: 'A1,', kept: true },
      { text: 'now', kept: false },
    ]);
    expect(wordsOf({ text: ' \n', literals: [] })).toEqual([]);
  });

  it('hold every literal whole, and every other character but white space', () => {
    fc.assert(
      fc.property(anyWish, (wish) => {
        const words = wordsOf(wish);
        for (const literal of wish.literals)
          expect(words.some(({ text, kept }) => kept && text.includes(literal))).toBe(true);
        const solid = (text: string): string => text.replace(/\s/g, '');
        expect(solid(words.map(({ text }) => text).join(''))).toBe(solid(wish.text));
      }),
    );
  });

  it('come apart into letters and what is around them', () => {
    const core = coreOf({ text: '("Été",', kept: false });
    expect(core).toEqual({ before: '("', letters: 'Été', after: '",' });
    expect(core && withLetters(core, 'hiver').text).toBe('("Hiver",');
    for (const text of ['a-b', "it's", '42', '']) expect(coreOf({ text, kept: false })).toBeUndefined();
    expect(coreOf({ text: 'tool', kept: true })).toBeUndefined();
  });
});

describe('a frame', () => {
  it('names the tools of the wish first, and looks at nothing twice', () => {
    const slots = slotsFor({ text: '{tools} $&', literals: ['read_entry'] }, surroundings);
    expect(fill('{wish}|{service}|{topic}|{tools}|{other}', slots)).toBe(
      '{tools} $&|depot|Parcels and shelves|read_entry, list_shelves, post_parcel|{other}',
    );
  });

  it('cuts what services call themselves to short lines', () => {
    const tools = Array.from('abcdefgh', (letter) => ({ service: 's', tool: letter.repeat(99) }));
    const slots = slotsFor(plainWish, { service: 'a\n b'.repeat(99), topic: 't'.repeat(99), tools });
    expect(slots.service).toMatch(/^a b.{57}$/);
    expect(slots.topic).toHaveLength(60);
    expect(slots.tools.split(', ')).toHaveLength(5);
    expect(slotsFor(plainWish, { service: 's', topic: 't', tools: [] }).tools).toBe(
      'all tools of this session',
    );
  });
});

describe('a seal', () => {
  const marks = { open: '[m:', close: ':m]' };
  const shout = (text: string): string => text.toUpperCase();

  it.each([
    ['a [m:b:m] c [m:d:m]', 'a B c D'],
    ['a [m:b', 'a B'],
    ['[m:a[m:b:m]', 'AB'],
    [':m] a [m::m]', ':m] a '],
    ['none', 'none'],
    ['[m:a::m]', 'A:'],
  ])('of %j changes what stands between the marks', (seen, changed) => {
    expect(between(seen, marks, shout)).toBe(changed);
  });

  it('draws another token when the text has it', () => {
    const tokens = ['aaaaa', 'bbbbb'];
    const rng: Rng = { ...createSeed(1).rng(), token: () => tokens.shift() ?? '' };
    const cipher = { encode: (text: string) => text, decode: (text: string) => text };
    expect(seal({ text: 'x aaaaa', literals: [] }, cipher, rng).text).toBe('[bbbbb:x aaaaa:bbbbb]');
  });
});
