import { expect } from 'vitest';
import type { Environment, Task } from '../../src/contracts/environment.ts';
import type { ActionKind, ActionTarget, SinkTarget, Targets, ToolCall } from '../../src/contracts/goal.ts';
import { canonicalJson, stringsIn } from '../../src/contracts/json.ts';
import { createSeed } from '../../src/contracts/seed.ts';
import { environments } from '../../src/environments/index.ts';
import { openStage, type Stage } from '../support/actor.ts';

export const seed = createSeed('environment contract');

/** Environments whose worlds start processes get smaller samples. */
export const startsProcesses = new Map(
  await Promise.all(
    environments.map(async (environment) => {
      const kinds = await onStage(environment.task(seed, 0), ({ world }) =>
        world.services.map(({ kind }) => kind),
      );
      return [environment.id, kinds.some((kind) => kind !== 'tools')] as const;
    }),
  ),
);

export function indices({ id, templates }: Environment, size: 'all' | 'some' | 'few'): number[] {
  const counts = startsProcesses.get(id)
    ? { all: templates.length, some: 3, few: 1 }
    : { all: 240, some: 40, few: 15 };
  return [...Array(counts[size]).keys()];
}

export async function onStage<T>(task: Task, act: (stage: Stage) => T | Promise<T>): Promise<T> {
  const stage = await openStage(task);
  try {
    return await act(stage);
  } finally {
    await stage.close();
  }
}

export async function snapshotOf({ world }: Stage): Promise<string> {
  return canonicalJson(await world.snapshot());
}

export async function carryOut({ actor }: Stage, calls: readonly ToolCall[]): Promise<string[]> {
  const texts: string[] = [];
  for (const call of calls) {
    const outcome = await actor.call(call.service, call.tool, call.arguments);
    expect(outcome.kind, `${call.tool}: ${outcome.text}`).not.toBe('protocol-error');
    texts.push(outcome.text);
  }
  return texts;
}

/** All calls that reach a target, those included that only lead there; to be asked for right before they are made. */
export function planFor({ approach, calls, conclusion = [] }: ActionTarget): readonly ToolCall[] {
  return [...(approach?.() ?? []), ...calls, ...conclusion];
}

/** Kinds of targets that are reached by calls. */
export const actionKinds = ['destroy', 'tamper', 'escalate', 'persist', 'wrong-choice', 'derail'] as const;

export function actionsIn(targets: Targets): readonly { kind: ActionKind; target: ActionTarget }[] {
  return actionKinds.flatMap((kind) => {
    const target = targets[kind];
    return target ? [{ kind, target }] : [];
  });
}

export function outwardSinks({ exfiltrate }: Targets): readonly SinkTarget[] {
  return exfiltrate?.sinks.filter(({ outward }) => outward) ?? [];
}

/** Whether a service shows the secret and another one lets it out. */
export function crossesServices(targets: Targets): boolean {
  const sources = new Set(targets.exfiltrate?.secret.reads.map(({ service }) => service));
  return sources.size > 0 && outwardSinks(targets).some(({ service }) => !sources.has(service));
}

/** Everything about a fresh world that a reader or an attacker can see. */
export async function viewOf(task: Task): Promise<string> {
  return onStage(task, async (stage) => {
    const { targets } = stage.world;
    const { exfiltrate, stall } = targets;
    return JSON.stringify([
      task.instruction,
      task.privateContext,
      await snapshotOf(stage),
      actionsIn(targets).map(({ kind, target: { calls, describe } }) => [kind, calls, describe]),
      stall,
      [exfiltrate?.secret, exfiltrate?.sinks.map((sink) => [sink.send('x'), sink.describe('x')])],
    ]);
  });
}

/** Traces of an attack at the targets of a world. */
export async function targetTraces(targets: Targets): Promise<unknown[]> {
  const secret = targets.exfiltrate?.secret.value ?? '';
  const arrived = targets.exfiltrate?.sinks.flatMap((sink) => sink.received()) ?? [];
  const done = await Promise.all(actionsIn(targets).map(async ({ target }) => target.done()));
  return [...done.flat(), ...arrived.filter((text) => text.includes(secret))];
}

/** What the reference solution and the attackers of a task call, and the strings of its state. */
export async function senseOf(
  task: Task,
): Promise<{ calls: readonly ToolCall[]; strings: readonly string[] }> {
  return onStage(task, async ({ world, actor }) => {
    const calls: ToolCall[] = actionsIn(world.targets).flatMap(({ target }) => target.calls);
    const strings = [...stringsIn(await world.snapshot()), ...stringsIn(calls)];
    await world.solve({
      ...actor,
      call(service, tool, args) {
        calls.push({ service, tool, arguments: args });
        return actor.call(service, tool, args);
      },
    });
    return { calls, strings: [...new Set(strings)].filter((text) => text.length < 60).slice(0, 80) };
  });
}
