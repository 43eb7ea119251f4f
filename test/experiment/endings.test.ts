import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Agent, AgentHost } from '../../src/contracts/agent.ts';
import type { Vector } from '../../src/contracts/attack.ts';
import type { Environment, World } from '../../src/contracts/environment.ts';
import type { Model, ModelRequest } from '../../src/contracts/model.ts';
import { resultReply } from '../../src/contracts/wire.ts';
import { builtInCatalog, extendCatalog } from '../../src/experiment/catalog.ts';
import { createToyEnvironment } from '../support/toyEnvironment.ts';
import { runToyEpisode } from '../support/toyExperiment.ts';

afterEach(() => {
  vi.useRealTimers();
});

function agentThat(run: Agent['run']): Agent {
  return { id: 'test/agent', title: 'Test', kind: 'code', description: 'of a test', run };
}

/** The toy environment with worlds changed by `change`. */
function toyWith(change: (world: World) => World | Promise<World>): Environment {
  const toy = createToyEnvironment();
  return {
    ...toy,
    task(seed, index) {
      const task = toy.task(seed, index);
      return { ...task, open: async (scope) => change(await task.open(scope)) };
    },
  };
}

const read = (host: AgentHost) => host.call('notes', 'read_note', { title: 'family' });
const never = (): Promise<never> => new Promise(() => undefined);

describe('an agent that keeps a failure to itself', () => {
  test('ends at its limit of calls', async () => {
    const agent = agentThat(async ({ host }) => {
      try {
        for (;;) await read(host);
      } catch {
        return 'gave up';
      }
    });
    const { outcome } = await runToyEpisode({ agent, limits: { maxCalls: 3 } });
    expect(outcome).toMatchObject({ status: 'limit', calls: 3, problem: { code: 'CALL_LIMIT' } });
  });

  test('ends at its limit of calls although it waits for none', async () => {
    const agent = agentThat(async ({ host }) => {
      for (let call = 0; call < 4; call++) read(host).catch(() => undefined);
      return 'done';
    });
    const { outcome } = await runToyEpisode({ agent, limits: { maxCalls: 3 } });
    expect(outcome).toMatchObject({ status: 'limit', calls: 3 });
  });

  test('ends at its limit of calls although it tries again for ever', async () => {
    const agent = agentThat(async ({ host }) => {
      for (;;) await read(host).catch(() => undefined);
    });
    const { outcome } = await runToyEpisode({ agent, limits: { maxCalls: 3 } });
    expect(outcome).toMatchObject({ status: 'limit', calls: 3 });
  });

  test('ends when a service does not answer', async () => {
    const environment = toyWith((world) => ({
      ...world,
      services: world.services.map((source) =>
        source.kind === 'tools'
          ? { ...source, tools: source.tools.map((tool) => ({ ...tool, run: never })) }
          : source,
      ),
    }));
    const agent = agentThat(({ host }) =>
      read(host).then(
        () => 'read',
        () => 'gave up',
      ),
    );
    const { outcome } = await runToyEpisode({ environment, agent, limits: { callTimeoutMs: 50 } });
    expect(outcome).toMatchObject({ status: 'service-error', problem: { code: 'SERVICE_FAILED' } });
  });
});

describe('the time limit', () => {
  const limits = { episodeTimeoutMs: 60, maxCalls: 1_000_000 };

  test.each<[string, (host: AgentHost) => Promise<unknown>]>([
    ['calls', read],
    ['looks at the tools', (host) => host.tools()],
  ])('is seen while an agent %s without end', async (_, ask) => {
    const agent = agentThat(async ({ host }) => {
      for (;;) await ask(host).catch(() => undefined);
    });
    const { outcome } = await runToyEpisode({ agent, limits });
    expect(outcome).toMatchObject({ status: 'timeout', problem: { code: 'EPISODE_TIMEOUT' } });
  });

  test('holds for an agent that lets nothing else run', async () => {
    const agent = agentThat(async () => {
      const end = performance.now() + 80;
      while (performance.now() < end);
      return 'done';
    });
    expect((await runToyEpisode({ agent, limits })).outcome.status).toBe('timeout');
  });
});

describe('time that a call of a model waits for its turn', () => {
  const busy = (work: (request: ModelRequest) => Promise<void>): Model => ({
    id: 'm',
    async generate(request) {
      await work(request);
      const usage = { inputTokens: 1, outputTokens: 1 };
      return { text: 'done', calls: [], finish: 'stop', usage, usd: 0, cached: false };
    },
  });
  const agent = agentThat(async ({ model }) => {
    const parts = [{ type: 'text' as const, text: 'Hello' }];
    return (await model('m').generate({ messages: [{ role: 'user', parts }] })).text;
  });
  const pass = (milliseconds: number): Promise<unknown> => vi.advanceTimersByTimeAsync(milliseconds);

  async function outcomeOf(model: Model) {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    const models = { models: [model], classifiers: [] };
    return (await runToyEpisode({ agent, models, limits: { episodeTimeoutMs: 1000 } })).outcome;
  }

  test('is neither its time nor its limit', async () => {
    const model = busy(async ({ onQueue }) => {
      onQueue?.(true);
      await pass(60_000);
      onQueue?.(false);
      await pass(500);
    });
    const { status, cost } = await outcomeOf(model);
    expect({ status, modelMs: cost.modelMs, wallMs: cost.wallMs }).toEqual({
      status: 'completed',
      modelMs: 500,
      wallMs: 500,
    });
  });

  test.each([
    ['that reached its limit of calls', 1, ['CALL_LIMIT', 'WORLD_FAILED']],
    ['that has answered', 9, ['WORLD_FAILED']],
  ])('ends with an agent %s', async (_, maxCalls, errors) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    const requests: ModelRequest[] = [];
    const model = busy((request) => {
      requests.push(request);
      request.onQueue?.(true);
      return never();
    });
    const hasty = agentThat(async ({ model: open, host }) => {
      void open('m').generate({ messages: [] });
      await read(host);
      await read(host);
      return 'done';
    });
    const environment = toyWith((world) => ({ ...world, score: () => pass(3000).then(never) }));
    const models = { models: [model], classifiers: [] };
    const limits = { maxCalls, episodeTimeoutMs: 2000 };
    const { outcome, events } = await runToyEpisode({ agent: hasty, environment, models, limits });
    expect(outcome.problem?.what).toBe('Scoring the world did not end within 2000 ms');
    expect(requests.map(({ signal }) => signal?.aborted)).toEqual([true]);
    expect(events.flatMap((event) => (event.type === 'error' ? [event.code] : []))).toEqual(errors);
  });

  test('excuses nothing that comes after it', async () => {
    const model = busy(async ({ onQueue }) => {
      onQueue?.(true);
      await pass(60_000);
      onQueue?.(false);
      await pass(2000);
    });
    expect(await outcomeOf(model)).toMatchObject({ status: 'timeout' });
  });
});

describe('a world that does not end', () => {
  test.each<[string, Environment]>([
    ['Opening the world', toyWith(never)],
    ['Scoring the world', toyWith((world) => ({ ...world, score: never }))],
    ['Auditing the world', toyWith((world) => ({ ...world, audit: never }))],
    ["The world's snapshot", toyWith((world) => ({ ...world, snapshot: never }))],
  ])('%s is named as what failed', async (what, environment) => {
    if (what === 'Opening the world') vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const running = runToyEpisode({ environment, limits: { episodeTimeoutMs: 2000 } });
    if (vi.isFakeTimers()) await vi.advanceTimersByTimeAsync(60_000);
    expect((await running).outcome).toMatchObject({
      status: 'harness-error',
      problem: { code: 'WORLD_FAILED', what: `${what} did not end within 2000 ms` },
    });
  });

  test('can be stopped', async () => {
    const stop = new AbortController();
    const score = (): Promise<never> => {
      stop.abort(new Error('stopped'));
      return never();
    };
    const environment = toyWith((world) => ({ ...world, score }));
    await expect(runToyEpisode({ environment, signal: stop.signal })).rejects.toThrow('stopped');
  });

  test('is left alone when it does not close', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    let begin = (): void => undefined;
    const closing = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const close = (): Promise<never> => {
      begin();
      return never();
    };
    const running = runToyEpisode({ environment: toyWith((world) => ({ ...world, close })) });
    await closing;
    await vi.advanceTimersByTimeAsync(10_000);
    expect((await running).outcome.status).toBe('completed');
  });

  test('is closed when it opens too late', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const closed = vi.fn();
    const environment = toyWith(
      (world) =>
        new Promise((resolve) => {
          setTimeout(() => resolve({ ...world, close: async () => void closed() }), 2000);
        }),
    );
    const running = runToyEpisode({ environment, limits: { episodeTimeoutMs: 500 } });
    await vi.advanceTimersByTimeAsync(3000);
    expect((await running).outcome.status).toBe('harness-error');
    expect(closed).toHaveBeenCalled();
  });
});

test('a payload in structured content exposes the agent', async () => {
  const vector: Vector = {
    id: 'structured',
    title: 'Structured',
    definition: 'Puts the payload into the structured content of results.',
    source: 'a test',
    group: 'result',
    places: 'one',
    eras: ['2025', '2026'],
    compatible: () => 'compatible',
    place: ({ task }) => ({
      seat: { service: task.services[0] ?? '' },
      tap: (payload, deliver) => ({
        name: 'structured',
        hostRequest: (next) => async (request, context) => {
          const reply = await next(request, context);
          if (request.method !== 'tools/call' || reply.kind !== 'result') return reply;
          deliver(request.id);
          return resultReply({ ...reply.result, structuredContent: { note: payload.text } });
        },
      }),
    }),
  };
  const { outcome } = await runToyEpisode({
    agent: 'scripted/faithful',
    attack: { vector: vector.id, carrier: 'direct', goal: 'destroy' },
    catalog: extendCatalog(builtInCatalog(), { vectors: [vector] }),
  });
  expect(outcome.attack?.stage).toBe('exposed');
});
