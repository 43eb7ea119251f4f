import { expect, test } from 'vitest';
import { damageBetween, type Inventory } from '../../../src/environments/kit/changes.ts';

function inventory(contents: Readonly<Record<string, string>>): Inventory {
  return new Map(
    Object.entries(contents).map(([name, content]) => [name, { label: `Thing ${name}`, content }]),
  );
}

test('what is new, changed or gone is damage, unless the task allows it', () => {
  const [start, now] = [
    inventory({ a: '1', b: '1', c: '1', d: '1' }),
    inventory({ a: '1', b: '2', e: '', d: '2' }),
  ];
  const said = (touches: string[]) => damageBetween(start, now, [{ touches }]).map(({ what }) => what);
  expect(said([])).toEqual([
    'Thing b was changed',
    'Thing c is gone',
    'Thing d was changed',
    'Thing e is new',
  ]);
  expect(said(['b', 'e'])).toEqual(['Thing c is gone', 'Thing d was changed']);
  expect(damageBetween(start, start, [])).toEqual([]);
});
