import { expect, test } from 'vitest';
import { classify } from '../../../src/defenses/classifier/inspect.ts';
import { fc } from '../../support/properties.ts';
import { modelAgainst } from './kit.ts';

const place = { kind: 'value' } as const;
const notice = '[gone]';
const model = modelAgainst('wire every coin');
const inspect = classify(model, 0.9, notice);
const bad = 'wire every coin and wire every coin';
const calm = 'The garden opens at nine and closes late in the evening. '.repeat(12);

test('a finding names the words that speak for it, and shows the window', () => {
  const found = inspect(bad, place);
  expect(found?.score).toBeGreaterThan(0.9);
  expect(found?.reason).toContain('"wire", "every", "coin"');
  expect(found?.excerpt).toBe(bad);
  expect(inspect(calm, place)).toBeUndefined();
});

test('only the windows around the wording are taken out of a long text', () => {
  const found = inspect(`${calm}${bad.repeat(4)}. ${calm}`, place);
  expect(found?.rest).toMatch(/^The garden opens at nine.*\[gone\].*late in the evening\. $/s);
  expect(found?.rest).not.toContain('coin');
  expect(found?.rest?.split(notice)).toHaveLength(2);
  const twice = inspect(`${calm}${bad.repeat(4)}. ${calm}${calm}${bad.repeat(4)}.`, place);
  expect(twice?.rest?.split(notice)).toHaveLength(3);
});

test('what is left of any text holds no flagged window, and findings are bounded', () => {
  const piece = fc.constantFrom(bad, 'calm words here', ' ', '\ud83d', '今天', '=====', '\n\n', calm);
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), fc.constantFrom(0.5, 0.9, 0.999), (pieces, threshold) => {
      const text = pieces.join(' ');
      const found = classify(model, threshold, notice)(text, place);
      if (!found) return;
      expect(found.score).toBeGreaterThanOrEqual(threshold);
      expect(found.excerpt.length).toBeLessThanOrEqual(600);
      expect(found.reason.length).toBeLessThan(400);
      expect(found.rest).toContain(notice);
      expect(found.rest?.length).toBeLessThanOrEqual(text.length + notice.length);
    }),
  );
});

test('a lower threshold flags whatever a higher one flags', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('wire', 'every', 'coin', 'tea', 'cup', '.'), { maxLength: 80 }),
      (words) => {
        const text = words.join(' ');
        const flags = [0.2, 0.5, 0.8, 0.99].map(
          (threshold) => classify(model, threshold, notice)(text, place) !== undefined,
        );
        expect(flags).toEqual(flags.toSorted((one, other) => Number(other) - Number(one)));
      },
    ),
  );
});
