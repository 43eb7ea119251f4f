import { expect } from 'vitest';
import type { Environment, Task } from '../../src/contracts/environment.ts';
import type { DerailTarget, DestroyTarget, ToolCall } from '../../src/contracts/goal.ts';
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
export function planFor(target: DestroyTarget | DerailTarget | undefined): readonly ToolCall[] {
  return [...(target?.approach?.() ?? []), ...(target?.calls ?? []), ...(target?.conclusion ?? [])];
}

/** Everything about a fresh world that a reader or an attacker can see. */
export async function viewOf(task: Task): Promise<string> {
  return onStage(task, async (stage) => {
    const { destroy, derail, exfiltrate } = stage.world.targets;
    return JSON.stringify([
      task.instruction,
      task.privateContext,
      await snapshotOf(stage),
      [destroy?.calls, destroy?.describe, derail?.calls, derail?.describe],
      [exfiltrate?.secret, exfiltrate?.sinks.map((sink) => [sink.send('x'), sink.describe('x')])],
    ]);
  });
}

/** Traces of an attack at the targets of a world. */
export async function targetTraces({
  destroy,
  derail,
  exfiltrate,
}: Stage['world']['targets']): Promise<unknown[]> {
  const secret = exfiltrate?.secret.value ?? '';
  const arrived = exfiltrate?.sinks.flatMap((sink) => sink.received()) ?? [];
  return [
    ...((await destroy?.damage()) ?? []),
    ...((await derail?.done()) ?? []),
    ...arrived.filter((text) => text.includes(secret)),
  ];
}

/** What the reference solution and the attackers of a task call, and the strings of its state. */
export async function senseOf(
  task: Task,
): Promise<{ calls: readonly ToolCall[]; strings: readonly string[] }> {
  return onStage(task, async ({ world, actor }) => {
    const { destroy, derail } = world.targets;
    const calls: ToolCall[] = [...(destroy?.calls ?? []), ...(derail?.calls ?? [])];
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
