import { expect, test } from 'vitest';
import { createTextDetector } from '../../src/defenses/textDetector.ts';
import { call, contextOf, listing, play, start, tool } from './kit.ts';

const facts = { id: 'shouting', title: 'Shouting', description: 'Flags capital letters', source: 'ours' };

test('a detector is asked about every string, and sees no more of a message than it needs to act', async () => {
  const asked: string[] = [];
  const detector = createTextDetector(facts, (text) => {
    asked.push(text);
    return text === text.toUpperCase() ? { score: 0.25, reason: 'shouting', excerpt: text } : undefined;
  });
  const watched = start(detector, 'observe');
  await play(
    watched.tap(),
    [call('search', { content: [{ a: 'b' }], c: ['d', ['e']] })],
    contextOf('shop', '2025'),
  );
  expect(asked).toEqual(['b', 'd', 'e']);
  expect(watched.verdicts).toEqual([]);

  asked.length = 0;
  const loud = Array.from({ length: 5000 }, () => 'HEAR ME');
  await play(watched.tap(), [call('search', { loud })], contextOf('shop', '2025'));
  expect(asked).toHaveLength(100);
  expect(watched.verdicts).toMatchObject([
    { score: 0.25, reason: 'shouting in the result of "tools/call" of shop' },
  ]);
});

test('the surest finding gives the score, and reasons are named once', async () => {
  const detector = createTextDetector(facts, (text) =>
    text.startsWith('!')
      ? { score: text.length / 10, reason: `mark of ${text.length}`, excerpt: text }
      : undefined,
  );
  const watched = start(detector, 'enforce');
  await play(
    watched.tap(),
    [
      listing([tool('!!!', '!!!!!'), tool('calm', 'Calm'), tool('!!', '!')]),
      call('search', { all: ['!', '!', '!!'] }),
    ],
    contextOf('shop', '2025'),
  );
  expect(watched.verdicts.map(({ score, reason }) => [score, reason])).toEqual([
    [
      0.5,
      'mark of 3 in the definition of the tool "!!!" of shop; mark of 2 in the definition of the tool "!!" of shop',
    ],
    [0.2, 'mark of 1; mark of 2 in the result of "tools/call" of shop'],
  ]);
});
