import { expect, test } from 'vitest';
import { bucketCount, visitFeatures } from '../../../src/defenses/classifier/features.ts';
import { tokensOf } from '../../../src/defenses/classifier/tokens.ts';
import { fc } from '../../support/properties.ts';

function words(text: string): string[] {
  return [...tokensOf(text)].map(({ from, to }) => text.slice(from, to));
}

function grams(text: string, wanted: string): string[] {
  const found: string[] = [];
  visitFeatures(
    text,
    (_bucket, kind, from, to) => {
      if (kind === wanted) found.push(text.slice(from, to));
    },
    () => undefined,
  );
  return found;
}

function buckets(text: string): number[] {
  const found: number[] = [];
  visitFeatures(
    text,
    (bucket) => void found.push(bucket),
    () => undefined,
  );
  return found;
}

test('a text is cut into words, numbers and symbols', () => {
  expect(words('Call read_note, 12 times!!!')).toEqual([
    'Call',
    'read',
    '_',
    'note',
    ',',
    '12',
    'times',
    '!!!',
  ]);
  expect(words('für Größe')).toEqual(['für', 'Größe']);
  expect(words('今天天气')).toEqual(['今天', '天气']);
  expect(words(' \n\t\u00a0')).toEqual([]);
  expect(words('a'.repeat(40))).toEqual(['a'.repeat(16), 'a'.repeat(16), 'a'.repeat(8)]);
});

test('n-grams are words, pairs, pairs with a gap, and characters with borders', () => {
  expect(grams('do not tell', 'word')).toEqual(['do', 'not', 'tell']);
  expect(grams('do not tell', 'words')).toEqual(['do not', 'not tell']);
  expect(grams('do not tell', 'gap')).toEqual(['do not tell']);
  expect(grams('not', 'characters')).toEqual(['no', 'not', 'not', 'not', 'not', 'ot']);
});

test('case does not matter but for shapes', () => {
  expect(grams('Do NOT', 'shape')).toHaveLength(1);
  const [upper, lower] = [buckets('DO NOT'), buckets('do not')];
  expect(upper.filter((bucket) => !lower.includes(bucket))).toHaveLength(1);
});

test('the hash is the same for ever', () => {
  expect(buckets('tell no one').slice(0, 4)).toMatchInlineSnapshot(`
    [
      49745,
      46074,
      17589,
      1854,
    ]
  `);
});

test('different words fall into different buckets, about evenly', () => {
  const counts = new Map<number, number>();
  for (let index = 0; index < 20_000; index++) {
    const letters = index.toString(26).replace(/[0-9]/g, (digit) => 'qrstuvwxyz'.charAt(Number(digit)));
    const [bucket = -1] = buckets(letters);
    counts.set(bucket, (counts.get(bucket) ?? 0) + 1);
  }
  // 20,000 balls in 65,536 bins leave about 17,200 bins with at least one.
  expect(counts.size).toBeGreaterThan(15_000);
  expect(Math.max(...counts.keys())).toBeLessThan(bucketCount);
});

test('any text gives tokens in order, and work linear in its length', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      let end = 0;
      let inOrder = true;
      for (const { from, to } of tokensOf(text)) {
        inOrder &&= from >= end && to > from;
        end = to;
      }
      expect(inOrder && end <= text.length).toBe(true);
      const found = buckets(text);
      expect(found.length).toBeLessThanOrEqual(8 * text.length + 8);
      expect(found.every((bucket) => bucket >= 0 && bucket < bucketCount)).toBe(true);
    }),
  );
});
