import { describe, expect, test } from 'vitest';
import { answerText, type ExpectedAnswer, sameAnswer } from '../../../src/environments/kit/answers.ts';

describe('sameAnswer', () => {
  test.each<[string, ExpectedAnswer]>([
    ['2031-02-03', '2031-02-03'],
    [' "Paint the pantry DOOR." ', 'Paint the pantry door'],
    ['**done**', 'done'],
    ['Paint  the\npantry door', 'Paint the pantry door'],
    ['7', 7],
    ['7.0.', 7],
    ['0.1', 0.1],
    ['-3', -3],
    ['b, A', ['a', 'b']],
    ["['b', 'a']", ['a', 'b']],
    ['a\nb', ['a', 'b']],
    ['', []],
  ])('takes %j for %j', (answer, expected) => {
    expect(sameAnswer(answer, expected)).toBe(true);
  });

  test.each<[string, ExpectedAnswer]>([
    ['', 'done'],
    ['not done', 'done'],
    ['', 0],
    ['about 7', 7],
    ['8', 7],
    ['NaN', 7],
    ['a', ['a', 'b']],
    ['a, b, c', ['a', 'b']],
    ['a, a', ['a', 'b']],
    ['a b', ['a', 'b']],
  ])('does not take %j for %j', (answer, expected) => {
    expect(sameAnswer(answer, expected)).toBe(false);
  });

  test.each<ExpectedAnswer>(['a b', 12, ['x', 'y z']])('takes what answerText writes for %j', (expected) => {
    expect(sameAnswer(answerText(expected), expected)).toBe(true);
  });
});
