import { describe, expect, test } from 'vitest';
import { isJsonObject, type JsonObject } from '../../src/contracts/json.ts';
import {
  type Exchange,
  type McpReply,
  resultReply,
  type Tap,
  type WireContext,
} from '../../src/contracts/wire.ts';
import { composeHostRequest, composeServiceRequest, passNotification } from '../../src/protocol/chain.ts';
import {
  classify,
  notificationFrame,
  replyOf,
  requestFrame,
  responseFrame,
} from '../../src/protocol/frames.ts';
import { createLineSplitter, LimitExceeded } from '../../src/protocol/lines.ts';
import { fc } from '../support/properties.ts';
import { connectRaw } from '../support/rawService.ts';
import { passThrough } from '../support/taps.ts';

const jsonObject = fc
  .jsonValue()
  .map((value): JsonObject => (isJsonObject(value) ? value : { value: value as null }));
const id = fc.oneof(fc.integer(), fc.string());
const context: WireContext = {
  service: 's',
  transport: 'memory',
  era: '2026',
  signal: new AbortController().signal,
  notify: () => undefined,
  request: async () => ({ kind: 'dropped' }),
};

describe('frames', () => {
  test('that we make are told apart as what they are', () => {
    fc.assert(
      fc.property(id, fc.string(), fc.option(jsonObject, { nil: undefined }), (frameId, method, params) => {
        expect(classify(requestFrame(frameId, method, params)).kind).toBe('request');
        expect(classify(notificationFrame(method, params)).kind).toBe('notification');
      }),
    );
  });

  test('carry a reply there and back', () => {
    const reply: fc.Arbitrary<McpReply> = fc.oneof(
      jsonObject.map(resultReply),
      fc.record({
        kind: fc.constant('error' as const),
        error: fc.record({
          code: fc.integer(),
          message: fc.string(),
          data: fc.jsonValue().map((data) => data as string),
        }),
      }),
    );
    fc.assert(
      fc.property(id, reply, (frameId, sent) => {
        const frame = responseFrame(frameId, sent);
        const classified = classify(frame);
        if (classified.kind !== 'response') throw new Error('no response');
        expect(classified.frame.id).toBe(frameId);
        expect(replyOf(classified.frame)).toEqual(sent);
      }),
    );
    expect(responseFrame(1, { kind: 'dropped' })).toBeUndefined();
  });

  test.each([
    null,
    'text',
    [],
    {},
    { method: 5 },
    { method: 'x', params: [] },
    { method: 'x', id: {} },
    { id: 1 },
    { id: 1, result: 'text' },
    { id: 1, error: 'text' },
    { id: 1, error: { code: 'x', message: 'y' } },
    { id: 1, error: { code: 1 } },
    { id: null, result: {} },
  ])('that break the rules are malformed: %j', (message) => {
    expect(classify(message)).toEqual({ kind: 'malformed' });
  });
});

describe('a chain of taps', () => {
  const marking = (name: string, order: string[]): Tap => {
    const mark =
      (next: Exchange): Exchange =>
      async (request, at) => {
        order.push(`>${name}`);
        const reply = await next(request, at);
        order.push(`<${name}`);
        return reply;
      };
    return { name, hostRequest: mark, serviceRequest: mark };
  };

  test('is passed in order on the way there and in reverse on the way back', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string(), { maxLength: 6 }), async (names) => {
        const order: string[] = [];
        const taps = names.map((name) => marking(name, order));
        const request = { id: 's#1', method: 'm' };
        const last: Exchange = async () => resultReply({});
        const there = names.map((name) => `>${name}`);
        const back = names.map((name) => `<${name}`).reverse();

        await composeHostRequest(taps, last)(request, context);
        expect(order.splice(0)).toEqual([...there, ...back]);

        await composeServiceRequest(taps, last)(request, context);
        expect(order).toEqual([...there.reverse(), ...back.reverse()]);
      }),
    );
  });

  test('ends for a notification at the tap that drops it', () => {
    const message = { id: 's#1', direction: 'to-host', method: 'm' } as const;
    const visited: number[] = [];
    const taps = [0, 1, 2].map(
      (number): Tap => ({
        name: String(number),
        notification(passing) {
          visited.push(number);
          return number === 1 ? undefined : { ...passing, method: `${passing.method}${number}` };
        },
      }),
    );
    expect(passNotification([{ name: 'none' }, ...taps.slice(0, 1)], message, context)).toMatchObject({
      method: 'm0',
    });
    expect(passNotification(taps, message, context)).toBeUndefined();
    expect(visited).toEqual([0, 0, 1]);
  });

  test('waits for a tap that holds a notification back', async () => {
    const message = { id: 's#1', direction: 'to-host', method: 'm' } as const;
    const visited: string[] = [];
    const note = (name: string, held: boolean): Tap => ({
      name,
      notification(passing) {
        visited.push(name);
        return held ? Promise.resolve(passing) : passing;
      },
    });
    const taps = [note('first', true), note('second', false), note('third', true)];
    const passed = passNotification(taps, message, context);
    expect(visited).toEqual(['first']);
    expect(await passed).toBe(message);
    expect(visited).toEqual(['first', 'second', 'third']);
    const dropping = { name: 'drop', notification: () => Promise.resolve(undefined) };
    expect(await passNotification([dropping, note('fourth', false)], message, context)).toBeUndefined();
    expect(visited).not.toContain('fourth');
  });

  test('that only passes on changes nothing, whatever is said', async () => {
    await fc.assert(
      fc.asyncProperty(jsonObject, jsonObject, async (params, result) => {
        const { wire, heard, received, say, faults } = await connectRaw({
          hostTaps: [passThrough],
          serviceTaps: [passThrough, passThrough],
        });
        const request = { jsonrpc: '2.0', id: 1, method: 'tools/call', params } as const;
        const sent = wire.send(request);
        await settled();
        expect(heard).toEqual([request]);
        say({ jsonrpc: '2.0', id: 1, result });
        await sent;
        expect(received).toEqual([{ jsonrpc: '2.0', id: 1, result }]);
        expect(faults).toEqual([]);
      }),
    );
  });
});

/** Lets every pending microtask run. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

describe('lines', () => {
  test('are the same however the bytes are cut', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.string({ unit: 'grapheme' }).filter((line) => !/[\r\n]/.test(line)),
          { maxLength: 8 },
        ),
        fc.infiniteStream(fc.integer({ min: 1, max: 9 })),
        (lines, sizes) => {
          const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));
          const found: string[] = [];
          const split = createLineSplitter(10_000, (line) => found.push(line));
          for (let start = 0; start < bytes.length; ) {
            const size = Number(sizes.next().value);
            split(bytes.subarray(start, start + size));
            start += size;
          }
          expect(found).toEqual(lines);
        },
      ),
    );
  });

  test('lose their line ends of either kind, and an unfinished line waits', () => {
    const found: string[] = [];
    const split = createLineSplitter(100, (line) => found.push(line));
    split(Buffer.from('one\r\ntwo\nthr'));
    expect(found).toEqual(['one', 'two']);
  });

  test('over the limit are cut off, in one chunk or in many', () => {
    const split = createLineSplitter(10, () => undefined);
    split(Buffer.from('0123456789\n0123456789'));
    expect(() => split(Buffer.from('x'))).toThrow(LimitExceeded);
    const many = createLineSplitter(10, () => undefined);
    expect(() => {
      for (let count = 0; count < 11; count++) many(Buffer.from('x'));
    }).toThrow(LimitExceeded);
  });
});
