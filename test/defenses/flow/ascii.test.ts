import { expect, test } from 'vitest';
import { asciiMarkedTokens, asciiWords } from '../../../src/defenses/flow/ascii.ts';
import { createToolNames } from '../../../src/defenses/flow/naming.ts';
import { passagesOf, wordsOf } from '../../../src/defenses/flow/values.ts';
import { fc } from '../../support/properties.ts';

const piece = fc.constantFrom(
  'a',
  'Z',
  '7',
  ' ',
  '\n',
  '-',
  '_',
  '@',
  '.',
  ':',
  '//',
  '(',
  '"',
  '\u0000',
  '\u007f',
);
const ascii = fc.oneof(
  fc.string({ unit: 'binary-ascii', maxLength: 60 }),
  fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join('')),
);

test('words are what an expression finds', () => {
  fc.assert(
    fc.property(ascii, (text) => {
      const plain = text
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, ' ')
        .trim();
      expect(asciiWords(text)).toBe(` ${plain} `);
    }),
  );
});

test('marked tokens are those that an expression finds', () => {
  fc.assert(
    fc.property(ascii, (text) => {
      const all = text.match(/[A-Za-z0-9](?:[A-Za-z0-9@._+/:#%=?&~-]*[A-Za-z0-9])?/g) ?? [];
      const found = asciiMarkedTokens(text, 6);
      const certain = all.filter((token) => token.length >= 6 && /[\d@:]/.test(token));
      // A mark right behind a token may bring it in too; whoever asks looks closer.
      expect(found.filter((token) => /[\d@:]/.test(token))).toEqual(certain);
      for (const token of found) expect(all).toContain(token);
    }),
  );
});

test('passages are windows of five words', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('one', 'two', 'three', '4'), { maxLength: 12 }), (words) => {
      const windows = words.slice(4).map((_, at) => words.slice(at, at + 5).join(' '));
      expect(passagesOf(wordsOf(words.join(', ')))).toEqual(windows);
    }),
  );
});

test.each([
  ['Use read_mail now', true],
  ['Use READ_MAIL: now', true],
  ['read_mails are many', false],
  ['the search is on', false],
  ['the tool search is on', true],
  ['call search(x)', true],
  ['9read_mail', true],
  ['ends with read_mail', true],
])('%j names a tool: %s', (text, expected) => {
  const names = createToolNames();
  names.add('read_mail');
  names.add('search');
  expect(names.split(text).address !== '').toBe(expected);
});

test('a tool whose name begins with no letter is found, and makes no text slow to read', () => {
  const names = createToolNames();
  for (const name of ['_run_now', '-x-', '7up']) names.add(name);
  const text = '_-7'.repeat(100_000);
  expect(names.split(text)).toEqual({ data: text, address: '' });
  expect(names.split('Use _run_now')).toEqual({ data: '', address: 'Use _run_now' });
});
