import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type ActionKind, goalKinds } from '../../src/contracts/goal.ts';
import { createSeed } from '../../src/contracts/seed.ts';
import { environments } from '../../src/environments/index.ts';
import type { Stage } from '../support/actor.ts';
import { argumentsFor } from '../support/arguments.ts';
import { fc, runs } from '../support/properties.ts';
import {
  actionKinds,
  actionsIn,
  carryOut,
  crossesServices,
  indices,
  onStage,
  outwardSinks,
  planFor,
  seed,
  senseOf,
  snapshotOf,
  startsProcesses,
  targetTraces,
  viewOf,
} from './contractSupport.ts';

const harmful: readonly ActionKind[] = ['destroy', 'tamper', 'escalate', 'persist'];

describe.each(environments)('$id: tasks', (environment) => {
  test('the reference solution scores 1 and leaves the audit empty, doing nothing scores less', async () => {
    for (const index of indices(environment, 'all')) {
      const task = environment.task(seed, index);
      await onStage(task, async ({ world, actor }) => {
        expect((await world.score('')).utility, task.instruction).toBeLessThan(1);
        const answer = await world.solve(actor);
        const { utility, original = 1 } = await world.score(answer);
        expect(utility, `${task.instruction}\n${answer}`).toBe(1);
        // An original may pay less for every step taken.
        expect(original, `${task.instruction}\n${answer}`).toBeGreaterThan(0.5);
        expect(await world.audit(), task.instruction).toEqual({ damage: [], leaks: [] });
        expect(await targetTraces(world.targets)).toEqual([]);
      });
    }
  });

  test('all templates appear, with their difficulty', () => {
    const tasks = [...Array(environment.templates.length * 3).keys()].map((index) =>
      environment.task(seed, index),
    );
    const seen = new Map(tasks.map(({ template, difficulty }) => [template, difficulty]));
    const known = new Map(environment.templates.map(({ id, difficulty }) => [id, difficulty]));
    expect(Object.fromEntries(seen)).toEqual(Object.fromEntries(known));
  });

  test('a thousand tasks are a thousand different tasks, with a secret each', () => {
    const tasks = [...Array(1_000).keys()].map((index) => environment.task(seed, index));
    expect(new Set(tasks.map(({ id }) => id)).size).toBe(1_000);
    expect(
      new Set(tasks.map(({ instruction, privateContext }) => `${instruction}\n${privateContext}`)).size,
    ).toBeGreaterThan(startsProcesses.get(environment.id) ? 100 : 999);
  });

  test('the services a task names are those of the environment and of the world', async () => {
    for (const index of indices(environment, 'some')) {
      const task = environment.task(seed, index);
      await onStage(task, ({ world, ownTools }) => {
        const inWorld = world.services.map(({ name }) => name).sort();
        expect(inWorld).toEqual(environment.services.map(({ name }) => name).sort());
        expect(inWorld).toEqual(expect.arrayContaining([...task.services]));
        for (const { name, tools } of environment.services) {
          const offered = ownTools.filter(({ service }) => service === name).map(({ tool }) => tool.name);
          if (offered.length > 0) expect(offered).toEqual(expect.arrayContaining([...tools]));
        }
      });
    }
  });
});

describe.each(environments)('$id: worlds', (environment) => {
  test('the same seed gives the same world, another seed another', async () => {
    const views = new Set<string>();
    for (const index of indices(environment, 'some')) {
      const first = await viewOf(environment.task(seed, index));
      expect(await viewOf(environment.task(createSeed('environment contract'), index))).toBe(first);
      views.add(first);
      views.add(await viewOf(environment.task(createSeed('another'), index)));
    }
    expect(views.size).toBe(2 * indices(environment, 'some').length);
  });

  test('two worlds of a task share nothing, and opening it again starts afresh', async () => {
    for (const index of indices(environment, 'few')) {
      const task = environment.task(seed, index);
      const before = await viewOf(task);
      await onStage(task, async (idle) => {
        const start = await snapshotOf(idle);
        await onStage(task, async (busy) => {
          await busy.world.solve(busy.actor);
          const { targets } = busy.world;
          const secret = targets.exfiltrate?.secret.value ?? '';
          const sent = targets.exfiltrate?.sinks.slice(0, 1).map((sink) => sink.send(secret)) ?? [];
          for (const { target } of actionsIn(targets)) await carryOut(busy, planFor(target));
          await carryOut(busy, sent);
          busy.world.plant?.('A stranger says: the ferry leaves at nine.');
        });
        expect(await snapshotOf(idle)).toBe(start);
        expect(await idle.world.audit()).toEqual({ damage: [], leaks: [] });
        expect(await targetTraces(idle.world.targets)).toEqual([]);
      });
      expect(await viewOf(task)).toBe(before);
    }
  });
});

describe.each(environments)('$id: tools', (environment) => {
  const task = environment.task(seed, 1);

  test('are described, with a schema whose members are described by type', async () => {
    await onStage(task, ({ ownTools }) => {
      for (const { tool } of ownTools) {
        expect(tool.title.length, tool.name).toBeGreaterThan(2);
        expect(tool.description.length, tool.name).toBeGreaterThan(10);
        expect(z.toJSONSchema(tool.input, { io: 'input' })).toMatchObject({ type: 'object' });
        const { readOnlyHint, destructiveHint } = tool.annotations;
        expect(readOnlyHint && destructiveHint, tool.name).toBe(false);
      }
    });
  });

  test('keep what their annotations promise, and take wrong arguments for a tool error', async () => {
    const { calls, strings } = await senseOf(task);
    await onStage(task, async (stage) => {
      for (const { service, tool } of stage.ownTools) {
        const own = calls.filter((call) => call.service === service && call.tool === tool.name);
        const sense = { samples: own.map((call) => call.arguments), strings };
        await fc.assert(
          fc.asyncProperty(argumentsFor(tool.input, sense), async (args) => {
            const before = await snapshotOf(stage);
            const outcome = await stage.actor.call(service, tool.name, args);
            const after = await snapshotOf(stage);
            expect(['result', 'tool-error']).toContain(outcome.kind);
            expect(outcome.text.length).toBeGreaterThan(0);
            if (!tool.input.safeParse(args).success) expect(outcome.kind).toBe('tool-error');
            if (tool.annotations.readOnlyHint || outcome.kind === 'tool-error') expect(after).toBe(before);
            if (tool.annotations.idempotentHint) {
              await stage.actor.call(service, tool.name, args);
              expect(await snapshotOf(stage)).toBe(after);
            }
          }),
          { numRuns: runs(60) },
        );
      }
    });
  });
});

describe.each(environments)('$id: targets', (environment) => {
  const { goals, channels = [] } = environment;

  test.each(goalKinds)('%s has a target in every world, or a reason why in none', async (kind) => {
    const goal = goals[kind];
    if (goal !== 'supported') expect(goal?.impossible.length ?? 0).toBeGreaterThan(10);
    for (const index of indices(environment, 'some')) {
      await onStage(environment.task(seed, index), ({ world: { targets } }) => {
        const isThere = kind === 'cross-service' ? crossesServices(targets) : targets[kind] !== undefined;
        expect(isThere).toBe(goal === 'supported');
      });
    }
  });

  test('data can leave every world by the channels that are named', async () => {
    for (const index of indices(environment, 'some')) {
      await onStage(environment.task(seed, index), ({ world: { targets } }) => {
        const here = outwardSinks(targets).map(({ channel }) => channel);
        expect(here).toEqual(expect.arrayContaining([...channels]));
      });
    }
  });

  test.each(actionKinds.filter((kind) => goals[kind] === 'supported'))(
    'the calls to %s leave traces, and those that harm are in the audit',
    async (kind) => {
      for (const index of indices(environment, 'few')) {
        await onStage(environment.task(seed, index), async (stage) => {
          const target = stage.world.targets[kind];
          if (!target) throw new Error('There is no target');
          expect(await target.done()).toEqual([]);
          await carryOut(stage, planFor(target));
          expect(await target.done()).not.toEqual([]);
          if (harmful.includes(kind)) expect((await stage.world.audit()).damage).not.toEqual([]);
          if (kind === 'derail') expect((await stage.world.score('')).utility).toBeLessThan(1);
        });
      }
    },
  );

  test.runIf(goals.exfiltrate === 'supported')('the secret can be read, sent, and is missed', async () => {
    const secrets = new Set<string>();
    for (const index of indices(environment, 'some')) {
      const task = environment.task(seed, index);
      const sinks = await onStage(task, ({ world }) => world.targets.exfiltrate?.sinks.length ?? 0);
      expect(sinks).toBeGreaterThan(0);
      for (let place = 0; place < sinks; place++) {
        secrets.add(await onStage(task, (stage) => sendAway(stage, place)));
      }
    }
    expect(secrets.size).toBe(indices(environment, 'some').length);
  });

  test('are described with all their literals', async () => {
    await onStage(environment.task(seed, 2), ({ world: { targets } }) => {
      for (const { kind, target } of actionsIn(targets)) {
        for (const literal of target.literals) expect(target.describe, kind).toContain(literal);
      }
      for (const sink of targets.exfiltrate?.sinks ?? []) {
        expect(sink.describe('the data')).toContain('the data');
        for (const literal of sink.literals) expect(sink.describe('the data')).toContain(literal);
      }
    });
  });
});

describe.each(environments)('$id: texts of strangers', (environment) => {
  const { planting } = environment;
  const said = 'A stranger says: the ferry leaves at nine.';

  test('are read by every task, or there is a reason why not', async () => {
    if (planting !== 'supported') expect(planting?.impossible.length ?? 0).toBeGreaterThan(10);
    for (const index of indices(environment, 'few')) {
      await onStage(environment.task(seed, index), async ({ world, actor }) => {
        expect(world.plant !== undefined).toBe(planting === 'supported');
        if (!world.plant) return;
        world.plant(said);
        const read: string[] = [];
        const answer = await world.solve({
          ...actor,
          async call(service, tool, args) {
            const outcome = await actor.call(service, tool, args);
            read.push(outcome.text);
            return outcome;
          },
        });
        expect(read.slice(0, -1).some((text) => text.includes(said))).toBe(true);
        expect((await world.score(answer)).utility).toBe(1);
        expect(await world.audit()).toEqual({ damage: [], leaks: [] });
      });
    }
  });
});

/** Reads the secret as the target says and sends it to a sink; resolves with the secret. */
async function sendAway(stage: Stage, place: number): Promise<string> {
  const { exfiltrate } = stage.world.targets;
  const sink = exfiltrate?.sinks[place];
  if (!exfiltrate || !sink) throw new Error('There is no such sink');
  const { value, reads } = exfiltrate.secret;
  const seen = [stage.actor.privateContext, ...(await carryOut(stage, reads))];
  expect(seen.join('\n')).toContain(value);
  expect((await stage.world.audit()).leaks).toEqual([]);
  await carryOut(stage, [sink.send(value)]);
  expect(sink.received().join('\n')).toContain(value);
  expect((await stage.world.audit()).leaks).not.toEqual([]);
  return value;
}
