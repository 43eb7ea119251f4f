import { expect, test } from 'vitest';
import { readLabels } from '../../src/judges/labels.ts';

test('labels are read, whatever the order of the columns', () => {
  const text = 'label,text,note,behavior\nyes,"It, is",x,Say it\nFALSE,No,,Say it\n';
  expect(readLabels(text, 'l.csv')).toEqual([
    { behavior: 'Say it', text: 'It, is', shown: true },
    { behavior: 'Say it', text: 'No', shown: false },
  ]);
});

test.each<[string, string, string]>([
  ['nothing', '', 'l.csv:1'],
  ['a missing column', 'behavior,text\na,b\n', 'there is no column label'],
  ['another label', 'behavior,text,label\na,b,yes\na,b,maybe\n', 'l.csv:3'],
  ['a missing field', 'behavior,text,label\na,b\n', 'l.csv:2'],
  ['one label only', 'behavior,text,label\na,b,yes\n', 'none of them says no'],
  ['no CSV', 'behavior,text,label\n"a', 'l.csv:2'],
])('refused: %s', (_, text, message) => {
  const read = (): unknown => readLabels(text, 'l.csv');
  expect(read).toThrow(expect.objectContaining({ code: 'FILE_UNREADABLE' }));
  try {
    read();
  } catch (error) {
    expect(`${(error as Error).message} ${(error as { where?: string }).where}`).toContain(message);
  }
});
