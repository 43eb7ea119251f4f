import { expect, test } from 'vitest';
import {
  type OpenPlace,
  openTextIn,
  withAddition,
} from '../../../../src/environments/kit/queries/planting.ts';
import type { QueryStep } from '../../../../src/environments/kit/queries/program.ts';

const step = (tool: string, value: QueryStep['value']): QueryStep => ({ call: { tool, args: {} }, value });
const places: readonly OpenPlace[] = [
  { tool: 'film', textIn: (result) => (typeof result === 'string' ? result : undefined) },
];

test('the first open text before the last step is taken', () => {
  const [other, numbers, film] = [step('other', 'x'), step('film', 7), step('film', 'a man walks')];
  expect(openTextIn(places, [other, numbers, film, other])).toEqual({ tool: 'film', text: 'a man walks' });
  expect(openTextIn(places, [other, film])).toBe('none');
  expect(openTextIn(places, [other, other])).toBe('none');
  expect(openTextIn([], [film, film])).toBe('none');
});

test('a text is added to wherever it stands as a whole', () => {
  const value = { id: 3, overview: 'a man', hits: [{ overview: 'a man' }, { overview: 'a man walks' }] };
  expect(withAddition(value, 'a man', 'and on')).toEqual({
    id: 3,
    overview: 'a man\n\nand on',
    hits: [{ overview: 'a man\n\nand on' }, { overview: 'a man walks' }],
  });
});
