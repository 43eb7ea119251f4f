import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { firstJson } from '../../../src/environments/kit/firstJson.ts';
import { fc } from '../../support/properties.ts';

const names = z.array(z.object({ name: z.string() }));

describe('firstJson', () => {
  test('finds the value among other text', () => {
    const value = [{ name: 'a "quoted" ]} \\ name' }];
    const text = `[IMPORTANT] {"name":"no list"} [1] <<${JSON.stringify(value)}>> [{"name":"later"}]`;
    expect(firstJson(text, names)).toEqual({ kind: 'found', value });
  });

  test.each(['', 'nothing here', '[{"name":1}]', '[{"name":"cut off"', '[[[['])(
    'finds none in %j',
    (text) => {
      expect(firstJson(text, names)).toEqual({ kind: 'none' });
    },
  );

  test('gives up on text that only looks like JSON', () => {
    expect(firstJson(`${'[x] '.repeat(64)}[]`, names)).toEqual({ kind: 'none' });
    expect(firstJson(`${'[x] '.repeat(63)}[]`, names)).toEqual({ kind: 'found', value: [] });
  });

  test('finds every JSON object behind any text without brackets', () => {
    const plain = fc.string().map((text) => text.replaceAll(/[[\]{}]/g, ''));
    fc.assert(
      fc.property(plain, fc.dictionary(fc.string(), fc.jsonValue()), plain, (before, value, after) => {
        const text = `${before}${JSON.stringify(value)}${after}`;
        const read = firstJson(
          text,
          z.custom((it) => typeof it === 'object'),
        );
        expect(read).toEqual({ kind: 'found', value: JSON.parse(JSON.stringify(value)) as unknown });
      }),
    );
  });
});
