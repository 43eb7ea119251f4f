import { describe, expect, test } from 'vitest';
import { createSeed } from '../../src/contracts/seed.ts';
import { fc } from '../support/properties.ts';

const name = fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer());

describe('a seed', () => {
  test('gives the same stream every time it is asked', () => {
    fc.assert(
      fc.property(fc.string(), name, (root, child) => {
        const draw = (): number[] => {
          const rng = createSeed(root).child(child).rng();
          return Array.from({ length: 5 }, () => rng.int(0, 1_000_000));
        };
        expect(draw()).toEqual(draw());
      }),
    );
  });

  test('gives children of different names different places', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1, maxLength: 4 }), (names) => {
        const root = createSeed('root');
        const whole = root.child(...names);
        expect(names.reduce((seed, each) => seed.child(each), root).path).toBe(whole.path);
        expect(root.child(names.join('/')).path === whole.path).toBe(names.length === 1);
      }),
    );
  });

  test('keeps its streams: a change here changes every experiment', () => {
    const rng = createSeed('safemcp').child('task', 1).rng();
    expect([rng.int(0, 99), rng.int(0, 99), rng.int(0, 99), rng.token(8)]).toMatchInlineSnapshot(`
      [
        94,
        28,
        38,
        "nyarf5xg",
      ]
    `);
  });
});

describe('its random choices', () => {
  test('stay within their ranges', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: -50, max: 50 }), fc.nat(100), (root, low, span) => {
        const rng = createSeed(root).rng();
        const drawn = rng.int(low, low + span);
        expect(drawn).toBeGreaterThanOrEqual(low);
        expect(drawn).toBeLessThanOrEqual(low + span);
        expect(rng.chance(0)).toBe(false);
        expect(rng.chance(1)).toBe(true);
        expect(rng.token(12)).toMatch(/^[a-hjkmnp-z2-9]{12}$/);
      }),
    );
  });

  test('shuffle and sample without loss or repetition', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.uniqueArray(fc.integer(), { minLength: 1 }),
        fc.nat(20),
        (root, items, count) => {
          const rng = createSeed(root).rng();
          const before = [...items];
          const byValue = (left: number, right: number): number => left - right;
          expect(rng.shuffle(items).sort(byValue)).toEqual([...items].sort(byValue));
          const sample = rng.sample(items, count);
          expect(new Set(sample).size).toBe(Math.min(count, items.length));
          expect(items).toEqual(expect.arrayContaining(sample));
          expect(items).toContain(rng.pick(items));
          expect(items).toEqual(before);
        },
      ),
    );
  });

  test('are fair, near enough', () => {
    const rng = createSeed('fair').rng();
    const heads = Array.from({ length: 10_000 }, () => rng.chance(0.3)).filter(Boolean).length;
    expect(heads).toBeGreaterThan(2800);
    expect(heads).toBeLessThan(3200);
  });

  test('cannot be made from nothing', () => {
    expect(() => createSeed('x').rng().pick([])).toThrow(RangeError);
  });
});
