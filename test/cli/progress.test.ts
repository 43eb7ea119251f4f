import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { createProgressBar } from '../../src/cli/progress.ts';
import type { EpisodeStatus } from '../../src/contracts/events.ts';

function drawn(isTTY: boolean, columns = 80): { readonly texts: string[]; readonly after: number } {
  const texts: string[] = [];
  const bar = createProgressBar({ isTTY, columns, write: (text) => texts.push(text) });
  const key = { agent: 'a', environment: 'e', task: 0, defense: 'none', trial: 0 };
  for (let done = 1; done <= 5000; done++) {
    const status: EpisodeStatus = done % 1000 === 0 ? 'timeout' : 'completed';
    bar.update({ done, planned: 5000, key, status });
  }
  bar.end();
  const after = texts.length;
  bar.end();
  return { texts, after };
}

test('on a terminal a bar of one line is drawn, seldom, and removed', () => {
  const { texts, after } = drawn(true);
  const lines = texts.map((text) => stripVTControlCharacters(text).trim());
  expect(lines.at(-2)).toBe(`[${'#'.repeat(24)}]  5,000/5,000 episodes  5 invalid  0 s left`);
  expect(lines.at(-1)).toBe('');
  expect(texts.length).toBeLessThan(1000);
  expect(texts).toHaveLength(after);
  for (const text of drawn(true, 30).texts)
    expect(stripVTControlCharacters(text).trim().length).toBeLessThan(30);
});

test('elsewhere a line is written at every tenth but the last', () => {
  const { texts } = drawn(false);
  expect(texts).toHaveLength(9);
  expect(texts[0]).toMatch(/^10% {2}500\/5,000 episodes {2}\d+ s left\n$/);
  expect(texts[8]).toMatch(/^90% {2}4,500\/5,000 episodes {2}4 invalid {2}\d+ s left\n$/);
});
