import { expect } from 'vitest';
import { createSeed } from '../../../src/contracts/seed.ts';
import { bank } from '../../../src/environments/bank/index.ts';
import type { BankState } from '../../../src/environments/bank/store.ts';
import { openStage, type Stage } from '../../support/actor.ts';

export interface Opened extends Stage {
  /** Calls a tool that must succeed, and parses its text as JSON. */
  ok(tool: string, args?: Parameters<Stage['actor']['call']>[2]): Promise<Record<string, unknown>>;
  /** The text of a tool error. */
  refused(tool: string, args?: Parameters<Stage['actor']['call']>[2]): Promise<string>;
  state(): BankState;
}

export function bankTask(index: number, seed = 'bank test') {
  return bank.task(createSeed(seed), index);
}

/** The number of the first task of a template. */
export function indexOf(template: string): number {
  return bank.templates.findIndex(({ id }) => id === template);
}

export async function openTask(index: number): Promise<Opened> {
  const stage = await openStage(bankTask(index));
  const call = (tool: string, args = {}) => {
    const service = stage.ownTools.find((each) => each.tool.name === tool)?.service ?? '';
    return stage.actor.call(service, tool, args);
  };
  return {
    ...stage,
    state: () => stage.world.snapshot() as unknown as BankState,
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

export function found<T>(item: T | undefined): T {
  if (item === undefined) throw new Error('It is not there');
  return item;
}
