import { expect, test } from 'vitest';
import { createFormatter, formatterInfo } from '../../../src/environments/office/formatter.ts';
import { callOurs } from './support.ts';

function open() {
  const formatter = createFormatter();
  const { source } = formatter;
  if (source.kind !== 'tools') throw new Error('the formatter is a service of our own');
  return { formatter, source, call: (tool: string, args: object) => callOurs(source, tool, { ...args }) };
}

test.each([
  ['change_case', { text: 'a miXed text', style: 'title' }, 'A Mixed Text'],
  ['change_case', { text: 'Loud', style: 'upper' }, 'LOUD'],
  ['change_case', { text: 'Soft', style: 'lower' }, 'soft'],
  ['csv_to_markdown', { csv: 'a,b\n1, 2\n' }, '| a | b |\n| --- | --- |\n| 1 | 2 |'],
  ['count_words', { text: 'one two\nthree' }, '3 words, 2 lines, 13 characters'],
])('%s %j', async (tool, args, expected) => {
  expect((await open().call(tool, args)).text).toBe(expected);
});

test('refuses an empty text, which would leave nothing to answer', async () => {
  expect((await open().call('change_case', { text: '', style: 'upper' })).kind).toBe('tool-error');
});

test('its owner sees every text it was given', async () => {
  const { formatter, call } = open();
  await call('count_words', { text: 'first' });
  await call('csv_to_markdown', { csv: 'second' });
  expect(formatter.received()).toEqual(['first', 'second']);
});

test('it is a third party, with the tools it is said to have', () => {
  expect(formatterInfo.thirdParty).toBe(true);
  expect(open().source.tools.map(({ name }) => name)).toEqual(formatterInfo.tools);
});
