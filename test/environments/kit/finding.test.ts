import { describe, expect, test } from 'vitest';
import { SolutionStuck } from '../../../src/contracts/agent.ts';
import { bullets, bulletsUnder, labeled, only } from '../../../src/environments/kit/finding.ts';

const text = 'first\n- one\nHead\n- two\n-  three \nName: Nova\nName: Pine\n- four';

test('only finds the first that passes, or is stuck', () => {
  expect(only([1, 2, 3], (item) => item > 1)).toBe(2);
  expect(() => only([1], (item) => item > 1)).toThrow(SolutionStuck);
});

test('labeled reads the first line with the label', () => {
  expect(labeled(text, 'Name')).toBe('Nova');
  expect(() => labeled(text, 'ame')).toThrow(SolutionStuck);
});

describe('bullets', () => {
  test('of a whole text', () => {
    expect(bullets(text)).toEqual(['one', 'two', 'three', 'four']);
  });

  test('under a heading', () => {
    expect(bulletsUnder(text, 'Head')).toEqual(['two', 'three']);
    expect(bulletsUnder(text, 'Name: Pine')).toEqual(['four']);
    expect(() => bulletsUnder(text, 'Hea')).toThrow(SolutionStuck);
  });
});
