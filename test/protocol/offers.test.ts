import { afterEach, describe, expect, test } from 'vitest';
import type { ServiceQuestion } from '../../src/contracts/agent.ts';
import type { JsonObject } from '../../src/contracts/json.ts';
import { type Era, resultReply, type Tap } from '../../src/contracts/wire.ts';
import { connectHost, type Host, type Reading } from '../../src/protocol/host.ts';
import { createNoticeBoard } from '../../src/protocol/notices.ts';
import { openService } from '../../src/protocol/openService.ts';
import { createWire } from '../../src/protocol/wire.ts';
import { toyService } from '../support/protocolToy.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** Everything that a service may offer besides tools, from a tap. */
const offers: Readonly<Record<string, JsonObject>> = {
  'resources/list': {
    resources: [{ uri: 'note:///a', name: 'a', title: 'Note A', description: 'the first' }],
  },
  'resources/templates/list': { resourceTemplates: [{ uriTemplate: 'note:///{name}', name: 'any note' }] },
  'resources/read': { contents: [{ uri: 'note:///a', text: 'what stands there' }] },
  'prompts/list': {
    prompts: [{ name: 'greet', description: 'says hello', arguments: [{ name: 'who', required: true }] }],
  },
  'prompts/get': { messages: [{ role: 'user', content: { type: 'text', text: 'Hello you' } }] },
  'completion/complete': { completion: { values: ['Ann', 'Bob'] } },
};

const capabilities = { tools: { listChanged: true }, resources: {}, prompts: {}, completions: {} };

function offering(era: Era): Tap {
  const framed = era === '2026' ? { resultType: 'complete', ttlMs: 0, cacheScope: 'private' } : {};
  return {
    name: 'offering',
    hostRequest: (next) => async (request, context) => {
      const own = offers[request.method];
      if (own) return resultReply({ ...own, ...framed });
      const reply = await next(request, context);
      const opening = request.method === 'initialize' || request.method === 'server/discover';
      return opening && reply.kind === 'result' ? resultReply({ ...reply.result, capabilities }) : reply;
    },
  };
}

async function open(era: Era, taps: readonly Tap[]): Promise<{ host: Host; readings: Reading[] }> {
  const readings: Reading[] = [];
  const onReading = (reading: Reading): void => void readings.push(reading);
  const opened = await openService(toyService('toy'), { transport: 'memory' });
  const transport = createWire(opened.transport, {
    service: 'toy',
    transport: 'memory',
    hostTaps: [createNoticeBoard(onReading).tap('toy')],
    serviceTaps: taps,
  });
  const host = await connectHost(new Map([['toy', { transport, era }]]), {
    maxCalls: 10,
    callTimeoutMs: 5_000,
    signal: new AbortController().signal,
    onReading,
  });
  closers.push(
    () => opened.close(),
    () => host.close(),
  );
  readings.length = 0;
  return { host, readings };
}

describe.each(['2025', '2026'] as const)('a host in the %s era', (era) => {
  test('shows resources, templates and prompts, and reads them once', async () => {
    const { host, readings } = await open(era, [offering(era)]);
    expect(await host.resources()).toEqual([
      { service: 'toy', uri: 'note:///a', template: false, name: 'Note A', description: 'the first' },
      { service: 'toy', uri: 'note:///{name}', template: true, name: 'any note', description: '' },
    ]);
    const [prompt] = await host.prompts();
    expect(prompt).toMatchObject({ name: 'greet', arguments: [{ name: 'who', required: true }] });
    const listed = readings.length;
    await host.resources();
    await host.prompts();
    expect(readings.length).toBe(listed);
    expect(readings.every(({ kind }) => kind === 'definition')).toBe(true);
  });

  test('reads resources, prompts and proposed values, and says so', async () => {
    const { host, readings } = await open(era, [offering(era)]);
    const [prompt] = await host.prompts();
    readings.length = 0;
    expect(await host.readResource('toy', 'note:///a')).toEqual({
      kind: 'result',
      text: 'what stands there',
    });
    expect(await host.getPrompt('toy', 'greet', { who: 'you' })).toEqual({
      kind: 'result',
      text: 'Hello you',
    });
    expect(prompt && (await host.complete(prompt, 'who'))).toEqual(['Ann', 'Bob']);
    expect(readings.map(({ kind, text }) => [kind, text])).toEqual([
      ['resource', 'what stands there'],
      ['prompt', 'Hello you'],
      ['completion', 'Ann\nBob'],
    ]);
  });

  test('asks nothing of a service that offers tools only', async () => {
    const { host, readings } = await open(era, []);
    expect(await host.resources()).toEqual([]);
    expect(await host.prompts()).toEqual([]);
    expect(readings).toEqual([]);
    const refused = await host.readResource('toy', 'note:///a');
    expect(refused.kind).toBe('protocol-error');
    expect((await host.readResource('nobody', 'note:///a')).text).toContain('nobody');
  });

  test('answers a form as the agent says, and declines until then', async () => {
    const answers: JsonObject[] = [];
    const { host, readings } = await open(era, [askingForm(era, answers)]);
    const asked: ServiceQuestion[] = [];
    await host.call('toy', 'echo', { text: 'x' });
    host.answerWith((question) => {
      asked.push(question);
      return { kind: 'accept', content: { pin: '1234' } };
    });
    await host.call('toy', 'echo', { text: 'x' });
    expect(answers).toEqual([{ action: 'decline' }, { action: 'accept', content: { pin: '1234' } }]);
    expect(asked).toMatchObject([{ service: 'toy', kind: 'form', fields: ['pin'] }]);
    const told = readings.filter(({ kind }) => kind === 'question').map(({ text }) => text);
    expect(told[0]).toContain('Your pin, please');
    expect(told[0]).toContain('four digits');
  });
});

/** Asks for a pin in each tool call and notes what comes back. */
function askingForm(era: Era, answers: JsonObject[]): Tap {
  const params = {
    mode: 'form',
    message: 'Your pin, please',
    requestedSchema: { type: 'object', properties: { pin: { type: 'string', description: 'four digits' } } },
  };
  return {
    name: 'asking',
    hostRequest: (next) => async (request, context) => {
      if (request.method !== 'tools/call') return next(request, context);
      if (era === '2025') {
        const reply = await context.request('to-host', 'elicitation/create', params);
        if (reply.kind === 'result') answers.push(reply.result);
        return next(request, context);
      }
      const given = request.params?.['inputResponses'] as JsonObject | undefined;
      if (!given)
        return resultReply({
          resultType: 'input_required',
          requestState: 's',
          inputRequests: { pin: { method: 'elicitation/create', params } },
        });
      answers.push(given['pin'] as JsonObject);
      const { inputResponses: _, requestState: __, ...rest } = request.params ?? {};
      return next({ ...request, params: rest }, context);
    },
  };
}

test('notifications to the host are read, those to the service are not', () => {
  const readings: Reading[] = [];
  const tap = createNoticeBoard((reading) => void readings.push(reading)).tap('toy');
  const params = { progressToken: 'hidden', progress: 1, message: 'half way' };
  const message = { id: 'toy#1', method: 'notifications/progress', params };
  const context = {} as Parameters<NonNullable<Tap['notification']>>[1];
  expect(tap.notification?.({ ...message, direction: 'to-service' }, context)).toBeDefined();
  expect(readings).toEqual([]);
  void tap.notification?.({ ...message, direction: 'to-host' }, context);
  expect(readings).toEqual([{ service: 'toy', kind: 'notification', text: 'half way' }]);
});
