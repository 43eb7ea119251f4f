import { describe, expect, test } from 'vitest';
import { resultReply } from '../../src/contracts/wire.ts';
import { defaultWireLimits } from '../../src/protocol/wire.ts';
import { fc } from '../support/properties.ts';
import { connectRaw } from '../support/rawService.ts';
import { onHostRequest, passThrough, spy } from '../support/taps.ts';

const call = { jsonrpc: '2.0', id: 7, method: 'tools/call', params: { name: 'x' } } as const;
const reply = (result: object, id: unknown = 7): object => ({ jsonrpc: '2.0', id, result });
const limits = { maxMessageSize: 200, maxDepth: 5, maxServiceMessages: 10, maxServiceSize: 10_000 };

function nested(depth: number): unknown {
  return depth === 0 ? 'x' : [nested(depth - 1)];
}

describe('a wire', () => {
  test('answers for a reply that is too large', async () => {
    const { wire, say, received, faults } = await connectRaw({ limits });
    const sent = wire.send(call);
    say(reply({ text: 'x'.repeat(300) }));
    await sent;
    expect(received).toEqual([
      {
        jsonrpc: '2.0',
        id: 7,
        error: { code: -32603, message: expect.stringContaining('200 characters') as unknown },
      },
    ]);
    expect(faults.map(({ code }) => code)).toEqual(['OVERSIZED']);
  });

  test('answers for a reply that is nested too deep, however deep', async () => {
    for (const depth of [5, 5000]) {
      const { wire, say, received, faults } = await connectRaw({ limits });
      const sent = wire.send(call);
      say(reply({ text: nested(depth) }));
      await sent;
      expect(received).toMatchObject([{ id: 7, error: { code: -32603 } }]);
      expect(faults.map(({ code }) => code)).toEqual(['OVERSIZED']);
    }
  });

  test('keeps oversized requests and notifications from the host', async () => {
    const { say, received, faults } = await connectRaw({ limits });
    const params = { text: 'x'.repeat(300) };
    say({ jsonrpc: '2.0', id: 1, method: 'sampling/createMessage', params });
    say({ jsonrpc: '2.0', method: 'notifications/message', params });
    expect(received).toEqual([]);
    expect(faults.map(({ code }) => code)).toEqual(['OVERSIZED', 'OVERSIZED']);
  });

  test('lets through what is just within the limits', async () => {
    const { wire, say, received, faults } = await connectRaw({ limits });
    const sent = wire.send(call);
    say(reply({ text: nested(2) }));
    await sent;
    expect(received).toEqual([reply({ text: nested(2) })]);
    expect(faults).toEqual([]);
  });

  test('ends the connection of a service that floods it, once', async () => {
    const { wire, say, received, faults, closes } = await connectRaw({ limits });
    const sent = wire.send(call);
    for (let count = 0; count < 25; count++) say({ jsonrpc: '2.0', method: 'notifications/message' });
    await sent;
    expect(received).toHaveLength(10);
    expect(faults).toEqual([
      { service: 'raw', code: 'FLOOD', what: expect.stringContaining('10 messages') as unknown },
    ]);
    expect(closes).toEqual({ host: 1, inner: 1 });
  });

  test('ends the connection of a service whose messages are too much together, once', async () => {
    const { wire, say, received, faults, closes } = await connectRaw({
      limits: { ...limits, maxServiceSize: 500 },
    });
    const sent = wire.send(call);
    const params = { text: 'x'.repeat(100) };
    say({ jsonrpc: '2.0', method: 'notifications/message', params: { text: 'x'.repeat(300) } });
    for (let count = 0; count < 8; count++) say({ jsonrpc: '2.0', method: 'notifications/message', params });
    await sent;
    // What is too large by itself is not kept, and so not counted.
    expect(received).toHaveLength(2);
    expect(faults.map(({ code }) => code)).toEqual(['OVERSIZED', 'FLOOD']);
    expect(faults[1]?.what).toContain('500 characters');
    expect(closes).toEqual({ host: 1, inner: 1 });
  });

  test('counts unreadable messages as well', async () => {
    const { say, fail, faults, closes } = await connectRaw({ limits });
    for (let count = 0; count < 25; count++) {
      say('noise');
      fail(new SyntaxError('Unexpected token'));
    }
    expect(faults).toHaveLength(11);
    expect(faults.at(-1)?.code).toBe('FLOOD');
    expect(closes.host).toBe(1);
  });

  test('has limits by default', () => {
    for (const limit of Object.values(defaultWireLimits)) expect(Number.isFinite(limit)).toBe(true);
  });

  test('hands on a reply that nobody waits for, with a fault', async () => {
    const { say, received, faults } = await connectRaw();
    say(reply({}, 'forged'));
    expect(received).toEqual([reply({}, 'forged')]);
    expect(faults).toMatchObject([
      { code: 'UNMATCHED_REPLY', what: expect.stringContaining('"forged"') as unknown },
    ]);
  });

  test('takes only the first of two replies', async () => {
    const { wire, say, received, faults } = await connectRaw();
    const sent = wire.send(call);
    say(reply({ first: true }));
    await sent;
    say(reply({ first: false }));
    expect(received[0]).toEqual(reply({ first: true }));
    expect(faults.map(({ code }) => code)).toEqual(['UNMATCHED_REPLY']);
  });

  test('fails a request whose transport fails, with the reason, while taps see it as dropped', async () => {
    const { tap, seen } = spy();
    const { wire, refuse, received } = await connectRaw({ hostTaps: [tap], serviceTaps: [passThrough] });
    const reason = new Error('no route');
    refuse(reason);
    await expect(wire.send(call)).rejects.toBe(reason);
    expect(seen.replies).toEqual([{ kind: 'dropped' }]);
    expect(received).toEqual([]);
  });

  test('lets a tap try again what the transport has failed', async () => {
    const again = onHostRequest('tools/call', (next) => async (request, context) => {
      const first = await next(request, context);
      return first.kind === 'dropped' ? resultReply({ rescued: true }) : first;
    });
    const { wire, refuse, received } = await connectRaw({ hostTaps: [again] });
    refuse(new Error('no route'));
    await wire.send(call);
    expect(received).toEqual([reply({ rescued: true })]);
  });

  test('fails a request whose answer ends without a reply', async () => {
    const { wire, options, faults, received } = await connectRaw({ hostTaps: [passThrough] });
    const sent = wire.send(call);
    await Promise.resolve();
    options[0]?.onRequestStreamEnd?.();
    await expect(sent).rejects.toThrow('without a reply');
    expect(faults.map(({ code }) => code)).toEqual(['TRANSPORT']);
    expect(received).toEqual([]);
  });

  test('says so when the service goes, and ends every request', async () => {
    const { wire, end, faults, closes } = await connectRaw();
    const sent = [wire.send(call), wire.send({ ...call, id: 8 })];
    end();
    await Promise.all(sent);
    expect(faults.map(({ code }) => code)).toEqual(['CLOSED']);
    expect(closes.host).toBe(1);
  });

  test('closes quietly, and once, when the host goes', async () => {
    const { wire, faults, closes } = await connectRaw();
    await wire.close();
    await wire.close();
    expect(faults).toEqual([]);
    expect(closes.host).toBe(1);
  });

  test('never sends what a canceled request would have sent', async () => {
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const hold = {
      name: 'hold',
      hostRequest:
        (next: Parameters<NonNullable<typeof passThrough.hostRequest>>[0]) =>
        async (...at: Parameters<typeof next>) => {
          await gate;
          return next(...at);
        },
    };
    const { wire, heard, received } = await connectRaw({ serviceTaps: [hold] });
    const sent = wire.send(call);
    await wire.send({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 7 } });
    release();
    await sent;
    expect(heard).toEqual([]);
    expect(received).toEqual([]);
  });

  test('survives anything a service says, and names it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(fc.jsonValue(), hostileFrame), { maxLength: 20 }),
        async (messages) => {
          const { say, received, wire } = await connectRaw({
            hostTaps: [passThrough],
            serviceTaps: [passThrough],
          });
          for (const message of messages) say(message);
          await wire.close();
          for (const message of received) expect(message).toMatchObject({ jsonrpc: '2.0' });
        },
      ),
    );
  });
});

/** Almost JSON-RPC. */
const hostileFrame = fc.record(
  {
    jsonrpc: fc.constant('2.0'),
    id: fc.oneof(fc.integer(), fc.string(), fc.constant(null)),
    method: fc.oneof(fc.constantFrom('initialize', 'notifications/cancelled', 'ping'), fc.jsonValue()),
    params: fc.jsonValue(),
    result: fc.jsonValue(),
    error: fc.jsonValue(),
  },
  { requiredKeys: ['jsonrpc'] },
);
