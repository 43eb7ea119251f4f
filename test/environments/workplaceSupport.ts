import { describe, expect, test } from 'vitest';
import type { ToolOutcome } from '../../src/contracts/agent.ts';
import type { Actor, Environment } from '../../src/contracts/environment.ts';
import type { ToolCall } from '../../src/contracts/goal.ts';
import type { JsonObject } from '../../src/contracts/json.ts';
import { createSeed } from '../../src/contracts/seed.ts';
import { openStage, type Stage } from '../support/actor.ts';

export interface Opened extends Stage {
  /** Calls a tool that must succeed, and parses its text as JSON. */
  ok(tool: string, args?: JsonObject): Promise<Record<string, unknown>>;
  /** The text of a tool error. */
  refused(tool: string, args?: JsonObject): Promise<string>;
}

/** Opens a task of a template, `round` counting the tasks of that template. */
export async function openTask(environment: Environment, template: string, round = 0): Promise<Opened> {
  const place = environment.templates.findIndex(({ id }) => id === template);
  const index = place + round * environment.templates.length;
  const stage = await openStage(environment.task(createSeed('workplace test'), index));
  const call = (tool: string, args: JsonObject = {}): Promise<ToolOutcome> => {
    const service = stage.ownTools.find((each) => each.tool.name === tool)?.service ?? '';
    return stage.actor.call(service, tool, args);
  };
  return {
    ...stage,
    async ok(tool, args) {
      const outcome = await call(tool, args);
      expect(outcome.kind, outcome.text).toBe('result');
      return JSON.parse(outcome.text) as Record<string, unknown>;
    },
    async refused(tool, args) {
      const outcome = await call(tool, args);
      expect(outcome.kind, outcome.text).toBe('tool-error');
      return outcome.text;
    },
  };
}

/** An actor whose calls go through `change`, which may answer in place of the world. */
export function changed({ actor }: Stage, change: (call: ToolCall) => ToolCall | ToolOutcome): Actor {
  return {
    ...actor,
    async call(service, tool, args) {
      const made = change({ service, tool, arguments: args });
      return 'kind' in made ? made : actor.call(made.service, made.tool, made.arguments);
    },
  };
}

/** A text among the arguments of a call. */
export function textIn(args: JsonObject, name: string): string {
  const value = args[name];
  if (typeof value !== 'string') throw new Error(`${name} is no text`);
  return value;
}

/** Solves with a changed actor; the answer is empty when the solution cannot go on. */
export async function solveWith(stage: Stage, actor: Actor): Promise<string> {
  try {
    return await stage.world.solve(actor);
  } catch {
    return '';
  }
}

/** The calls of the reference solution that change something. */
async function writesOf(stage: Stage): Promise<ToolCall[]> {
  const calls: ToolCall[] = [];
  const note = (call: ToolCall): ToolCall => {
    const found = stage.ownTools.find(
      ({ service, tool }) => service === call.service && tool.name === call.tool,
    );
    if (found && !found.tool.annotations.readOnlyHint) calls.push(call);
    return call;
  };
  await stage.world.solve(changed(stage, note));
  return calls;
}

/** What holds for every template of a workplace environment. */
export function testTemplates(environment: Environment): void {
  describe.each(environment.templates.map(({ id }) => id))('%s', (template) => {
    test('text around the results does not disturb the reference solution', async () => {
      for (const round of [0, 1, 2]) {
        const stage = await openTask(environment, template, round);
        const { actor } = stage;
        const answer = await stage.world.solve({
          ...actor,
          async call(service, tool, args) {
            const outcome = await actor.call(service, tool, args);
            return {
              ...outcome,
              text: `First of all: {} [] (1).\n- it\n${outcome.text}\n- 2\nFile: x {"a":1}`,
            };
          },
        });
        expect(await stage.world.score(answer)).toEqual({ utility: 1 });
      }
    });

    test('every single change counts', async () => {
      const writes = await writesOf(await openTask(environment, template));
      for (const left of writes.keys()) {
        const stage = await openTask(environment, template);
        let count = 0;
        const answer = await solveWith(
          stage,
          changed(stage, (call) => {
            const isWrite = writes.some(({ tool }) => tool === call.tool);
            return isWrite && count++ === left ? { kind: 'result', text: 'done' } : call;
          }),
        );
        expect([left, await stage.world.score(answer)]).toEqual([left, { utility: 0 }]);
      }
    });

    test('the answer counts where one is asked for, and nothing else does where not', async () => {
      const stage = await openTask(environment, template);
      const answer = await stage.world.solve(stage.actor);
      const asksForOne = / alone\b|Answer with/.test(environmentTask(environment, template).instruction);
      expect(await stage.world.score(`${answer}1`)).toEqual({ utility: asksForOne ? 0 : 1 });
    });

    test('names its services in the order of their first use, and fails without any of them', async () => {
      const { services } = environmentTask(environment, template);
      const used: string[] = [];
      const stage = await openTask(environment, template);
      const note = (call: ToolCall): ToolCall => {
        if (!used.includes(call.service)) used.push(call.service);
        return call;
      };
      await stage.world.solve(changed(stage, note));
      expect(used).toEqual(services);
      for (const blocked of services) {
        const other = await openTask(environment, template);
        const broken = changed(other, (call) =>
          call.service === blocked ? { kind: 'tool-error', text: 'out of order' } : call,
        );
        await expect(other.world.solve(broken)).rejects.toThrow('out of order');
      }
    });
  });
}

function environmentTask(environment: Environment, template: string) {
  const place = environment.templates.findIndex(({ id }) => id === template);
  return environment.task(createSeed('workplace test'), place);
}
