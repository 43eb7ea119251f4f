import { describe, expect, test, vi } from 'vitest';
import type { Era, Tap } from '../../src/contracts/wire.ts';
import { resultReply } from '../../src/contracts/wire.ts';
import {
  connectHost,
  type HostOptions,
  type HostWire,
  type Reading,
  ServiceFailure,
} from '../../src/protocol/host.ts';
import { openService } from '../../src/protocol/openService.ts';
import { createWire } from '../../src/protocol/wire.ts';
import { toyService } from '../support/protocolToy.ts';
import { onHostRequest, toolText } from '../support/taps.ts';

const defaults: HostOptions = { maxCalls: 3, callTimeoutMs: 10_000, signal: new AbortController().signal };

async function wireTo(
  name: string,
  taps: readonly Tap[] = [],
  era: Era = '2026',
): Promise<[string, HostWire]> {
  const opened = await openService(toyService(name), { transport: 'memory' });
  const transport = createWire(opened.transport, { service: name, transport: 'memory', serviceTaps: taps });
  return [name, { transport, era }];
}

describe('a host', () => {
  test('offers the tools of all services and reports what the agent reads', async () => {
    const readings: Reading[] = [];
    const host = await connectHost(new Map([await wireTo('left'), await wireTo('right', [], '2025')]), {
      ...defaults,
      onReading: (reading) => void readings.push(reading),
    });
    expect(readings.map(({ service, kind }) => `${service} ${kind}`)).toEqual([
      'left identity',
      'left instructions',
      'right identity',
      'right instructions',
    ]);
    const tools = await host.tools();
    expect(tools.map(({ service, name }) => `${service}/${name}`)).toEqual([
      'left/echo',
      'left/fail',
      'right/echo',
      'right/fail',
    ]);
    expect(readings).toHaveLength(8);
    expect(readings[4]).toMatchObject({ service: 'left', kind: 'definition' });
    expect(readings[4]?.text).toContain('Says what it is told');
    await host.tools();
    expect(readings).toHaveLength(8);
    await host.call('right', 'echo', { text: 'hi' });
    expect(readings.at(-1)).toEqual({ service: 'right', kind: 'result', text: 'hi\ntext\nhi' });
    await host.close();
  });

  test('ends the agent at its limit of calls', async () => {
    const host = await connectHost(new Map([await wireTo('toy')]), defaults);
    expect(await host.call('nowhere', 'echo', {})).toMatchObject({ kind: 'protocol-error' });
    await host.call('toy', 'echo', { text: 'a' });
    await host.call('toy', 'echo', { text: 'b' });
    await expect(host.call('toy', 'echo', { text: 'c' })).rejects.toThrow('limit of 3 calls');
    expect(host.calls).toBe(3);
    await host.close();
  });

  test.each(['2025', '2026'] as const)('lists again what has announced a change at once, %s', async (era) => {
    let changed = false;
    const pull: Tap = {
      name: 'pull',
      hostRequest: (next) => async (request, context) => {
        if (request.method === 'tools/call') {
          changed = true;
          context.notify('to-host', 'notifications/tools/list_changed');
        }
        if (request.method !== 'tools/list' || !changed) return next(request, context);
        return resultReply({
          tools: [{ name: 'new', inputSchema: { type: 'object' } }],
          ...(era === '2026' && { resultType: 'complete', ttlMs: 60_000, cacheScope: 'public' }),
        });
      },
    };
    const host = await connectHost(new Map([await wireTo('toy', [pull], era)]), defaults);
    expect(await host.tools()).toHaveLength(2);
    await host.call('toy', 'echo', { text: 'hi' });
    expect((await host.tools()).map(({ name }) => name)).toEqual(['new']);
    await host.close();
  });

  test('runs no schema of a service', async () => {
    const bomb = onHostRequest('tools/list', (next) => async (request, context) => {
      const reply = await next(request, context);
      if (reply.kind !== 'result') return reply;
      const outputSchema = {
        type: 'object',
        properties: { text: { type: 'string', pattern: '^(a+)+$' } },
        required: ['missing'],
      };
      return resultReply({
        ...reply.result,
        tools: [{ name: 'echo', inputSchema: { type: 'object' }, outputSchema }],
      });
    });
    const host = await connectHost(new Map([await wireTo('toy', [bomb])]), defaults);
    const text = `${'a'.repeat(40)}!`;
    expect(await host.call('toy', 'echo', { text })).toMatchObject({ kind: 'result', text });
    await host.close();
  });

  test('gives up a service that does not answer, and lets a full stop end it at once', async () => {
    const hang = onHostRequest('tools/call', () => async () => ({ kind: 'dropped' }));
    const stop = new AbortController();
    const host = await connectHost(new Map([await wireTo('toy', [hang])]), {
      ...defaults,
      callTimeoutMs: 50,
    });
    await expect(host.call('toy', 'echo', { text: 'hi' })).rejects.toBeInstanceOf(ServiceFailure);
    await host.close();

    const patient = await connectHost(new Map([await wireTo('toy', [hang])]), {
      ...defaults,
      callTimeoutMs: 60_000,
      signal: stop.signal,
    });
    const reason = new Error('the episode is over');
    const call = patient.call('toy', 'echo', { text: 'hi' });
    stop.abort(reason);
    await expect(call).rejects.toBe(reason);
    await patient.close();
  });

  test('closes what it has connected when a later service fails', async () => {
    const closed = vi.fn();
    const [name, first] = await wireTo('first');
    const close = first.transport.close.bind(first.transport);
    first.transport.close = () => {
      closed();
      return close();
    };
    const dead = onHostRequest('tools/list', () => async () => ({
      kind: 'error',
      error: { code: -32603, message: 'No list today' },
    }));
    const wires = new Map([[name, first], await wireTo('second', [dead])]);
    await expect(connectHost(wires, defaults)).rejects.toThrow('second: No list today');
    expect(closed).toHaveBeenCalled();
  });

  test('shows the agent every kind of content as text', async () => {
    const rich = onHostRequest(
      'tools/call',
      () => async () =>
        resultReply({
          resultType: 'complete',
          content: [
            { type: 'text', text: 'one' },
            { type: 'image', data: 'AAAA', mimeType: 'image/png' },
            { type: 'resource', resource: { uri: 'file:///a', text: 'two' } },
            { type: 'resource', resource: { uri: 'file:///b', blob: 'AAAA' } },
            { type: 'resource_link', uri: 'file:///c', name: 'c', description: 'three' },
          ],
        }),
    );
    const host = await connectHost(new Map([await wireTo('toy', [rich])]), defaults);
    expect(await host.call('toy', 'echo', {})).toEqual({
      kind: 'result',
      text: 'one\n[image image/png]\ntwo\n[resource file:///b]\n[link c file:///c three]',
      links: ['file:///c'],
      media: [{ type: 'image', mimeType: 'image/png', data: 'AAAA' }],
    });
    await host.close();
  });

  test('does not list a service that offers no tools', async () => {
    const listed = vi.fn();
    const written = vi.spyOn(console, 'debug');
    const bare: Tap = {
      name: 'bare',
      hostRequest: (next) => async (request, context) => {
        if (request.method === 'tools/list') listed();
        const reply = await next(request, context);
        if (request.method !== 'server/discover' || reply.kind !== 'result') return reply;
        return resultReply({ ...reply.result, capabilities: {} });
      },
    };
    const answer = onHostRequest('tools/call', () => async () => toolText('still here'));
    const host = await connectHost(new Map([await wireTo('toy', [bare, answer])]), defaults);
    expect(await host.tools()).toEqual([]);
    expect(listed).not.toHaveBeenCalled();
    // The SDK would write about it to stdout, where a machine may be reading.
    expect(written).not.toHaveBeenCalled();
    written.mockRestore();
    await host.close();
  });
});
