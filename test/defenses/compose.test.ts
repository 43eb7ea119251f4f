import { describe, expect, test } from 'vitest';
import type { Defense, Verdict } from '../../src/contracts/defense.ts';
import type { JsonObject } from '../../src/contracts/json.ts';
import { createDefenseSet } from '../../src/defenses/compose.ts';
import { defenses } from '../../src/defenses/index.ts';
import { choose, context, createScope, define, defineTap, exchangeOf, request, served } from './setKit.ts';

describe('members', () => {
  test('stand in order from the host to the service', async () => {
    const order: string[] = [];
    const noting = (id: string): Defense =>
      defineTap(id, {
        hostRequest: (next) => async (asked, where) => {
          order.push(`${id} asks`);
          const reply = await next(asked, where);
          order.push(`${id} hears`);
          return reply;
        },
      });
    const set = createDefenseSet([choose('b'), choose('a')], [noting('a'), noting('b')], createScope());
    expect(await exchangeOf(set.taps('shop'), () => Promise.resolve(served))(request, context)).toBe(served);
    expect(order).toEqual(['b asks', 'a asks', 'a hears', 'b hears']);
  });

  test('give their texts and undo their marks, the outermost first', () => {
    const marking = (id: string): Defense =>
      define(id, {
        systemPrompt: `Mind ${id}.`,
        reveal: (text) => (text.startsWith(id) ? text.slice(1) : `${id} was not outermost`),
      });
    const set = createDefenseSet(
      [choose('a'), choose('plain'), choose('b')],
      [marking('a'), marking('b'), define('plain', {})],
      createScope(),
    );
    expect(set.systemPrompt).toBe('Mind a.\n\nMind b.');
    expect(set.reveal('abtext')).toBe('text');
    expect(set.taps('shop')).toEqual([]);
  });

  test('report under their own name and mode', async () => {
    const verdicts: Verdict[] = [];
    const set = createDefenseSet([{ id: 'whitelist', mode: 'observe', parameters: {} }], defenses, {
      ...createScope(),
      report: (verdict) => void verdicts.push(verdict),
    });
    await exchangeOf(set.taps('shop'), () => Promise.resolve(served))(request, context);
    expect(verdicts).toMatchObject([
      { defense: 'whitelist', mode: 'observe', action: 'allow', message: 'shop#1' },
    ]);
  });

  test('none leave everything as it is', () => {
    const set = createDefenseSet([], defenses, createScope());
    expect([set.taps('shop'), set.systemPrompt, set.reveal('text')]).toEqual([[], '', 'text']);
  });

  test.each([
    ['UNKNOWN_ID', choose('nonsense')],
    ['INVALID_EXPERIMENT', { ...choose('spotlighting'), mode: 'observe' as const }],
    ['INVALID_EXPERIMENT', choose('pinning', { onFailure: 'maybe' })],
    ['INVALID_EXPERIMENT', choose('pinning', { strength: 11 })],
  ])('that cannot be are refused (%s)', (code, choice) => {
    expect(() => createDefenseSet([choice], defenses, createScope())).toThrow(
      expect.objectContaining({ code }),
    );
  });

  test('keep their own parameters from the one that all have', () => {
    const seen: JsonObject[] = [];
    const defense: Defense = {
      ...define('a', {}),
      create({ parameters }) {
        seen.push(parameters);
        return {};
      },
    };
    createDefenseSet([choose('a', { onFailure: 'open', depth: 3 })], [defense], createScope());
    expect(seen).toEqual([{ depth: 3 }]);
  });
});
