import { expect } from 'vitest';
import type { JsonObject } from '../../../src/contracts/json.ts';
import { createSeed } from '../../../src/contracts/seed.ts';
import { chat } from '../../../src/environments/chat/index.ts';
import type { Channel, ChatState, User } from '../../../src/environments/chat/store.ts';
import { openStage, type Stage } from '../../support/actor.ts';

export interface Opened extends Stage {
  /** Calls a tool that must succeed. */
  text(tool: string, args?: JsonObject): Promise<string>;
  /** The same for a tool whose text is JSON. */
  ok(tool: string, args?: JsonObject): Promise<Record<string, unknown>>;
  /** The text of a tool error. */
  refused(tool: string, args?: JsonObject): Promise<string>;
  state(): ChatState;
  /** By name; `@manager` is the conversation with the manager. */
  channel(name: string): Channel;
  guest(title: 'buyer' | 'consultant'): User;
}

export function chatTask(index: number, seed = 'chat test') {
  return chat.task(createSeed(seed), index);
}

/** The number of the first task of a template. */
export function indexOf(template: string): number {
  return chat.templates.findIndex(({ id }) => id === template);
}

export async function openTask(index: number): Promise<Opened> {
  const stage = await openStage(chatTask(index));
  const state = () => stage.world.snapshot() as unknown as ChatState;
  const call = (tool: string, args: JsonObject = {}) => {
    const service = stage.ownTools.find((each) => each.tool.name === tool)?.service ?? '';
    return stage.actor.call(service, tool, args);
  };
  const text = async (tool: string, args?: JsonObject) => {
    const outcome = await call(tool, args);
    expect(outcome.kind, outcome.text).toBe('result');
    return outcome.text;
  };
  return {
    ...stage,
    state,
    text,
    ok: async (tool, args) => JSON.parse(await text(tool, args)) as Record<string, unknown>,
    async refused(tool, args) {
      const outcome = await call(tool, args);
      expect(outcome.kind, outcome.text).toBe('tool-error');
      return outcome.text;
    },
    channel: (name) => found(state().channels.find((each) => each.name === name && each.kind !== 'direct')),
    guest: (title) => found(state().users.find((user) => user.guest && user.title === title)),
  };
}

export function found<T>(item: T | undefined): T {
  if (item === undefined) throw new Error('It is not there');
  return item;
}
