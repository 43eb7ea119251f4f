import { expect, test } from 'vitest';
import { createSecrets } from '../../../src/agents/external/secrets.ts';
import { fc } from '../../support/properties.ts';

const long = 'KEY-ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const { hide, hideInTail } = createSecrets(['KEY-ABCDEFGH', long, 'short']);

test('secrets are hidden wherever they stand, the longest first, and short values are left alone', () => {
  expect(hide(`a ${long} b KEY-ABCDEFGH c short`)).toBe('a [redacted] b [redacted] c short');
});

test('of a secret that was cut, nothing is left, wherever the cut was', () => {
  const printed = `${long} was used; then ${long} again. ${'All went well. '.repeat(5)}`;
  fc.assert(
    fc.property(fc.nat(printed.length), (start) => {
      const told = hideInTail({ text: printed.slice(start), isCut: start > 0 });
      expect(told).not.toMatch(/[A-Z]{2}/);
      expect(printed.replaceAll(long, '[redacted]').endsWith(told)).toBe(true);
    }),
  );
});

test('what was not cut is whole', () => {
  expect(hideInTail({ text: 'All went well', isCut: false })).toBe('All went well');
  expect(createSecrets([]).hideInTail({ text: 'went well', isCut: true })).toBe('went well');
});
