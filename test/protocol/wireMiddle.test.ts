import type { JSONRPCMessage, Transport } from '@modelcontextprotocol/client';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src/contracts/json.ts';
import { resultReply, type Tap, type WireContext } from '../../src/contracts/wire.ts';
import { connectRaw } from '../support/rawService.ts';
import { onHostRequest, onServiceRequest, spy } from '../support/taps.ts';

const subscriptionKey = 'io.modelcontextprotocol/subscriptionId';
const _meta = { 'io.modelcontextprotocol/protocolVersion': '2026-07-28' };
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Sends a request and lets it come as far as it can. */
function start(wire: Transport, request: JSONRPCMessage): Promise<void> {
  void wire.send(request);
  return settled();
}

/** Keeps the context of the first request, to act on the wire from outside. */
function grip(): { tap: Tap; context: () => WireContext } {
  let held: WireContext | undefined;
  const tap: Tap = {
    name: 'grip',
    hostRequest: (next) => (request, context) => {
      held ??= context;
      return next(request, context);
    },
  };
  return {
    tap,
    context() {
      if (held === undefined) throw new Error('No request yet');
      return held;
    },
  };
}

describe('change notices of taps in the 2026 era', () => {
  const listen = (id: string, notifications: JsonObject) =>
    ({ jsonrpc: '2.0', id, method: 'subscriptions/listen', params: { _meta, notifications } }) as const;
  const changed = 'notifications/tools/list_changed';

  test('reach exactly those streams that are open and have asked for them', async () => {
    const { tap, context } = grip();
    const { wire, received, say } = await connectRaw({ serviceTaps: [tap] });
    await start(wire, listen('a', { toolsListChanged: true }));
    await start(wire, listen('b', { promptsListChanged: true }));
    await start(wire, listen('c', { toolsListChanged: true }));
    context().notify('to-host', changed, { _meta: { own: 1 } });
    expect(received).toEqual(
      ['a', 'c'].map((id) => ({
        jsonrpc: '2.0',
        method: changed,
        params: { _meta: { own: 1, [subscriptionKey]: id } },
      })),
    );

    say({ jsonrpc: '2.0', id: 'a', result: {} });
    await settled();
    await wire.send({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 'c' } });
    received.length = 0;
    context().notify('to-host', changed);
    expect(received).toEqual([]);
  });

  test('go to whoever holds the subscriptions, where that is not the wire', async () => {
    const { tap, context } = grip();
    const announced: string[] = [];
    const { wire, received } = await connectRaw({
      serviceTaps: [tap],
      era: '2026',
      announce: (method) => void announced.push(method),
    });
    await start(wire, { jsonrpc: '2.0', id: 1, method: 'tools/call' });
    context().notify('to-host', changed);
    context().notify('to-host', 'notifications/message', { data: 'x' });
    expect(announced).toEqual([changed]);
    expect(received).toEqual([{ jsonrpc: '2.0', method: 'notifications/message', params: { data: 'x' } }]);
  });
});

describe('notifications', () => {
  test('pass host taps and then service taps, or the other way round', async () => {
    const order: string[] = [];
    const mark = (name: string): Tap => ({
      name,
      notification(message) {
        order.push(name);
        return message;
      },
    });
    const { wire, say } = await connectRaw({
      hostTaps: [mark('host 1'), mark('host 2')],
      serviceTaps: [mark('service 1'), mark('service 2')],
    });
    await wire.send({ jsonrpc: '2.0', method: 'notifications/x' });
    expect(order.splice(0)).toEqual(['host 1', 'host 2', 'service 1', 'service 2']);
    say({ jsonrpc: '2.0', method: 'notifications/x' });
    expect(order).toEqual(['service 2', 'service 1', 'host 2', 'host 1']);
  });

  test('of taps pass only what lies between the middle and their receiver', async () => {
    const host = spy();
    const service = spy();
    const { tap, context } = grip();
    const { wire, heard, received } = await connectRaw({
      hostTaps: [host.tap],
      serviceTaps: [tap, service.tap],
    });
    await start(wire, { jsonrpc: '2.0', id: 1, method: 'initialize' });
    context().notify('to-host', 'notifications/a');
    context().notify('to-service', 'notifications/b', { x: 1 });
    expect(host.seen.notified.map(({ method }) => method)).toEqual(['notifications/a']);
    expect(service.seen.notified.map(({ method }) => method)).toEqual(['notifications/b']);
    expect(received).toEqual([{ jsonrpc: '2.0', method: 'notifications/a' }]);
    expect(heard).toContainEqual({ jsonrpc: '2.0', method: 'notifications/b', params: { x: 1 } });
  });
});

describe('a request of the service', () => {
  const sampling = { jsonrpc: '2.0', id: 'ask', method: 'sampling/createMessage', params: {} };

  test('keeps its id on the way to the host and back', async () => {
    const { wire, say, received, heard } = await connectRaw({ hostTaps: [spy().tap] });
    say(sampling);
    expect(received).toEqual([sampling]);
    await wire.send({ jsonrpc: '2.0', id: 'ask', result: { role: 'assistant' } } as never);
    await settled();
    expect(heard).toEqual([{ jsonrpc: '2.0', id: 'ask', result: { role: 'assistant' } }]);
  });

  test('that it cancels ends for the taps, although the host will not answer', async () => {
    const { tap, seen } = spy();
    const { say, received, heard } = await connectRaw({ hostTaps: [tap] });
    say(sampling);
    say({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 'ask' } });
    await settled();
    expect(seen.answered).toEqual([{ kind: 'dropped' }]);
    expect(received.at(-1)).toMatchObject({ method: 'notifications/cancelled' });
    expect(heard).toEqual([]);
  });
});

describe('rounds of input in the 2026 era', () => {
  const call = (id: number, params: JsonObject = {}) =>
    ({ jsonrpc: '2.0', id, method: 'tools/call', params: { name: 'x', _meta, ...params } }) as const;
  const asking = (id: unknown, keys: readonly string[], requestState?: string): object => ({
    jsonrpc: '2.0',
    id,
    result: {
      resultType: 'input_required',
      inputRequests: Object.fromEntries(keys.map((key) => [key, { method: `ask/${key}`, params: { key } }])),
      ...(requestState !== undefined && { requestState }),
    },
  });
  const byTap = onServiceRequest('ask/tap', () => async () => resultReply({ by: 'tap' }));
  const lastHeard = (heard: unknown[]): { id: unknown; params: JsonObject } =>
    heard.at(-1) as { id: unknown; params: JsonObject };

  test('show the host only what is left for it, and put all answers together', async () => {
    const { wire, say, received, heard } = await connectRaw({ serviceTaps: [byTap] });
    await start(wire, call(1));
    say(asking(1, ['tap', 'host'], 'state 1'));
    await settled();
    expect(received).toEqual([asking(1, ['host'], 'state 1')]);
    await start(wire, call(2, { requestState: 'state 1', inputResponses: { host: { by: 'host' } } }));
    expect(lastHeard(heard)).toMatchObject({
      id: 2,
      params: {
        requestState: 'state 1',
        inputResponses: { tap: { by: 'tap' }, host: { by: 'host' } },
      },
    });
  });

  test('carry no state and no answers of an earlier round into the next', async () => {
    const { wire, say, heard } = await connectRaw({ serviceTaps: [byTap] });
    await start(wire, call(1));
    say(asking(1, ['host'], 'state 1'));
    await settled();
    await start(wire, call(2, { requestState: 'state 1', inputResponses: { host: { by: 'host' } } }));
    say(asking(2, ['tap']));
    await settled();
    const { id, params } = lastHeard(heard);
    expect(id).not.toBe(2);
    expect(params).toEqual({ name: 'x', _meta, inputResponses: { tap: { by: 'tap' } } });
  });

  test('leave a retry alone that belongs to no round', async () => {
    const { wire, say, heard } = await connectRaw({ serviceTaps: [byTap] });
    await start(wire, call(1));
    say(asking(1, ['tap', 'host'], 'state 1'));
    await settled();
    for (const params of [
      { requestState: 'forged', inputResponses: { host: {} } },
      { requestState: 'state 1', inputResponses: { tap: { by: 'host' } } },
      { requestState: 'state 1', inputResponses: { host: {} }, name: 'other' },
    ]) {
      await start(wire, call(2, params));
      expect(lastHeard(heard).params).toMatchObject(params);
      expect(lastHeard(heard).params['inputResponses']).toEqual(params.inputResponses);
    }
  });

  test('that ask for too much at once are refused', async () => {
    const { wire, say, received } = await connectRaw();
    await start(wire, call(1));
    say(
      asking(
        1,
        Array.from({ length: 65 }, (_, index) => `key ${index}`),
      ),
    );
    await settled();
    expect(received).toMatchObject([{ id: 1, error: { message: 'The service asks for too much at once' } }]);
  });

  test('with nothing but a state, or with nonsense, are left to the host', async () => {
    const { wire, say, received, faults } = await connectRaw({ serviceTaps: [byTap] });
    const nonsense = [
      { resultType: 'input_required', requestState: 's' },
      { resultType: 'input_required', inputRequests: { a: 'text', b: { method: 5 } } },
      { resultType: 'input_required', inputRequests: [] },
    ];
    for (const result of nonsense) {
      await start(wire, call(1));
      say({ jsonrpc: '2.0', id: 1, result });
      await settled();
    }
    expect(received).toEqual(nonsense.map((result) => ({ jsonrpc: '2.0', id: 1, result })));
    expect(faults).toEqual([]);
  });

  test('survive a tap that fails, before or after the host has answered', async () => {
    const early = onServiceRequest('ask/tap', () => () => Promise.reject(new Error('early')));
    const late = onServiceRequest('ask/host', (next) => async (request, context) => {
      await next(request, context);
      throw new Error('late');
    });
    const { wire, say, faults, heard } = await connectRaw({ serviceTaps: [early, late] });
    await start(wire, call(1));
    say(asking(1, ['tap', 'host'], 's'));
    await settled();
    await start(wire, call(2, { requestState: 's', inputResponses: { host: {} } }));
    expect(faults.map(({ code, what }) => `${code} ${what}`)).toEqual([
      'TAP_FAILED early',
      'TAP_FAILED late',
    ]);
    expect(lastHeard(heard).params['inputResponses']).toEqual({});
  });

  test('in the 2025 era are no such thing', async () => {
    const { wire, say, received } = await connectRaw({ serviceTaps: [byTap] });
    const { params: _, ...plain } = call(1);
    await start(wire, plain);
    say(asking(1, ['tap']));
    await settled();
    expect(received).toEqual([asking(1, ['tap'])]);
  });
});

test('a tap that throws at once, without a promise, is reported like any other', async () => {
  const broken = onHostRequest('tools/call', () => () => {
    throw new Error('at once');
  });
  const { wire, received, faults } = await connectRaw({ hostTaps: [broken] });
  await wire.send({ jsonrpc: '2.0', id: 1, method: 'tools/call' });
  expect(received).toMatchObject([{ id: 1, error: { code: -32603 } }]);
  expect(faults).toMatchObject([{ code: 'TAP_FAILED', what: 'at once' }]);
});
