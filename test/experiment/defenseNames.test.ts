import { expect, test } from 'vitest';
import { defenseNamed } from '../../src/experiment/defenseNames.ts';
import { experiment } from './metrics/summaries.ts';

const versioned = {
  ...experiment,
  defenses: ['none', 'balanced@1', 'strict', 'strict@2'].map((name) => ({ name, members: [] })),
};

test.each([
  ['balanced', 'balanced@1'],
  ['balanced@1', 'balanced@1'],
  ['strict', 'strict'],
  ['bal', 'bal'],
])('%s means %s', (name, meant) => {
  expect(defenseNamed(versioned, name)).toBe(meant);
});
