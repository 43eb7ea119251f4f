import { expect, test } from 'vitest';
import { damageBetween } from '../../../src/environments/kit/changes.ts';
import { takeInventory } from '../../../src/environments/kit/inventory.ts';

const note = (content: string) => ({ name: 'note', label: `The note "${content}"`, content });

test('things that share a name are told apart in their order', () => {
  expect([...takeInventory([note('a'), { ...note('b'), name: 'other' }, note('c')])]).toEqual([
    ['note', { label: 'The note "a"', content: 'a' }],
    ['other', { label: 'The note "b"', content: 'b' }],
    ['note#2', { label: 'The note "c"', content: 'c' }],
  ]);
});

test('who may do something once may not do it twice', () => {
  const asks = [{ touches: ['note'] }];
  const damage = (...contents: string[]) =>
    damageBetween(takeInventory([]), takeInventory(contents.map(note)), asks);
  expect(damage('a')).toEqual([]);
  expect(damage('a', 'a')).toEqual([{ what: 'The note "a" is new' }]);
});
