import type { Agent } from '../contracts/agent.ts';
import type { AgentChoice } from '../contracts/experiment.ts';
import type { ExternalAgent } from '../contracts/externalAgent.ts';
import { external } from './external/index.ts';
import type { AgentKind, AgentModel } from './kind.ts';
import { createCompliant, faithful, hijacked } from './policies.ts';
import { react } from './react/index.ts';
import { toolLoop } from './toolLoop.ts';

/** All agents that come with SafeMCP; of the family `scripted/compliant-P` one member is listed. */
export const agents: readonly Agent[] = [faithful, hijacked, createCompliant(0.5)];

/** All kinds of agents that experiments make from settings. */
export const agentKinds: readonly AgentKind[] = [toolLoop, react, external];

/** The agent that a checked choice describes; undefined when its kind does not exist. */
export function createAgent(
  choice: AgentChoice,
  models: readonly AgentModel[],
): Agent | ExternalAgent | undefined {
  return agentKinds.find(({ id }) => id === choice.kind)?.create(choice, models);
}

const compliantId = /^scripted\/compliant-([01](?:\.[0-9]{1,6})?)$/;

/**
 * The built-in agent with this id, also any member of the family `scripted/compliant-P` with P from 0 to 1 in its
 * shortest form; undefined when there is none.
 */
export function resolveAgent(id: string): Agent | undefined {
  const listed = agents.find((agent) => agent.id === id);
  if (listed) return listed;
  const written = compliantId.exec(id)?.[1];
  const p = Number(written);
  return written === String(p) && p <= 1 ? createCompliant(p) : undefined;
}
