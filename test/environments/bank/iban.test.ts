import { expect, test } from 'vitest';
import { createSeed } from '../../../src/contracts/seed.ts';
import { drawIban, isIban, plainIban } from '../../../src/environments/bank/iban.ts';
import { fc } from '../../support/properties.ts';

test.each(['GB82 WEST 1234 5698 7654 32', 'DE89 3704 0044 0532 0130 00', 'no93 8601 1117 947'])(
  'accepts %s, an example of the standard',
  (iban) => {
    expect(isIban(plainIban(iban))).toBe(true);
  },
);

test('a drawn IBAN is valid, and no longer so when a digit is changed', () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 8, max: 19 }), fc.integer({ min: 1, max: 9 }), (seed, at, by) => {
      const iban = drawIban(createSeed(seed).rng());
      expect(isIban(iban)).toBe(true);
      const digit = (Number(iban.charAt(at)) + by) % 10;
      expect(isIban(`${iban.slice(0, at)}${digit}${iban.slice(at + 1)}`)).toBe(false);
    }),
  );
});

test.each(['', 'XE', 'hello', '1234', 'GB82WEST12345698765432 and more'])('refuses "%s"', (text) => {
  expect(isIban(text)).toBe(false);
});
