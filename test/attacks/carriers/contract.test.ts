import { describe, expect, it } from 'vitest';
import { carriers } from '../../../src/attacks/carriers/index.ts';
import { createExposureMeter } from '../../../src/attacks/exposure.ts';
import {
  type Carrier,
  type Meaning,
  type Readability,
  readabilities,
} from '../../../src/contracts/attack.ts';
import { createSeed } from '../../../src/contracts/seed.ts';
import { fc, runs } from '../../support/properties.ts';
import { anyWish, carrierOf, honestTexts, plainWish, rendered, surroundings } from './wishes.ts';

/** Greatest length of a payload: so many times the wish, and so many characters more. */
const bounds: Readonly<Record<Readability, { readonly times: number; readonly plus: number }>> = {
  plain: { times: 1, plus: 1_600 },
  reworded: { times: 3, plus: 300 },
  encoded: { times: 22, plus: 1_000 },
  hidden: { times: 12, plus: 70 },
  split: { times: 1, plus: 350 },
};

/** What ciphers, marks and markup are made of, and pieces of it. */
const pieces = [
  '[',
  ':',
  ']',
  '"',
  '{"a":1},',
  '\\x',
  '\\x41',
  '\\u004',
  '\\u0041',
  '%4',
  '%41',
  '&#',
  '&#65;',
  '&#9999999;',
  '9999999 ',
  '1',
  '.- ',
  '.',
  '^',
  '/',
  '\u2063',
  '\u200b',
  '\u2063\u200b',
  '\u{e0041}',
  '\u{e0101}',
  '\u202e',
  '\u001b[',
  '\u001b[0',
  '0',
  'а',
  'aа',
  '<!--',
  '-->',
  '&lt',
  '\ud800',
  '\n',
  ' ',
];

/** JSON that is no list of words. */
const oddJson = [
  '[{"a":{"toString":1,"valueOf":1}},{"b":2}]',
  '{"value":1}',
  '[1]',
  'null',
  '{"__proto__":{"value":"a"}}',
];

const named = carriers.map((carrier) => [carrier.id, carrier] as const);
const disguising = named.filter(
  ([, { readability }]) => readability === 'encoded' || readability === 'hidden',
);

function meaningOf(
  carrier: Carrier,
  wish = plainWish,
  seed: string | number = 0,
): Meaning & { seen: string } {
  const { meaning, text } = rendered(carrier, wish, seed);
  if (!meaning) throw new Error(`${carrier.id} has no meaning`);
  return { ...meaning, seen: text };
}

const words = (text: string): string => text.split(/\s+/).filter(Boolean).join(' ');

describe('the list of carriers', () => {
  it('has an id, a one-line definition, a source and mappings for each, and no id twice', () => {
    expect(new Set(carriers.map(({ id }) => id)).size).toBe(carriers.length);
    for (const { id, title, definition, source, mappings, readability } of carriers) {
      expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      for (const line of [title, definition, source]) expect(line).toMatch(/^\S[^\n]*\S$/);
      expect(definition).toMatch(/\.$/);
      expect(mappings?.length).toBeGreaterThan(0);
      expect(readabilities).toContain(readability);
    }
  });
});

describe.each(named)('%s', (_, carrier) => {
  it('gives the same bytes for the same choices', () => {
    fc.assert(
      fc.property(anyWish, fc.nat(), (wish, seed) => {
        const { blend: one, meaning: first, ...payload } = rendered(carrier, wish, seed);
        const { blend: two, meaning: second, ...again } = rendered(carrier, wish, seed);
        expect(again).toEqual(payload);
        expect(second?.text).toBe(first?.text);
        for (const host of honestTexts) expect(two?.(host)).toBe(one?.(host));
      }),
      { numRuns: runs(40) },
    );
  });

  it('keeps every literal', () => {
    fc.assert(
      fc.property(anyWish, fc.nat(), (wish, seed) => {
        const { text, literals, meaning } = rendered(carrier, wish, seed);
        for (const literal of literals) expect(text).toContain(literal);
        const whole = meaning ?? { text, literals };
        expect(whole.literals).toEqual(wish.literals);
        for (const literal of wish.literals) expect(whole.text).toContain(literal);
      }),
      { numRuns: runs(150) },
    );
  });

  it('stays within the bound of its readability', () => {
    const { times, plus } = bounds[carrier.readability];
    const worst = [' ', '"', '\\', '\n', '\u0001', 'é', '中', '😀', 'a ', '^', 'Ä '].map((unit) => ({
      text: unit.repeat(400),
      literals: [],
    }));
    const most = ({ text }: { text: string }): number => times * text.length + plus;
    const long = {
      service: 's '.repeat(5_000),
      topic: 't'.repeat(5_000),
      tools: [{ service: 's', tool: 'u'.repeat(999) }],
    };
    for (const [seed, wish] of worst.entries())
      expect(rendered(carrier, wish, seed).text.length).toBeLessThanOrEqual(most(wish));
    fc.assert(
      fc.property(anyWish, fc.nat(), (wish, seed) => {
        expect(rendered(carrier, wish, seed).text.length).toBeLessThanOrEqual(most(wish));
      }),
      { numRuns: runs(40) },
    );
    for (const seed of [1, 2, 3, 4, 5, 6]) {
      const rng = createSeed(seed).rng();
      expect(carrier.render(plainWish, rng, long).text.length).toBeLessThanOrEqual(most(plainWish));
    }
  });

  it('varies with the seed where it has choices', () => {
    const texts = new Set(Array.from({ length: 30 }, (__, seed) => rendered(carrier, plainWish, seed).text));
    expect(texts.size).toBeGreaterThan(carrier.id === 'direct' ? 0 : 1);
  });

  it('exposes an agent that reads it among honest text, and none that reads honest text alone', () => {
    for (const seed of [0, 1, 2, 3]) {
      const { text, ...payload } = rendered(carrier, plainWish, seed);
      for (const before of honestTexts) {
        expect(createExposureMeter({ text, ...payload }).read(before)).toBe(false);
        const meter = createExposureMeter({ text, ...payload });
        const after = honestTexts.toReversed().join('\n');
        expect(
          (payload.parts ?? [text]).map((part) => meter.read(`${before}\n\n${part}\n${after}`)).at(-1),
        ).toBe(true);
      }
    }
  });

  it('has a meaning exactly when it is encoded or hidden, and parts exactly when it is split', () => {
    const { meaning, parts, text } = rendered(carrier, plainWish);
    expect(meaning !== undefined).toBe(['encoded', 'hidden'].includes(carrier.readability));
    expect(parts !== undefined).toBe(carrier.readability === 'split');
    if (carrier.readability === 'plain') expect(text).toContain(plainWish.text);
    else expect(text.includes(plainWish.text)).toBe(['ansi-escape', 'html-comment'].includes(carrier.id));
  });
});

describe.each(disguising)('the decoding of %s', (_, carrier) => {
  it('gives the wish back, also among honest text', () => {
    fc.assert(
      fc.property(anyWish, fc.nat(), fc.constantFrom(...honestTexts), (wish, seed, honest) => {
        const { text, decode, seen } = meaningOf(carrier, wish, seed);
        expect(words(text)).toBe(words(wish.text));
        for (const place of [seen, `${honest}\n${seen}\n${honest}`, `${seen}\n${seen}`])
          expect(decode(place)).toContain(text);
      }),
      { numRuns: runs(150) },
    );
  });

  it('finds nothing in honest text', () => {
    const { decode, text } = meaningOf(carrier);
    for (const honest of honestTexts) expect(decode(honest)).not.toContain(text);
    fc.assert(
      fc.property(anyWish, ({ text: honest }) => {
        expect(decode(honest).length).toBeLessThanOrEqual(honest.length);
      }),
    );
  });

  it('takes a megabyte of anything', () => {
    const { decode, seen } = meaningOf(carrier);
    const open = /\[\w+:/.exec(seen)?.[0] ?? '<!--';
    const check = (unit: string, size: number): void => {
      const filling = unit.repeat(Math.ceil(size / unit.length));
      for (const hostile of [filling, `${open}${filling}`])
        expect(decode(hostile).length).toBeLessThanOrEqual(3 * size + 1_000);
    };
    for (const unit of [open, seen, seen.slice(0, -1)]) check(unit, 1_000_000);
    for (const unit of ['{"left":', '{"left":null,"right":', '["a",']) check(unit, 1_000_000);
    for (const unit of pieces) check(unit, 100_000);
    for (const inner of oddJson)
      expect(decode(`${open}${inner}${open.replace('[', ':').slice(0, -1)}]`)).toBeTypeOf('string');
  });
});

describe('a split payload', () => {
  const { render } = carrierOf('split');

  it('has two or three parts, each with a share of the words, in order', () => {
    const counts = new Set<number>();
    for (let seed = 0; seed < 20; seed++) {
      const { text, parts = [] } = render(plainWish, createSeed(seed).rng(), surroundings);
      counts.add(parts.length);
      expect(text).toBe(parts.join('\n'));
      for (const part of parts) expect(part.length).toBeGreaterThan(plainWish.text.length / 4);
    }
    expect(counts).toEqual(new Set([2, 3]));
  });

  it('has two parts where there is one word or none', () => {
    for (const text of ['go', ' '])
      for (let seed = 0; seed < 9; seed++)
        expect(render({ text, literals: [] }, createSeed(seed).rng(), surroundings).parts).toHaveLength(2);
  });

  it('exposes an agent only when it has read all of it, in any order', () => {
    const payload = render(plainWish, createSeed(1).rng(), surroundings);
    for (const missing of payload.parts ?? []) {
      const meter = createExposureMeter(payload);
      for (const part of payload.parts ?? []) if (part !== missing) expect(meter.read(part)).toBe(false);
      expect(meter.read(missing)).toBe(true);
    }
  });
});

describe('hidden characters', () => {
  it.each([
    ['hidden-tags', /[\u{e0000}-\u{e0fff}]/gu],
    ['hidden-zero-width', /\p{Default_Ignorable_Code_Point}/gu],
    ['html-comment', /<!--.*-->/g],
  ])('of %s leave nothing to decode where a defense strips them', (id, characters) => {
    const carrier = carrierOf(id);
    const { decode, seen } = meaningOf(carrier);
    const stripped = seen.replace(characters, '');
    expect(stripped).toMatch(/^[\p{L} .-]{3,40}$/u);
    expect(decode(stripped)).toBe(stripped);
    expect(createExposureMeter(rendered(carrier, plainWish)).read(stripped)).toBe(false);
  });
});

describe('encoded payloads', () => {
  it.each(disguising.filter(([, { readability }]) => readability === 'encoded'))(
    'of %s do not show the words of the wish',
    (id, carrier) => {
      const { seen } = meaningOf(carrier);
      const shown = plainWish.literals.filter((literal) => seen.includes(literal));
      expect(shown.length > 0).toBe(id.startsWith('codechameleon'));
      expect(seen).not.toContain('call the tool');
    },
  );

  it.each(disguising.filter(([, { readability }]) => readability === 'encoded'))(
    'of %s need the rest of their cipher text',
    (_, carrier) => {
      const { seen } = meaningOf(carrier);
      const [blob = ''] = rendered(carrier, plainWish).literals;
      const half = seen.replace(blob, () => blob.slice(0, blob.length / 2));
      expect(createExposureMeter(rendered(carrier, plainWish)).read(half)).toBe(false);
    },
  );
});

describe('what carriers write', () => {
  it.each(named)('as %s is what it was', (_, carrier) => {
    const { text, parts } = rendered(carrier, plainWish, 'golden');
    expect({ text, ...(parts && { parts }) }).toMatchSnapshot();
  });
});
