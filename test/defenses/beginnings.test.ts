import { expect, test } from 'vitest';
import { createBeginnings } from '../../src/defenses/beginnings.ts';
import { codesOf } from '../../src/defenses/characterCodes.ts';
import { fc } from '../support/properties.ts';

const text = fc.oneof(
  fc.string({ maxLength: 200 }),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.array(fc.constantFrom('a', 'B', 'c', '-', ' ', '1', 'é'), { maxLength: 200 }).map((all) => all.join('')),
);

test('the codes of any texts, one after the other, are those of their characters', () => {
  fc.assert(
    fc.property(fc.array(text), (texts) => {
      for (const each of [...texts, ...texts])
        expect([...codesOf(each)]).toEqual(
          Array.from({ length: each.length }, (_, at) => each.charCodeAt(at)),
        );
    }),
  );
});

test('no place where a word begins is left out, in any case', () => {
  const words = ['abc', 'cab', 'b-c'];
  const beginnings = createBeginnings(words);
  fc.assert(
    fc.property(text, (each) => {
      const found = new Set<number>();
      beginnings.some(codesOf(each), (at) => {
        found.add(at);
        return false;
      });
      for (const match of each.matchAll(/(?=abc|cab|b-c)/gi)) expect(found).toContain(match.index);
    }),
  );
});

test('looking ends with the first place that is taken', () => {
  const beginnings = createBeginnings(['abc']);
  const seen: number[] = [];
  expect(beginnings.some(codesOf('abc abc abc'), (at) => seen.push(at) === 2)).toBe(true);
  expect(seen).toEqual([0, 4]);
  expect(createBeginnings().some(codesOf('abc'), () => true)).toBe(false);
});
