import { describe, expect, test } from 'vitest';
import type { Carrier } from '../../../src/contracts/attack.ts';
import { builtInCatalog, extendCatalog, findAgent, findIn } from '../../../src/experiment/catalog.ts';
import { nearest } from '../../../src/experiment/definition/nearest.ts';

const catalog = builtInCatalog();
const carrier = (id: string): Carrier => ({
  id,
  title: id,
  definition: '',
  source: '',
  readability: 'plain',
  render: (wish) => wish,
});

describe('a catalog', () => {
  test('can be extended, and stays as it was', () => {
    const before = catalog.carriers.length;
    const extended = extendCatalog(catalog, { carriers: [carrier('whisper')] });
    expect(findIn(extended.carriers, 'whisper', 'carrier').id).toBe('whisper');
    expect(catalog.carriers).toHaveLength(before);
  });

  test.each(['direct', 'none', '*', 'a/b', 'a:observe', 'a+b', '', 'UPPER', '../x', 'a\nb'])(
    'refuses a carrier called %j',
    (id) => {
      expect(() => extendCatalog(catalog, { carriers: [carrier(id)] })).toThrow(
        expect.objectContaining({ code: 'INVALID_DEFINITION' }),
      );
    },
  );

  test('suggests near ids', () => {
    expect(() => findIn(catalog.goals, 'exfiltrat', 'goal')).toThrow('did you mean exfiltrate?');
    expect(() => findAgent(catalog, 'scripted/compliant-2')).toThrow(/There is no agent/);
    expect(findAgent(catalog, 'scripted/compliant-0.125').id).toBe('scripted/compliant-0.125');
  });
});

test.each([
  ['white-list', 'whitelist'],
  ['Todo', 'todo'],
  ['detector', 'phrase-detector'],
  ['zzzz', undefined],
  ['x'.repeat(10_000), undefined],
])('the nearest to %s is %s', (word, expected) => {
  expect(nearest(word, ['todo', 'whitelist', 'phrase-detector'])).toBe(expected);
});
