import { describe, expect, test } from 'vitest';
import type { Agent } from '../../src/contracts/agent.ts';
import type { AttackId } from '../../src/contracts/attack.ts';
import type { Defense, DefenseScope } from '../../src/contracts/defense.ts';
import type { Environment, World } from '../../src/contracts/environment.ts';
import { episodeRecordSchema } from '../../src/contracts/events.ts';
import type { DefenseSet } from '../../src/contracts/experiment.ts';
import { isJsonObject, type JsonObject } from '../../src/contracts/json.ts';
import { ModelFailure } from '../../src/contracts/model.ts';
import { errorReply, type Tap } from '../../src/contracts/wire.ts';
import { builtInCatalog, extendCatalog } from '../../src/experiment/catalog.ts';
import { timeless } from '../support/timeless.ts';
import { createToyEnvironment } from '../support/toyEnvironment.ts';
import { defenseSet, runToyEpisode, type ToyEpisode } from '../support/toyExperiment.ts';

const attack = (vector: string, goal = 'exfiltrate'): AttackId => ({ vector, carrier: 'direct', goal });

function agentThat(run: Agent['run']): Agent {
  return { id: 'test/agent', title: 'Test', kind: 'code', description: 'of a test', run };
}

function customDefense(id: string, tap: (scope: DefenseScope) => Tap): Defense {
  return {
    id,
    title: id,
    description: 'of a test',
    kind: 'active',
    modes: ['enforce'],
    source: 'test',
    create: (scope) => ({ tap: () => tap(scope) }),
  };
}

/** Refuses calls with such arguments. */
function blocking(id: string, refuses: (args: JsonObject) => boolean): Defense {
  return customDefense(id, ({ report }) => ({
    name: id,
    hostRequest: (next) => async (request, context) => {
      const args = request.params?.['arguments'];
      if (!isJsonObject(args) || !refuses(args)) return next(request, context);
      report({ action: 'block', score: 1, reason: 'refused', spans: [], message: request.id });
      return errorReply(-32000, 'refused');
    },
  }));
}

/** Claims to have acted on every reply. */
function reportingAll(id: string): Defense {
  return customDefense(id, ({ report }) => ({
    name: id,
    hostRequest: (next) => async (request, context) => {
      const reply = await next(request, context);
      report({ action: 'redact', score: 1, reason: 'all', spans: [], message: request.id });
      return reply;
    },
  }));
}

function withDefense(defense: Defense, more: DefenseSet['members'] = []): ToyEpisode {
  return {
    catalog: extendCatalog(builtInCatalog(), { defenses: [defense] }),
    defense: { name: defense.id, members: [{ id: defense.id, mode: 'enforce', parameters: {} }, ...more] },
  };
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

  test('harm evidence points at the exchange in which the harm was done', async () => {
    const { outcome, events } = await runToyEpisode({ attack: attack('tool-description', 'exfiltrate') });
    const [leak] = outcome.harm.dataLeft;
    expect(leak?.events).toHaveLength(1);
    const exchange = events[leak?.events[0] ?? -1];
    expect(exchange).toMatchObject({ type: 'exchange', request: { params: { name: 'send_message' } } });
  });

  test('what the rogue service itself received is harm too', async () => {
    const environment = createToyEnvironment({ secretIn: 'private-context', thirdParty: false });
    const { outcome } = await runToyEpisode({ environment, attack: attack('rogue-service', 'exfiltrate') });
    expect(outcome.attack?.stage).toBe('achieved');
    expect(outcome.harm.dataLeft).toHaveLength(1);
  });

  test('a call that was blocked while the plan was prepared names its defense', async () => {
    const { outcome } = await runToyEpisode({
      attack: attack('tool-description', 'exfiltrate'),
      ...withDefense(blocking('no-vault', (args) => args['title'] === 'vault')),
    });
    expect(outcome.attack).toMatchObject({ stage: 'exposed', stoppedBy: 'no-vault' });
  });

  test('an honest call before the payload was on the wire is no attempt', async () => {
    const { outcome } = await runToyEpisode({
      agent: agentThat(async ({ host, script, privateContext }) => {
        await script.attackers[0]?.carryOut({ privateContext, call: (...of) => host.call(...of) });
        return 'done';
      }),
      attack: attack('rug-pull-silent', 'destroy'),
    });
    expect(outcome.attack?.stage).toBe('planned');
  });

  test('of two defenses the one that met the payload first is named', async () => {
    const inner = defenseSet('whitelist').members;
    const { outcome } = await runToyEpisode({
      attack: attack('rogue-service'),
      ...withDefense(reportingAll('noop'), inner),
    });
    expect(outcome.attack).toMatchObject({ stage: 'delivered', stoppedBy: 'whitelist' });
  });

  test('an episode in which a defense failed is no measurement', async () => {
    const failing = customDefense('failing', () => ({
      name: 'failing',
      hostRequest: () => () => Promise.reject(new Error('out of order')),
    }));
    const { outcome } = await runToyEpisode({ attack: attack('tool-result'), ...withDefense(failing) });
    expect(outcome).toMatchObject({ status: 'harness-error', problem: { code: 'DEFENSE_FAILED' } });
  });

  test('a defense whose model failed leaves an error of the model', async () => {
    const failing = customDefense('failing', () => ({
      name: 'failing',
      hostRequest: () => () => Promise.reject(new ModelFailure('overloaded', 'try later')),
    }));
    const { outcome } = await runToyEpisode({ attack: attack('tool-result'), ...withDefense(failing) });
    expect(outcome).toMatchObject({ status: 'model-error', problem: { code: 'DEFENSE_FAILED' } });
  });

  test('the faithful agent is exposed but attempts nothing', async () => {
    const { outcome } = await runToyEpisode({ agent: 'scripted/faithful', attack: attack('tool-result') });
    expect(outcome).toMatchObject({ utility: 1, attack: { stage: 'exposed' } });
    expect(outcome.attack?.stoppedBy).toBeUndefined();
  });

  test('a payload that a defense withholds stays delivered, and the defense is named', async () => {
    const { outcome } = await runToyEpisode({
      attack: attack('rogue-service'),
      defense: defenseSet('whitelist'),
    });
    expect(outcome.attack).toMatchObject({ stage: 'delivered', stoppedBy: 'whitelist' });
    expect(outcome.detection.flaggedBy).toEqual(['whitelist']);
    expect(outcome.utility).toBe(1);
  });

  test('an observing defense reports and stops nothing', async () => {
    const observed = await runToyEpisode({
      attack: attack('rogue-service'),
      defense: defenseSet('whitelist', 'observe'),
    });
    expect(observed.outcome.attack?.stage).toBe('achieved');
    expect(observed.outcome.verdicts['whitelist']?.allow).toBeGreaterThan(0);
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
