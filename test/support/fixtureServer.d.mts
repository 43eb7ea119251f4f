import type { McpServerFactory } from '@modelcontextprotocol/server';

/** What a fixture service has met, over all its connections. */
export interface FixtureMemory {
  /** Methods of notifications from the host. */
  readonly heard: string[];
  /** Calls of `wait` that were canceled. */
  canceled: number;
}

export const requestState: string;
export function createMemory(): FixtureMemory;
/** Echoes, asks, notifies and waits; the same in both eras. */
export function fixtureFactory(memory: FixtureMemory): McpServerFactory;
