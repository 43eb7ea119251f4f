import { expect, test } from 'vitest';
import type { Cell } from '../../src/contracts/cell.ts';
import { notesOf } from '../../src/report/notes.ts';
import { overviewOf } from '../../src/report/overview.ts';
import { tradesOf } from '../../src/report/pools.ts';
import { cell, result } from './cells.ts';

const agents = (cells: readonly Cell[]) => overviewOf({ ...result, cells }, 'goals');

test('a price that was not measured is none, and no defense has none', () => {
  const attacked = ['none', 'pinning'].map((defense) => cell({ vector: 'tool-result', defense }));
  const [without] = agents(attacked).map(tradesOf);
  expect(without).toMatchObject([
    { defense: 'none', ms: 0, tokens: 0, usd: 0 },
    { defense: 'pinning', ms: undefined, tokens: undefined, usd: undefined },
  ]);
  const [timed] = agents([...attacked, cell({ defense: 'pinning' })]).map(tradesOf);
  expect(timed).toMatchObject([{ ms: 0 }, { defense: 'pinning', ms: 0.5 }]);
});

test('columns that cover different attacks are noted', () => {
  const at = (vector: string, defense: string): Cell => cell({ vector, defense });
  const notes = (cells: readonly Cell[]): string =>
    notesOf({ ...result, cells }, agents(cells), 'goals').join('\n');
  const full = [at('a', 'none'), at('b', 'none'), at('a', 'pinning'), at('b', 'pinning')];
  expect(notes(full)).not.toContain('do not cover the same attacks');
  expect(notes(full.slice(0, 3))).toContain(
    'The columns of scripted/hijacked do not cover the same attacks: of 2 attacks in environments, none 2, pinning 1.',
  );
});
