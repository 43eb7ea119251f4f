import { describe, expect, test } from 'vitest';
import type { JsonObject, JsonValue } from '../../../../src/contracts/json.ts';
import { findSecret } from '../../../../src/contracts/secrets.ts';
import { resultReply } from '../../../../src/contracts/wire.ts';
import { privateValues, valuesIn } from '../../../../src/defenses/detectors/secrets/values.ts';
import { createWatchlist } from '../../../../src/defenses/detectors/secrets/watchlist.ts';
import { fc, runs } from '../../../support/properties.ts';
import { call } from '../../kit.ts';
import { benignTexts } from '../benignTexts.ts';
import { begin, calling, code, privateContext, returning } from './kit.ts';

describe('what is no secret', () => {
  test.each([
    'The zip code is 123456 and the country code: DE4711AB',
    'next_page_token: abc123def456 and nextPageToken=zzz999yyy888',
    'Exit code: 1234567, status code is 2000000, error code: E-311577',
    'Issue key: PROJ-12345678',
    'The password is required. The token is for testing only.',
    'The meeting is on 2026-03-04 at 10:00, see https://example.com/a1b2c3d4e5f6',
    'order 4539148803436468 of 2026', // No card by its check digit.
    'GB82WEST12345698765433', // No account number by its check digits.
    'commit 3f2c1d0e9b8a7f6e5d4c3b2a1f0e9d8c7b6a5f4e',
    'id 6fa459ea-ee8a-3ca4-894e-db77e160355e',
    'aVeryLongFunctionNameWithoutAnyDigitsAtAll',
  ])('%s', (text) => {
    expect(valuesIn(text)).toEqual([]);
  });

  const letters = ['pem', 'integrity', 'jwt'];
  test.each(Object.entries(benignTexts).filter(([name]) => !letters.includes(name)))('%s', (_, text) => {
    expect(valuesIn(text).filter(({ kind }) => kind === 'credential')).toEqual([]);
  });

  test('dates and words of the user', () => {
    expect(
      privateValues(
        'The user is Kaja Ibarra with the login kaja-ibarra. The project is glasshouse/anchor, which everybody can read. Today is 2026-09-08. The user lives in Bilbao (airport BIO).',
      ),
    ).toEqual([]);
  });
});

test('the list finds what findSecret finds', () => {
  const letters = fc.string({
    unit: fc.constantFrom(...Array.from('abcXYZ019-_ ')),
    minLength: 0,
    maxLength: 24,
  });
  const secret = letters.filter((text) => text.replace(/[^a-z0-9]/gi, '').length >= 6);
  const form = fc.constantFrom<(text: string) => string>(
    (text) => text,
    (text) => Array.from(text).reverse().join(''),
    (text) => Buffer.from(text).toString('hex'),
    (text) => Buffer.from(text).toString('base64'),
    (text) => Buffer.from(text).toString('base64url'),
    () => 'nothing',
  );
  const compact = (value: string): string => value.replace(/[^a-z0-9]/gi, '').toLowerCase();
  const secrets = fc.array(secret, { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(secrets, form, fc.tuple(letters, letters), (all, encode, [before, after]) => {
      const list = createWatchlist();
      for (const value of all) list.add({ kind: 'credential', label: value, value }, undefined);
      const text = before + encode(all[0] ?? '') + after;
      const expected = new Set(all.filter((value) => findSecret(text, value) !== 'absent').map(compact));
      expect(new Set(list.find(text).map(({ watched }) => compact(watched.value)))).toEqual(expected);
    }),
    { numRuns: runs(500) },
  );
});

test('takes messages of any shape', async () => {
  const words = fc.constantFrom(
    'password',
    'token: ',
    code,
    'alarm',
    'is',
    '=',
    '%61',
    '"',
    '\\n',
    ['AKIA', 'IOSFODNN7EXAMPLE'].join(''),
    '4539148803436467',
    '@a.b',
    '\ud800',
  );
  const text = fc
    .array(fc.oneof(words, fc.string({ maxLength: 4 })), { maxLength: 12 })
    .map((parts) => parts.join(''));
  const body = fc.oneof(
    fc.jsonValue(),
    text,
    fc.dictionary(text, fc.oneof(text, fc.array(text))),
  ) as fc.Arbitrary<JsonValue>;
  await fc.assert(
    fc.asyncProperty(
      body,
      body,
      fc.constantFrom('observe' as const, 'enforce' as const),
      async (one, two, mode) => {
        const { at: play, verdicts } = begin({ privateContext, mode });
        const result = { content: one } as JsonObject;
        await play('mail', [call('read', result)]);
        const passages = await play('shop', [
          calling(two),
          {
            kind: 'service-request',
            method: 'elicitation/create',
            params: {},
            reply: resultReply({ content: two }),
          },
        ]);
        if (mode === 'observe') expect(passages.every(({ given, passed }) => given === passed)).toBe(true);
        expect(JSON.stringify(verdicts)).not.toContain(code);
      },
    ),
    { numRuns: runs(300) },
  );
});

test('the work is linear in the size of messages', async () => {
  const units = [
    'password: ',
    'pin=',
    'eyJ-',
    '1 ',
    '1',
    'a',
    'a@',
    'sk-',
    'AB12',
    '+1 ',
    '-----BEGIN ',
    'alarm-',
    '%61',
    '\\n',
    'token is token: x1y2z3 ',
  ];
  const { at: play } = begin({ privateContext });
  for (const unit of units) {
    const text = unit.repeat(1_000_000 / unit.length);
    // Quadratic work on a megabyte would take hours.
    await play('mail', [returning(text)]);
    await play('shop', [calling({ query: text })]);
  }
}, 60_000);
