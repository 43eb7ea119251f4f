import type { JSONRPCMessage, Transport } from '@modelcontextprotocol/client';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { JsonObject } from '../../src/contracts/json.ts';
import type { Tap } from '../../src/contracts/wire.ts';
import { type Connection, type ConnectOptions, connect as connectTo, grid } from '../support/grid.ts';
import { onHostRequest, passThrough, spy, toolText } from '../support/taps.ts';

const open: Connection[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((connection) => connection.close()));
});

async function connect(options: ConnectOptions): Promise<Connection> {
  const connection = await connectTo(options);
  open.push(connection);
  return connection;
}

describe.each(grid)('taps over $transport in the $era era', ({ transport, era }) => {
  const at = { transport, era } as const;

  test('see requests and results at both ends, and where they are', async () => {
    const [host, service] = [spy(), spy()];
    const { text, faults } = await connect({ ...at, hostTaps: [host.tap], serviceTaps: [service.tap] });
    expect(await text('echo', { text: 'hello' })).toBe('hello');
    for (const { seen } of [host, service]) {
      const index = seen.requests.findIndex(({ method }) => method === 'tools/call');
      expect(seen.requests[index]?.params).toMatchObject({ name: 'echo', arguments: { text: 'hello' } });
      expect(seen.replies[index]).toMatchObject({
        kind: 'result',
        result: { content: [{ type: 'text', text: 'hello' }] },
      });
      expect(seen.contexts[index]).toMatchObject({ service: 'fixture', transport, era });
    }
    expect(host.seen.requests.map(({ id }) => id)).toEqual(service.seen.requests.map(({ id }) => id));
    expect(host.seen.requests[0]?.method).toBe(era === '2025' ? 'initialize' : 'server/discover');
    expect(faults).toEqual([]);
  });

  test('change requests and results', async () => {
    const rewrite = onHostRequest('tools/call', (next) => async (request, context) => {
      const params = { ...request.params, arguments: { text: 'changed request' } };
      const reply = await next({ ...request, params }, context);
      expect(reply).toMatchObject({ result: { content: [{ text: 'changed request' }] } });
      return toolText('changed result');
    });
    const { text } = await connect({ ...at, serviceTaps: [rewrite] });
    expect(await text('echo', { text: 'hello' })).toBe('changed result');
  });

  test('answer in place of the service', async () => {
    const answer = onHostRequest('tools/call', () => async () => toolText('from the tap'));
    const service = spy();
    const { text } = await connect({ ...at, hostTaps: [answer], serviceTaps: [service.tap] });
    expect(await text('echo', { text: 'hello' })).toBe('from the tap');
    expect(service.seen.requests.map(({ method }) => method)).not.toContain('tools/call');
  });

  test('answer with an error', async () => {
    const refuse = onHostRequest('tools/call', () => async () => ({
      kind: 'error',
      error: { code: -32001, message: 'Blocked', data: { why: 'test' } },
    }));
    const { text } = await connect({ ...at, hostTaps: [refuse] });
    await expect(text('echo')).rejects.toMatchObject({ code: -32001, data: { why: 'test' } });
  });

  test('delay a request until they let it go', async () => {
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const order: string[] = [];
    const hold = onHostRequest('tools/call', (next) => async (request, context) => {
      if (request.params?.['name'] === 'echo') await gate;
      return next(request, context);
    });
    const { text } = await connect({ ...at, serviceTaps: [hold] });
    const held = text('echo', { text: 'held' }).then((said) => order.push(said));
    order.push(await text('recall').then(() => 'overtook'));
    release();
    await held;
    expect(order).toEqual(['overtook', 'held']);
  });

  test('drop a request, which the host then gives up', async () => {
    const drop = onHostRequest('tools/call', () => async () => ({ kind: 'dropped' }));
    const { client } = await connect({ ...at, hostTaps: [drop] });
    await expect(client.callTool({ name: 'echo' }, { timeout: 60 })).rejects.toMatchObject({
      code: 'REQUEST_TIMEOUT',
    });
  });

  test('send requests of their own to the service', async () => {
    const curious = onHostRequest('tools/list', (next) => async (request, context) => {
      const meta = request.params?.['_meta'];
      const params = { name: 'echo', arguments: { text: 'own' }, ...(meta !== undefined && { _meta: meta }) };
      const own = await context.request('to-service', 'tools/call', params);
      expect(own).toMatchObject({ kind: 'result', result: { content: [{ text: 'own' }] } });
      return next(request, context);
    });
    const { client, faults } = await connect({ ...at, hostTaps: [curious] });
    expect((await client.listTools()).tools).toHaveLength(6);
    expect(faults).toEqual([]);
    expect.assertions(3);
  });

  test('pass a request on twice', async () => {
    const twice = onHostRequest('tools/call', (next) => async (request, context) => {
      await next(request, context);
      return next(request, context);
    });
    const { text, faults } = await connect({ ...at, serviceTaps: [twice] });
    expect(await text('echo', { text: 'again' })).toBe('again');
    expect(faults).toEqual([]);
  });

  test('see, change and drop notifications to the host', async () => {
    const { tap, seen } = spy();
    const change: Tap = {
      name: 'change',
      notification: (message) =>
        message.method === 'notifications/progress'
          ? { ...message, params: { ...message.params, message: 'changed' } }
          : message,
    };
    const heard: unknown[] = [];
    const { client } = await connect({ ...at, hostTaps: [tap], serviceTaps: [change] });
    const onprogress = (progress: unknown): void => void heard.push(progress);
    await client.callTool({ name: 'tell' }, { onprogress });
    expect(heard).toEqual([{ progress: 1, message: 'changed' }]);
    expect(seen.notified).toContainEqual(
      expect.objectContaining({ direction: 'to-host', method: 'notifications/progress' }),
    );

    const drop: Tap = {
      name: 'drop',
      notification: (message) => (message.direction === 'to-host' ? undefined : message),
    };
    const deaf = await connect({ ...at, hostTaps: [drop] });
    await deaf.client.callTool({ name: 'tell' }, { onprogress });
    expect(heard).toHaveLength(1);
  });

  test('see, drop and send notifications to the service', async () => {
    const pick: Tap = {
      name: 'pick',
      hostRequest: (next) => async (request, context) => {
        if (request.params?.['name'] === 'echo')
          context.notify('to-service', 'notifications/of-the-tap', envelope(request.params));
        return next(request, context);
      },
      notification: (message) => (message.method === 'notifications/dropped' ? undefined : message),
    };
    const { client, text } = await connect({ ...at, serviceTaps: [pick] });
    await client.notification({ method: 'notifications/dropped' });
    await client.notification({ method: 'notifications/passed' });
    await text('echo');
    await vi.waitFor(async () => {
      const { heard } = JSON.parse(await text('recall')) as { heard: string[] };
      expect(heard).toEqual(expect.arrayContaining(['notifications/passed', 'notifications/of-the-tap']));
      expect(heard).not.toContain('notifications/dropped');
    });
  });

  test('announce a changed list to the host', async () => {
    const announce = onHostRequest('tools/call', (next) => async (request, context) => {
      const reply = await next(request, context);
      context.notify('to-host', 'notifications/tools/list_changed');
      return reply;
    });
    let changes = 0;
    const { text } = await connect({ ...at, serviceTaps: [announce], onListChanged: () => changes++ });
    await text('echo');
    await vi.waitFor(() => expect(changes).toBe(1));
  });

  test('let a canceled call go', async () => {
    const { tap, seen } = spy();
    const { client, text } = await connect({ ...at, hostTaps: [tap] });
    const stop = new AbortController();
    const call = client.callTool({ name: 'wait' }, { signal: stop.signal });
    await vi.waitFor(() =>
      expect(seen.requests.some(({ params }) => params?.['name'] === 'wait')).toBe(true),
    );
    stop.abort('enough');
    await expect(call).rejects.toThrow('enough');
    await vi.waitFor(async () => expect(JSON.parse(await text('recall'))).toMatchObject({ canceled: 1 }));
    expect(seen.replies).toContainEqual({ kind: 'dropped' });
  });

  test('that fail are reported, and the host gets an error', async () => {
    const broken = onHostRequest('tools/call', () => async () => {
      throw new Error('tap is broken');
    });
    const { text, faults } = await connect({ ...at, hostTaps: [broken] });
    await expect(text('echo')).rejects.toMatchObject({ code: -32603 });
    expect(faults).toEqual([{ service: 'fixture', code: 'TAP_FAILED', what: 'tap is broken' }]);
  });

  test('that only pass on leave no trace in the frames at either end', async () => {
    const plain = await talk({ ...at });
    const tapped = await talk({ ...at, hostTaps: [passThrough, passThrough], serviceTaps: [passThrough] });
    expect(plain['to-service'].length).toBeGreaterThan(4);
    expect(tapped).toEqual(plain);
  });

  /** Everything that crosses the inner transport, and what the client makes of it. */
  async function talk(options: ConnectOptions): Promise<Talk> {
    const talked: Talk = { 'to-service': [], 'to-host': [], said: [] };
    const { client, text } = await connect({
      ...options,
      answers: { name: 'Ada', draft: 'Dear Ada' },
      around: (inner) => recorded(inner, talked),
    });
    talked.said.push(await client.listTools());
    talked.said.push(await text('echo', { text: 'a "b" \u2028 ☃', deep: [{ a: [null, 1.5, true] }] }));
    talked.said.push(await text('ask'));
    talked.said.push(await text('missing').catch((error: unknown) => String(error)));
    return talked;
  }
});

function envelope(params: JsonObject | undefined): JsonObject {
  const meta = params?.['_meta'];
  return meta === undefined ? {} : { _meta: meta };
}

interface Talk {
  readonly 'to-service': unknown[];
  readonly 'to-host': unknown[];
  readonly said: unknown[];
}

/** `inner`, with a copy of every frame put into `talked`. */
function recorded(inner: Transport, talked: Talk): Transport {
  const send = inner.send.bind(inner);
  inner.send = (message, options) => {
    talked['to-service'].push(structuredClone(message));
    return send(message, options);
  };
  let receive: Transport['onmessage'];
  Object.defineProperty(inner, 'onmessage', {
    get: () => (message: JSONRPCMessage) => {
      talked['to-host'].push(structuredClone(message));
      receive?.(message);
    },
    set: (listener: Transport['onmessage']) => {
      receive = listener;
    },
  });
  return inner;
}
