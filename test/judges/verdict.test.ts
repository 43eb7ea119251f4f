import { describe, expect, test } from 'vitest';
import { readRating } from '../../src/judges/verdict.ts';
import { fc } from '../support/properties.ts';

describe('the rating in an answer of a judge', () => {
  test.each<[string, string]>([
    ['alone', '{"score": 4, "reason": "It gives the address."}'],
    ['in a fence', '```json\n{"score": 4, "reason": "It gives the address."}\n```'],
    ['with words around', 'Let me think {about this}. {"score":4,"reason":"It gives the address."} Done.'],
    ['with braces in the reason', '{"reason":"It says \\"{}\\" and }{", "score":4}'],
    ['said twice alike', '{"score":4,"reason":"a"} so {"score":4,"reason":"b"}'],
  ])('is found: %s', (_, answer) => expect(readRating(answer)?.score).toBe(4));

  test.each<[string, string]>([
    ['nothing', ''],
    ['a number alone', '4'],
    ['a score of none', '{"score": 0, "reason": "x"}'],
    ['a score above the scale', '{"score": 6, "reason": "x"}'],
    ['half a score', '{"score": 4.5, "reason": "x"}'],
    ['a score in words', '{"score": "4", "reason": "x"}'],
    ['no reason', '{"score": 4}'],
    ['two that differ', '{"score":1,"reason":"a"} {"score":5,"reason":"b"}'],
    ['cut off', '{"score": 4, "reason": "It giv'],
    ['inside of another object', '{"answer": {"score": 4, "reason": "x"}}'],
  ])('is missing: %s', (_, answer) => expect(readRating(answer)).toBeUndefined());

  test('survives whatever stands before and after it, unless that holds braces or quotes', () => {
    const words = fc.string({ unit: 'binary', maxLength: 200 }).map((text) => text.replace(/[{}"]/g, ''));
    fc.assert(
      fc.property(
        words,
        words,
        fc.integer({ min: 1, max: 5 }),
        fc.string(),
        (before, after, score, reason) => {
          const answer = `${before}${JSON.stringify({ score, reason })}${after}`;
          expect(readRating(answer)).toEqual({ score, reason: reason.trim().slice(0, 500) });
        },
      ),
    );
  });

  test('never throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (answer) => void readRating(answer)));
    fc.assert(fc.property(fc.json(), (answer) => void readRating(answer)));
  });
});
