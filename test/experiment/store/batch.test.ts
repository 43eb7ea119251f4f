import { expect, test } from 'vitest';
import { createBatch } from '../../../src/experiment/store/batch.ts';

test('what is handed in during one turn is committed together', async () => {
  const commits: number[][] = [];
  const batch = createBatch<number>(async (items) => {
    commits.push([...items]);
  });
  await Promise.all([batch.add(1), batch.add(2), batch.add(3)]);
  await batch.add(4);
  expect(commits).toEqual([[1, 2, 3], [4]]);
});

test('a promise settles with its own commit', async () => {
  let release = (): void => undefined;
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  const batch = createBatch<string>(async (items) => {
    if (items.includes('b')) throw new Error('disk full');
    await gate;
  });
  const settled: string[] = [];
  const first = batch.add('a').then(() => settled.push('a'));
  // Once the first commit is under way, what follows has to wait for the next.
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  const second = batch.add('b').catch((error: unknown) => settled.push(String(error)));
  expect(settled).toEqual([]);
  release();
  await Promise.all([first, second, batch.idle()]);
  expect(settled).toEqual(['a', 'Error: disk full']);
});
