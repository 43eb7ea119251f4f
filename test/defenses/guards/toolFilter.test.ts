import { describe, expect, test } from 'vitest';
import { toolFilter } from '../../../src/defenses/guards/toolFilter.ts';
import { createWordIndex } from '../../../src/defenses/guards/words.ts';
import { at, call, listed, listing, tool } from '../kit.ts';
import { hostRequest, run, untouched } from './kit.ts';

const search = tool('search', 'x', { annotations: { readOnlyHint: true } });
const order = tool('order', 'x', { annotations: { readOnlyHint: false, destructiveHint: true } });
const note = tool('note', 'x', { annotations: { readOnlyHint: false, destructiveHint: false } });
const wipe = tool('wipe_all', 'x');
const all = [search, order, note, wipe];

async function shown(
  parameters: Record<string, string | boolean | Record<string, string[]>>,
  service = 'shop',
) {
  const { last, reasons } = await run(toolFilter, [listing(all)], { parameters, service });
  return { names: listed(last), reasons };
}

describe('shows', () => {
  test('what the user has approved', async () => {
    expect((await shown({})).names).toEqual(['search', 'order']);
    expect((await shown({}, 'stranger')).names).toEqual([]);
  });

  test('what is on the list', async () => {
    const tools = { shop: ['note', 'search'] };
    expect((await shown({ tools })).names).toEqual(['search', 'note']);
    expect((await shown({ tools }, 'stranger')).names).toEqual([]);
    expect((await shown({ tools: 'any' })).names).toHaveLength(4);
  });

  test('only what is marked as read-only', async () => {
    const { names, reasons } = await shown({ tools: 'any', readOnly: true });
    expect(names).toEqual(['search']);
    expect(reasons[0]).toContain('the tool "order" of shop is not marked as read-only');
  });

  test('nothing destructive, by the defaults of the specification', async () => {
    expect((await shown({ tools: 'any', destructive: 'withhold' })).names).toEqual(['search', 'note']);
  });

  test('what is destructive and named by the instruction', async () => {
    // The instruction is "Order two cups".
    expect((await shown({ tools: 'any', destructive: 'named' })).names).toEqual(['search', 'order', 'note']);
    expect((await shown({ tools: 'any', destructive: 'named' }, 'cups')).names).toHaveLength(4);
  });
});

test('refuses calls of what it withholds, listed or not', async () => {
  const { passages } = await run(toolFilter, [call('note'), call('search')]);
  expect(passages.map(({ passed }) => passed !== undefined)).toEqual([false, true]);
  const readOnly = await run(toolFilter, [call('search'), listing([search]), call('search')], {
    parameters: { readOnly: true },
  });
  expect(readOnly.passages.map(({ passed }) => passed !== undefined)).toEqual([false, true, true]);
});

test('leaves everything but tools alone', async () => {
  const steps = [
    hostRequest('prompts/list', {}, { prompts: [{ name: 'x' }] }),
    hostRequest('prompts/get', { name: 'x' }, { messages: [] }),
  ];
  const { passages, verdicts } = await run(toolFilter, steps, { service: 'stranger' });
  expect(passages.every((passage, index) => untouched(passage, at(steps, index)))).toBe(true);
  expect(verdicts).toEqual([]);
});

test.each([
  ['delete_note', 'Please delete my notes', true],
  ['deleteNote', 'My note: delete it', true],
  ['delete_note', 'Please delete this', false],
  ['', 'Please', false],
  ['__', 'Please', false],
])('%j is named by %j: %s', (name, text, expected) => {
  expect(createWordIndex(text).hasAll(name)).toBe(expected);
});
