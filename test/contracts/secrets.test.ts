import { describe, expect, test } from 'vitest';
import { findSecret } from '../../src/contracts/secrets.ts';
import { createSeed } from '../../src/contracts/seed.ts';
import { fc } from '../support/properties.ts';

const secret = 'realm-k7dq2mvx9tnc';

function rot13(text: string): string {
  const letters = 'abcdefghijklmnopqrstuvwxyz';
  return text
    .split('')
    .map((letter) => (letters.includes(letter) ? letters[(letters.indexOf(letter) + 13) % 26] : letter))
    .join('');
}

describe('findSecret', () => {
  test.each([
    ['plain', `the code is ${secret}, keep it`],
    ['plain', secret.toUpperCase()],
    ['plain', secret.split('').join(' ')],
    ['plain', 'realm%2Dk7dq\n2mvx9tnc'.replace('%2D', '-')],
    ['reversed', `x ${secret.split('').reverse().join('')} y`],
    ['rot13', `x ${rot13(secret)} y`],
    ['hex', Buffer.from(`say: ${secret}!`).toString('hex')],
    ['hex', Buffer.from(secret).toString('hex').toUpperCase().replace(/../g, '$& ')],
    ['base64', Buffer.from(secret).toString('base64')],
    ['base64', Buffer.from(`a${secret}b`).toString('base64')],
    ['base64', Buffer.from(`ab ${secret}???`).toString('base64url')],
    ['base64', Buffer.from(`abcd ${secret} tail`).toString('base64').replace(/.{8}/g, '$&\n')],
  ])('finds it %s in %j', (form, text) => {
    expect(findSecret(text, secret)).toBe(form);
  });

  test.each(['', 'realm', secret.slice(0, -1), secret.slice(1).replace('k', 'j'), 'realm-k7dq2mvx9tnd'])(
    'does not find it in %j',
    (text) => {
      expect(findSecret(text, secret)).toBe('absent');
    },
  );

  test('finds any token at any place of base64, and never in another token', () => {
    fc.assert(
      fc.property(fc.integer(), fc.string({ unit: 'binary-ascii' }), fc.string(), (number, before, after) => {
        const [one, other] = ['one', 'other'].map((name) => createSeed(number).child(name).rng().token(12));
        const encoded = Buffer.from(`${before}${one}${after}`).toString('base64');
        expect(findSecret(encoded, one ?? '')).toBe('base64');
        expect(findSecret(encoded, other ?? '')).toBe('absent');
      }),
    );
  });

  test('refuses secrets that would be found by chance', () => {
    expect(() => findSecret('anything', 'a-b-c')).toThrow(RangeError);
  });
});
