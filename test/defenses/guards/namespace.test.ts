import { describe, expect, test } from 'vitest';
import { foldLookAlikes, shapeOf } from '../../../src/defenses/guards/names/lookAlikes.ts';
import { namespace } from '../../../src/defenses/guards/namespace.ts';
import { fc } from '../../support/properties.ts';
import { at, call, contextOf, listed, listing, play, start, tool } from '../kit.ts';
import { hostRequest, run } from './kit.ts';

describe('names that look alike', () => {
  test.each([
    ['read_note', 'readNote'],
    ['read_note', 'read-note'],
    ['read_note', 'READ.NOTE'],
    ['read_note', 'read_notes'],
    ['read_note', 'read_note_v2'],
    ['read_note', 'read_note2'],
    ['read_note', 'read_note_new'],
    ['read_note', 'rеad_note'],
    ['read_note', 'read\u200b_note'],
    ['read_note', 'ｒｅａｄ_note'],
    ['log_in', '1og_in'],
  ])('%s and %s', (one, other) => {
    expect(shapeOf(other)).toBe(shapeOf(one));
  });

  test.each([
    ['read_note', 'write_note'],
    ['read_note', 'read_inbox'],
    ['get_file', 'get_files_info'],
    ['v2', 'v3'],
  ])('%s and %s do not', (one, other) => {
    expect(shapeOf(other)).not.toBe(shapeOf(one));
  });

  test('every name has a shape, whatever stands in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 2000 }), (name) => {
        expect(shapeOf(name).length).toBeLessThan(6000);
        expect(foldLookAlikes(foldLookAlikes(name))).toBe(foldLookAlikes(name));
      }),
    );
  });
});

async function meet(first: [string, string[]], second: [string, string[]]) {
  const watched = start(namespace, 'enforce');
  const shown: unknown[][] = [];
  const taps = [first, second].map(([service]) => watched.tap(service));
  for (const [index, [service, names]] of [first, second].entries()) {
    const steps = [listing(names.map((name) => tool(name, 'x')))];
    const passages = await play(at(taps, index), steps, contextOf(service, '2025'));
    shown.push([...listed(at(passages, 0))]);
  }
  return { watched, shown, taps };
}

describe('a collision', () => {
  test('is decided for the approved tool, also when the other lists first', async () => {
    const { shown, watched } = await meet(
      ['stranger', ['search', 'orders', 'own']],
      ['shop', ['search', 'order']],
    );
    expect(shown).toEqual([['own'], ['search', 'order']]);
    expect(watched.verdicts.map(({ reason }) => reason)).toEqual([
      'the tool "search" of stranger has the name of one of shop; the tool "orders" of stranger can be taken for "order" of shop',
    ]);
  });

  test('between services that nobody has approved is decided for the first', async () => {
    const { shown } = await meet(['one', ['tidy']], ['two', ['tidy_v2', 'own']]);
    expect(shown).toEqual([['tidy'], ['own']]);
  });

  test('keeps calls from the withheld tool, and says nothing of the service', async () => {
    const { taps } = await meet(['one', ['tidy']], ['two', ['tidy']]);
    const [passage] = await play(at(taps, 1), [call('tidy')], contextOf('two', '2026'));
    expect(passage?.passed).toBeUndefined();
    expect(passage?.reply).toMatchObject({ result: { isError: true } });
    const [own] = await play(at(taps, 0), [call('tidy')], contextOf('one', '2026'));
    expect(own?.passed).toBeDefined();
  });

  test('within one service is none of this', async () => {
    const { shown, watched } = await meet(['one', ['get_file', 'get_files']], ['one', ['get_file']]);
    expect(shown).toEqual([['get_file', 'get_files'], ['get_file']]);
    expect(watched.verdicts).toEqual([]);
  });

  test('concerns prompts too, and not tools of the same name', async () => {
    const watched = start(namespace, 'enforce');
    const prompts = () => hostRequest('prompts/list', {}, { prompts: [{ name: 'gift' }] });
    await play(watched.tap('one'), [prompts(), listing([tool('gift', 'x')])], contextOf('one', '2025'));
    expect(watched.verdicts).toEqual([]);
    const [passage] = await play(watched.tap('two'), [prompts()], contextOf('two', '2025'));
    expect(passage?.reply).toMatchObject({ result: { prompts: [] } });
  });

  test('cannot be brought about for names beyond those that one service may hold', async () => {
    const names = Array.from({ length: 2500 }, (_, index) => `z${index}q`);
    const { shown } = await meet(['one', names], ['two', ['z2400q', 'z5q']]);
    expect(shown[1]).toEqual(['z2400q']);
  });
});

describe('tools by service', () => {
  test('have its name in front, and are called by either name', async () => {
    const { passages } = await run(
      namespace,
      [listing([tool('search', 'x'), 'odd']), call('shop__search'), call('search')],
      { parameters: { qualify: true } },
    );
    expect(at(passages, 0).reply).toMatchObject({ result: { tools: [{ name: 'shop__search' }, 'odd'] } });
    for (const place of [1, 2])
      expect(at(passages, place).passed).toMatchObject({ params: { name: 'search', arguments: {} } });
  });

  test('are as they were when only observing', async () => {
    const { last } = await run(namespace, [listing([tool('search', 'x')])], {
      mode: 'observe',
      parameters: { qualify: true },
    });
    expect(listed(last)).toEqual(['search']);
  });
});
