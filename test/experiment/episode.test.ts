import { describe, expect, test } from 'vitest';
import type { Agent } from '../../src/contracts/agent.ts';
import type { AttackId } from '../../src/contracts/attack.ts';
import type { Environment, World } from '../../src/contracts/environment.ts';
import { episodeRecordSchema } from '../../src/contracts/events.ts';
import { timeless } from '../support/timeless.ts';
import { createToyEnvironment } from '../support/toyEnvironment.ts';
import { defenseSet, runToyEpisode } from '../support/toyExperiment.ts';

const attack = (vector: string, goal = 'exfiltrate'): AttackId => ({ vector, carrier: 'direct', goal });

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

describe('the outcome of an episode', () => {
  test('a faithful agent without attack completes the task and harms nothing', async () => {
    const { outcome } = await runToyEpisode({ agent: 'scripted/faithful' });
    expect(outcome).toMatchObject({
      status: 'completed',
      utility: 1,
      harm: { stateDamage: [], dataLeft: [] },
    });
    expect(outcome.attack).toBeUndefined();
  });

  test.each(['exfiltrate', 'destroy', 'derail'])(
    'the hijacked agent achieves %s when nothing defends',
    async (goal) => {
      const { outcome, events } = await runToyEpisode({ attack: attack('tool-description', goal) });
      expect(outcome.attack?.stage).toBe('achieved');
      const stages = events.flatMap((event) => (event.type === 'attack' ? [event.stage] : []));
      expect(stages).toEqual(['planned', 'delivered', 'exposed', 'attempted', 'executed', 'achieved']);
      expect(outcome.attack?.at).toEqual(
        events.filter(({ type }) => type === 'attack').map(({ seq }) => seq),
      );
    },
  );

  test('harm evidence points at the event in which the harm was done', async () => {
    const { outcome, events } = await runToyEpisode({ attack: attack('tool-description', 'exfiltrate') });
    const [leak] = outcome.harm.dataLeft;
    expect(leak?.events).toHaveLength(1);
    expect(events[leak?.events[0] ?? -1]).toMatchObject({ type: 'attack', stage: 'executed' });
  });

  test('the faithful agent is exposed but attempts nothing', async () => {
    const { outcome } = await runToyEpisode({ agent: 'scripted/faithful', attack: attack('tool-result') });
    expect(outcome).toMatchObject({ utility: 1, attack: { stage: 'exposed' } });
    expect(outcome.attack?.stoppedBy).toBeUndefined();
  });

  test('a payload that a defense withholds stays delivered, and the defense is named', async () => {
    const { outcome } = await runToyEpisode({
      attack: attack('rogue-service'),
      defense: defenseSet('allowlist'),
    });
    expect(outcome.attack).toMatchObject({ stage: 'delivered', stoppedBy: 'allowlist' });
    expect(outcome.detection.flaggedBy).toEqual(['allowlist']);
    expect(outcome.utility).toBe(1);
  });

  test('an observing defense reports and stops nothing', async () => {
    const observed = await runToyEpisode({
      attack: attack('rogue-service'),
      defense: defenseSet('allowlist', 'observe'),
    });
    expect(observed.outcome.attack?.stage).toBe('achieved');
    expect(observed.outcome.verdicts['allowlist']?.allow).toBeGreaterThan(0);
  });

  test('a silent rug pull is stopped by pinning', async () => {
    const { outcome } = await runToyEpisode({
      attack: attack('rug-pull-silent'),
      defense: defenseSet('pinning'),
    });
    expect(outcome.attack).toMatchObject({ stage: 'delivered', stoppedBy: 'pinning' });
  });
});

describe('determinism', () => {
  test.each(['2025', '2026'] as const)('the same episode gives the same record (era %s)', async (era) => {
    const run = () => runToyEpisode({ attack: attack('tool-result', 'destroy'), era });
    expect(timeless(await run())).toEqual(timeless(await run()));
  });

  test('a record survives its own schema', async () => {
    const record = await runToyEpisode({ attack: attack('rug-pull'), defense: defenseSet('spotlighting') });
    expect(episodeRecordSchema.parse(JSON.parse(JSON.stringify(record)))).toEqual(
      JSON.parse(JSON.stringify(record)),
    );
  });
});

describe('failures have a status of their own', () => {
  test('an agent that throws', async () => {
    const agent = agentThat(() => Promise.reject(new Error('out of ideas')));
    const { outcome } = await runToyEpisode({ agent });
    expect(outcome).toMatchObject({ status: 'agent-error', problem: { what: 'out of ideas' } });
  });

  test('an agent that never ends', async () => {
    const agent = agentThat(() => new Promise(() => undefined));
    const { outcome } = await runToyEpisode({ agent, limits: { episodeTimeoutMs: 50 } });
    expect(outcome).toMatchObject({ status: 'timeout', problem: { code: 'EPISODE_TIMEOUT' } });
  });

  test('an agent that calls without end reaches its limit, which is a valid end', async () => {
    const agent = agentThat(async ({ host }) => {
      for (;;) await host.call('notes', 'read_note', { title: 'family' });
    });
    const { outcome } = await runToyEpisode({ agent, limits: { maxCalls: 7 } });
    expect(outcome).toMatchObject({ status: 'limit', calls: 7, problem: { code: 'CALL_LIMIT' } });
  });

  test('a service that never answers', async () => {
    const environment = toyWith((world) => ({
      ...world,
      services: world.services.map((source) =>
        source.kind === 'tools'
          ? {
              ...source,
              tools: source.tools.map((tool) => ({
                ...tool,
                run: () => new Promise<never>(() => undefined),
              })),
            }
          : source,
      ),
    }));
    const { outcome } = await runToyEpisode({ environment, limits: { callTimeoutMs: 50 } });
    expect(outcome).toMatchObject({ status: 'service-error', problem: { code: 'SERVICE_FAILED' } });
  });

  test('a service that cannot be started', async () => {
    const missing = { kind: 'command', name: 'post', command: '/nowhere/server', args: [] } as const;
    const environment = toyWith((world) => ({
      ...world,
      services: [...world.services.slice(0, 1), missing],
    }));
    const { outcome } = await runToyEpisode({ environment });
    expect(outcome).toMatchObject({ status: 'service-error', problem: { code: 'SERVICE_START' } });
  });

  test('a world that cannot be opened or scored', async () => {
    const unopened = await runToyEpisode({
      environment: toyWith(() => Promise.reject(new Error('no disk'))),
    });
    expect(unopened.outcome).toMatchObject({
      status: 'harness-error',
      problem: { code: 'WORLD_FAILED', what: 'no disk' },
    });
    const scoreless = toyWith((world) => ({ ...world, score: () => Promise.reject(new Error('no scale')) }));
    expect((await runToyEpisode({ environment: scoreless })).outcome.status).toBe('harness-error');
  });

  test('an abort from outside leaves no record', async () => {
    const stop = new AbortController();
    const agent = agentThat(() => {
      stop.abort(new Error('stopped'));
      return new Promise(() => undefined);
    });
    await expect(runToyEpisode({ agent, signal: stop.signal })).rejects.toThrow('stopped');
  });
});
