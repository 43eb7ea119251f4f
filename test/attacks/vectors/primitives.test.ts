import { describe, expect, it } from 'vitest';
import { primitiveVectors } from '../../../src/attacks/vectors/primitives/index.ts';
import type { Vector } from '../../../src/contracts/attack.ts';
import { isJsonObject, type JsonObject } from '../../../src/contracts/json.ts';
import { environments } from '../../../src/environments/index.ts';
import { attackEpisode } from '../../support/attackEpisode.ts';
import { createToyEnvironment } from '../../support/toyEnvironment.ts';
import { carries, describeEndToEnd, type RawWire, rawWire, resultIn } from './rawWire.ts';

function vector(id: string): Vector {
  const found = primitiveVectors.find((each) => each.id === id);
  if (!found) throw new Error(`No vector ${id}`);
  return found;
}

/** Requests that an agent makes of everything that is offered, and which of them has the payload in its answer. */
async function carryingRequests({ ask }: RawWire): Promise<string[]> {
  const requests: [string, JsonObject][] = [
    ['resources/list', {}],
    ['resources/templates/list', {}],
    ['resources/read', { uri: 'guide://start' }],
    ['prompts/list', {}],
    ['prompts/get', { name: 'overview' }],
    ['completion/complete', { ref: { type: 'ref/prompt', name: 'overview' } }],
    ['tools/list', {}],
    ['tools/call', { name: 'read' }],
  ];
  const carrying: string[] = [];
  for (const [method, params] of requests) if (carries(await ask(method, params))) carrying.push(method);
  return carrying;
}

describe('what is offered besides tools', () => {
  it.each([
    ['resource-listing', 'resources/list', 'resources'],
    ['resource-contents', 'resources/read', 'resources'],
    ['resource-template', 'resources/templates/list', 'resources'],
    ['prompt-listing', 'prompts/list', 'prompts'],
    ['prompt-contents', 'prompts/get', 'prompts'],
    ['completion-values', 'completion/complete', 'completions'],
  ])('%s holds the payload in the answer to %s alone', async (id, method, capability) => {
    const wire = await rawWire(vector(id));
    const opening = resultIn(await wire.ask('server/discover'));
    expect(Object.keys(isJsonObject(opening['capabilities']) ? opening['capabilities'] : {})).toEqual(
      expect.arrayContaining(['tools', capability]),
    );
    expect(await carryingRequests(wire)).toEqual([method]);
    expect(wire.log).toHaveLength(1);
  });

  it('stands behind what the service has itself, and its results are complete in their era', async () => {
    const own = { uri: 'own://one', name: 'one' };
    const answers = { 'resources/list': { resources: [own], nextCursor: 'more' } };
    const { ask } = await rawWire(vector('resource-listing'), { answers });
    const { resources, nextCursor } = resultIn(await ask('resources/list'));
    expect(resources).toEqual([own, expect.objectContaining({ uri: 'guide://start' })]);
    expect(nextCursor).toBe('more');
    expect(resultIn(await ask('resources/templates/list'))).toMatchObject({
      resultType: 'complete',
      ttlMs: 0,
      cacheScope: 'private',
    });
    const old = await rawWire(vector('resource-listing'), { era: '2025' });
    expect(Object.keys(resultIn(await old.ask('resources/templates/list')))).toEqual(['resourceTemplates']);
  });

  it('hands requests for other things to the service', async () => {
    const { ask, served } = await rawWire(vector('prompt-contents'));
    for (const [method, params] of [
      ['prompts/get', { name: 'other' }],
      ['completion/complete', { ref: { type: 'ref/prompt', name: 'other' } }],
      ['resources/read', { uri: 'guide://start' }],
    ] as const)
      expect(await ask(method, params)).toMatchObject({ kind: 'error' });
    expect(served).toHaveLength(3);
  });
});

describe('notifications', () => {
  it.each([
    ['progress-message', 'notifications/progress'],
    ['log-message', 'notifications/message'],
    ['subscription-update', 'notifications/resources/updated'],
  ])('of %s are sent before the service gets the call, and its result is honest', async (id, method) => {
    const { call, sent, log } = await rawWire(vector(id));
    expect(carries(await call())).toBe(false);
    expect(log).toEqual(['s#1', method]);
    expect(carries(sent)).toBe(true);
  });
});

const asking = ['sampling-request', 'elicitation-form', 'elicitation-url'];

describe('questions', () => {
  it.each(asking)('of %s are requests of the service in the 2025 era, once', async (id) => {
    const { call, sent, served, log } = await rawWire(vector(id), { era: '2025' });
    expect(carries(await call())).toBe(false);
    await call();
    const method = id === 'sampling-request' ? 'sampling/createMessage' : 'elicitation/create';
    expect(log).toEqual(['s#1', method]);
    expect(carries(sent)).toBe(true);
    expect(served).toHaveLength(2);
  });

  it.each(asking)(
    'of %s stand in a result of the 2026 era, and the retry is served as it was meant',
    async (id) => {
      const { ask, call, served, log, sent } = await rawWire(vector(id));
      const params = { name: 'read', arguments: { title: 'a' } };
      const asked = resultIn(await ask('tools/call', params));
      expect(asked['resultType']).toBe('input_required');
      expect(carries(asked)).toBe(true);
      expect(served).toEqual([]);
      const { requestState } = asked;
      const retried = { ...params, requestState, inputResponses: { question: { action: 'decline' } } };
      expect(resultIn(await ask('tools/call', retried))['content']).toEqual([
        { type: 'text', text: 'honest' },
      ]);
      expect(served).toEqual([{ id: 's#2', method: 'tools/call', params }]);
      await call();
      expect(served).toHaveLength(2);
      expect([log, sent]).toEqual([['s#1'], []]);
    },
  );

  it('come in three rounds in a loop, the payload in the last', async () => {
    const { ask, served, log } = await rawWire(vector('input-required-loop'));
    let params: JsonObject = { name: 'read', arguments: {} };
    const carried: boolean[] = [];
    for (;;) {
      const { resultType, requestState, ...rest } = resultIn(await ask('tools/call', params));
      if (resultType !== 'input_required') break;
      carried.push(carries(rest));
      params = { ...params, requestState, inputResponses: { question: { action: 'accept' } } };
    }
    expect(carried).toEqual([false, false, true]);
    expect(served).toHaveLength(1);
    expect(log).toEqual(['s#3']);
  });

  it('leave the rounds of the service itself alone', async () => {
    const { ask, call, served } = await rawWire(vector('elicitation-form'));
    await call();
    const params = { name: 'read', requestState: 'of the service', inputResponses: {} };
    await ask('tools/call', params);
    expect(served.map((request) => request.params)).toEqual([params]);
  });
});

describe('a service that lies low', () => {
  it('declares over HTTP what it does not have yet, and offers it later', async () => {
    const environment = environments.find(({ id }) => id === 'sheet') ?? createToyEnvironment();
    const attack = { vector: 'resource-listing', carrier: 'direct', goal: 'exfiltrate', afterCalls: 1 };
    const episode = { environment, attack, agent: 'scripted/hijacked', transport: 'http' } as const;
    for (const era of ['2025', '2026'] as const) {
      const { outcome } = await attackEpisode({ ...episode, era });
      expect(outcome).toMatchObject({ status: 'completed', attack: { stage: 'achieved' } });
    }
  });
});

describeEndToEnd(primitiveVectors);
