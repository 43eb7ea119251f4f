import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { JsonObject } from '../../../src/contracts/json.ts';
import { type McpReply, resultReply } from '../../../src/contracts/wire.ts';
import { budget } from '../../../src/defenses/guards/budget/index.ts';
import { at, call, contextOf, firstText, listed, listing, play, type Step, start, tool } from '../kit.ts';
import { ask, exchange, hostRequest, notice, run, untouched } from './kit.ts';

const times = (count: number, step: Step): Step[] => Array.from({ length: count }, () => step);
const text = (length: number): JsonObject => ({ content: [{ type: 'text', text: 'x'.repeat(length) }] });

describe('calls', () => {
  test('that are equal stop after twelve in a row, and go on after another', async () => {
    const { passages, reasons } = await run(budget, [
      ...times(14, call('search')),
      call('order'),
      call('search'),
    ]);
    const passed = passages.map((each) => each.passed !== undefined);
    expect(passed).toEqual([...Array<unknown>(12).fill(true), false, false, true, true]);
    expect(reasons[0]).toBe('over the budget: the same call of "search" of shop more than 12 times in a row');
    expect(firstText(at(passages, 12))).toBe('The call was refused: the budget for calls is used up');
  });

  test('of one tool stop at its limit, others go on', async () => {
    const different = Array.from({ length: 4 }, (_, index) =>
      hostRequest('tools/call', { name: 'search', arguments: { index } }, { content: [] }),
    );
    const { passages } = await run(budget, [...different, call('order')], {
      parameters: { callsPerTool: 3 },
    });
    expect(passages.map(({ passed }) => passed !== undefined)).toEqual([true, true, true, false, true]);
  });

  test('are counted over all services', async () => {
    const watched = start(budget, 'enforce', { calls: 3 });
    const passed: boolean[] = [];
    for (const service of ['shop', 'post', 'shop', 'post'])
      for (const each of await play(watched.tap(service), [call(service)], contextOf(service, '2025')))
        passed.push(each.passed !== undefined);
    expect(passed).toEqual([true, true, true, false]);
  });

  test('do not count again when they bring answers', async () => {
    const retry = hostRequest(
      'tools/call',
      { name: 'search', arguments: {}, inputResponses: {} },
      { content: [] },
    );
    const { reasons } = await run(budget, [call('search'), ...times(30, retry)]);
    expect(reasons).toEqual([]);
  });
});

describe('sizes', () => {
  test('of one message', async () => {
    const steps = [call('search', text(99_000)), call('search', text(101_000))];
    const { passages, reasons } = await run(budget, steps);
    expect(untouched(at(passages, 0), at(steps, 0))).toBe(true);
    expect(firstText(at(passages, 1))).toBe('The answer was withheld: it is too large');
    expect(reasons).toEqual(['over the budget: a message of shop above the size 100000']);
  });

  test('of all messages together', async () => {
    const steps = Array.from({ length: 6 }, (_, index) => call(`tool-${index}`, text(80_000)));
    const { passages } = await run(budget, steps);
    expect(passages.map((passage, index) => untouched(passage, at(steps, index)))).toEqual([
      ...Array<unknown>(4).fill(true),
      false,
      false,
    ]);
  });

  test('of errors, questions and notifications', async () => {
    const long = 'x'.repeat(101_000);
    const { passages, verdicts } = await run(budget, [
      { kind: 'host-request', method: 'ping', reply: { kind: 'error', error: { code: 1, message: long } } },
      ask({ message: long }),
      notice('notifications/message', { data: long }),
    ]);
    expect(passages.map(({ passed }) => passed !== undefined)).toEqual([true, false, false]);
    expect(JSON.stringify(at(passages, 0).reply).length).toBeLessThan(200);
    expect(verdicts.map(({ action }) => action)).toEqual(['redact', 'block', 'block']);
  });

  test('of a list: it holds approved tools only, if they fit', async () => {
    const swollen = tool('flood', 'x'.repeat(200_000));
    const { last } = await run(budget, [listing([swollen, tool('search', 'x')])]);
    expect(listed(last)).toEqual(['search']);
    const all = await run(budget, [listing([tool('search', 'x'.repeat(200_000))])]);
    expect(listed(all.last)).toEqual([]);
  });
});

describe('lists', () => {
  const many = Array.from({ length: 130 }, (_, index) => tool(`tool-${index}`, 'x'));

  test('that are too long hold what the user has approved', async () => {
    const { last, reasons } = await run(budget, [
      listing([...many, tool('order', 'x')], { nextCursor: '2' }),
    ]);
    expect(listed(last)).toEqual(['order']);
    expect(last.reply?.kind === 'result' && last.reply.result['nextCursor']).toBeUndefined();
    expect(reasons).toEqual(['over the budget: more than 120 tools of shop']);
  });

  test('that are too long hold each approved tool once', async () => {
    const twice = [...many, tool('order', 'x'), tool('order', 'y')];
    expect(listed((await run(budget, [listing(twice)])).last)).toEqual(['order']);
  });

  test('are counted over their pages, anew each time', async () => {
    const [one, two] = [many.slice(0, 70), many.slice(70)];
    const { passages } = await run(budget, [
      listing(one, { nextCursor: '2' }),
      listing(two, {}, '2'),
      listing(one, { nextCursor: '2' }),
    ]);
    expect(passages.map((passage) => listed(passage).length)).toEqual([70, 0, 70]);
  });

  test('have an end', async () => {
    const page = (index: number): Step =>
      listing([tool(`tool-${index}`, 'x')], { nextCursor: `${index}` }, index === 0 ? undefined : `${index}`);
    const { passages } = await run(
      budget,
      Array.from({ length: 17 }, (_, index) => page(index)),
    );
    expect(passages.map((passage) => listed(passage).length)).toEqual([...Array<unknown>(16).fill(1), 0]);
  });
});

describe('time', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const never = (): Promise<McpReply> => new Promise(() => undefined);
  const request = { id: 'shop#1', method: 'tools/call', params: { name: 'search' } };

  test('for an answer has an end', async () => {
    const watched = start(budget, 'enforce', { callMs: 1 });
    const replied = exchange(watched.tap(), never)(request, contextOf('shop', '2026'));
    await vi.advanceTimersByTimeAsync(1);
    const reply = await replied;
    expect(reply).toMatchObject({ result: { isError: true, resultType: 'complete' } });
    expect(watched.verdicts).toMatchObject([{ reason: 'over the budget: no answer of shop within 1 ms' }]);
  });

  test('does not run while the user thinks about a question', async () => {
    const watched = start(budget, 'enforce', { callMs: 1 });
    const tap = watched.tap();
    const context = contextOf('shop', '2025');
    const slowUser = (): Promise<McpReply> =>
      new Promise((resolve) => setTimeout(() => resolve(resultReply({ action: 'accept' })), 30));
    const asking = async (): Promise<McpReply> => {
      const answer = tap.serviceRequest?.(slowUser)({ id: 'shop#2', method: 'elicitation/create' }, context);
      return (await answer) ?? never();
    };
    const replied = exchange(tap, asking)(request, context);
    await vi.advanceTimersByTimeAsync(30);
    expect(await replied).toEqual(resultReply({ action: 'accept' }));
    expect(watched.verdicts).toEqual([]);
  });

  test('of a subscription has none', async () => {
    const watched = start(budget, 'enforce', { callMs: 1 });
    let end: (reply: McpReply) => void = () => undefined;
    const listening = exchange(watched.tap(), () => new Promise((resolve) => (end = resolve)))(
      { id: 'shop#1', method: 'subscriptions/listen' },
      contextOf('shop', '2026'),
    );
    await vi.advanceTimersByTimeAsync(100);
    expect(watched.verdicts).toEqual([]);
    end(resultReply({ over: true }));
    expect(await listening).toEqual(resultReply({ over: true }));
  });

  test('that is over is only reported when observing', async () => {
    const watched = start(budget, 'observe', { callMs: 1 });
    const slow = (): Promise<McpReply> =>
      new Promise((resolve) => setTimeout(() => resolve(resultReply({ content: [] })), 30));
    const replied = exchange(watched.tap(), slow)(request, contextOf('shop', '2025'));
    await vi.advanceTimersByTimeAsync(30);
    expect(await replied).toEqual(resultReply({ content: [] }));
    expect(watched.verdicts).toHaveLength(1);
  });
});

test('questions and notifications are counted', async () => {
  const { passages } = await run(budget, [...times(9, ask({ message: 'Sure?' })), ...times(66, notice('x'))]);
  const passed = passages.map((each) => each.passed !== undefined);
  expect(passed.slice(0, 9)).toEqual([...Array<unknown>(8).fill(true), false]);
  expect(passed.slice(9)).toEqual([...Array<unknown>(64).fill(true), false, false]);
});

test('observing reports all of it and changes nothing', async () => {
  const steps = [
    ...times(13, call('search')),
    call('order', text(200_000)),
    ...times(9, ask({})),
    ...times(65, notice('x')),
  ];
  const { passages, verdicts } = await run(budget, steps, { mode: 'observe' });
  expect(passages.every((passage, index) => untouched(passage, at(steps, index)))).toBe(true);
  expect(verdicts.map(({ action }) => action)).toEqual(Array<unknown>(4).fill('allow'));
});
