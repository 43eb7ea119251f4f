import type { Actor } from './environment.ts';
import type { JsonObject } from './json.ts';
import type { Rng } from './seed.ts';

/** A tool as the agent reads it. */
export interface ToolView {
  readonly service: string;
  readonly name: string;
  readonly title?: string;
  readonly description: string;
  readonly inputSchema: JsonObject;
}

/** What an agent gets back for a call. */
export type ToolOutcome =
  | { readonly kind: 'result'; readonly text: string; readonly structured?: JsonObject }
  | { readonly kind: 'tool-error'; readonly text: string; readonly structured?: JsonObject }
  | { readonly kind: 'protocol-error'; readonly text: string };

/** A reference solution or an attacker's plan cannot go on: an outcome it builds on is an error. */
export class SolutionStuck extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'SolutionStuck';
  }
}

/**
 * The text of a call's result.
 * @throws SolutionStuck when the outcome is an error
 */
export function textOf(outcome: ToolOutcome): string {
  if (outcome.kind !== 'result') throw new SolutionStuck(outcome.text);
  return outcome.text;
}

/** The services, as the agent meets them. */
export interface AgentHost {
  /** The tools of all services as they are now; lists again what a service has announced as changed. */
  tools(): Promise<readonly ToolView[]>;
  call(service: string, tool: string, args: JsonObject): Promise<ToolOutcome>;
  /** Instructions that services gave at the opening, by service. */
  readonly instructions: ReadonlyMap<string, string>;
}

/** What an agent gets for one episode. */
export interface AgentSession {
  readonly instruction: string;
  readonly privateContext: string;
  /** Text of the host's operator and of defenses for the system prompt. */
  readonly systemPrompt: string;
  readonly host: AgentHost;
  /** This agent's own random choices. */
  readonly rng: Rng;
  /** Aborted at the episode's time limit. */
  readonly signal: AbortSignal;
  /** For scripted agents only: what stands in for a model's competence and for its gullibility. */
  readonly script: AgentScript;
}

export interface AgentScript {
  /** The task's reference solution; resolves with the answer. */
  solve(actor: Actor): Promise<string>;
  /** Absent in a clean episode. */
  readonly attacker?: AttackerScript;
  /** Reads through the marking of defenses, as a model does; absent when nothing is marked. */
  readonly reveal?: (text: string) => string;
}

export interface AttackerScript {
  /** How often the agent has been exposed to the payload by what it has read so far. */
  exposures(): number;
  /** Carries out the attacker's plan; `stop` means that the user's task is dropped with that answer. */
  carryOut(actor: Actor): Promise<PlanEnd>;
}

export type PlanEnd = { readonly kind: 'go-on' } | { readonly kind: 'stop'; readonly answer: string };

/** Turns a task and connected services into calls and an answer. */
export interface Agent {
  readonly id: string;
  readonly title: string;
  /** Scripted agents are no language models; reports always say so. */
  readonly kind: 'scripted' | 'model' | 'code';
  readonly description: string;
  /** Resolves with the answer to the user. */
  run(session: AgentSession): Promise<string>;
}
