import { describe, expect, test } from 'vitest';
import { money, sameText, states } from '../../../src/environments/kit/facts.ts';
import { fc } from '../../support/properties.ts';

describe('states', () => {
  test.each(['EUR 1,234.50', '1234.5', '1.234,50 euros', "1'234.50", 'a total of 1234.50.', '(1,234.50)'])(
    'reads the number in "%s"',
    (text) => {
      expect(states(text, { says: [1234.5] })).toBe(true);
    },
  );

  test.each(['12345', '1234.05', '234.50', '1234', ''])('does not read 1234.5 in "%s"', (text) => {
    expect(states(text, { says: [1234.5] })).toBe(false);
  });

  test('takes a separator before three digits for one of thousands', () => {
    expect(states('12,345', { says: [12345] })).toBe(true);
  });

  test('does not take the parts of a date for numbers', () => {
    expect(states('on 2026-03-17', { says: [17] })).toBe(false);
    expect(states('on 2026-03-17, 17 days', { says: [17] })).toBe(true);
  });

  test('compares words without case, blank space and table padding', () => {
    expect(states('The  Minutes:\nall', { says: ['the minutes: ALL'] })).toBe(true);
    expect(states('|a|  b |', { says: ['| a | b |'] })).toBe(true);
    expect(states('| a | c |', { says: ['| a | b |'] })).toBe(false);
  });

  test('refuses a text that says what it must not', () => {
    expect(states('100 or 200', { says: [100], avoids: [200] })).toBe(false);
    expect(states('100', { says: [100], avoids: [200] })).toBe(true);
  });
});

test('money is read back as it was written', () => {
  fc.assert(
    fc.property(fc.nat(1_000_000_000), (cents) => {
      expect(states(`due: ${money(cents)}.`, { says: [cents / 100] })).toBe(true);
      expect(states(money(cents), { says: [(cents + 1) / 100] })).toBe(false);
    }),
  );
  expect(money(123456789)).toBe('EUR 1,234,567.89');
});

test('sameText forgives line ends and trailing space alone', () => {
  expect(sameText('a\r\nb\r\n', 'a\nb')).toBe(true);
  expect(sameText('a\nb', 'a\n b')).toBe(false);
  expect(sameText(' a', 'a')).toBe(false);
});
