import type { PlanEnd } from './agent.ts';
import type { Actor, Environment, Evidence, Task, World } from './environment.ts';
import type { GoalKind, Impossible, SinkTarget, ToolCall } from './goal.ts';
import type { Rng } from './seed.ts';
import type { ServiceSource } from './service.ts';
import type { Era, MessageId, Tap } from './wire.ts';

/** Names an attack: vector x carrier x goal. */
export interface AttackId {
  readonly vector: string;
  readonly carrier: string;
  readonly goal: string;
}

/** The usual text form of an attack: `VECTOR/CARRIER/GOAL`. */
export function attackName(attack: AttackId): string {
  return `${attack.vector}/${attack.carrier}/${attack.goal}`;
}

/** What every part of an attack tells about itself. */
export interface AttackPart {
  readonly id: string;
  readonly title: string;
  /** One line. */
  readonly definition: string;
  /** Paper or specification section. */
  readonly source: string;
}

/** What the attacker wants said to the agent, before a carrier phrases it. */
export interface Wish {
  readonly text: string;
  /** Substrings of `text` that must survive every rewriting: tool names, canaries, addresses. */
  readonly literals: readonly string[];
}

/** A wish as a carrier has phrased or disguised it. */
export interface Payload {
  readonly text: string;
  /** Substrings of `text` without which it cannot be acted on. */
  readonly literals: readonly string[];
}

/** How the payload is phrased or disguised. */
export interface Carrier extends AttackPart {
  render(wish: Wish, rng: Rng): Payload;
}

/** The seat of an attack in one episode: which service is malicious. */
export interface Seat {
  readonly service: string;
  /** A sink that the malicious service brings along. */
  readonly sink?: SinkTarget;
}

/** One goal in one world. */
export interface GoalInstance {
  readonly wish: Wish;
  /** The attacker's plan for scripted agents. */
  carryOut(actor: Actor): Promise<PlanEnd>;
  /** Whether a call belongs to the attacker's plan and not to an honest user's task. */
  owns(call: ToolCall): boolean;
  /** Whether the plan needs this call although an honest task may make it too, such as reading the secret. */
  prepares?(call: ToolCall): boolean;
  /** Evidence of the effect at the end of the episode, empty when it is not there. Never looks at attempts. */
  achieved(utility: number): readonly Evidence[] | Promise<readonly Evidence[]>;
}

/** What the attacker wants, with a machine check on effects. */
export interface Goal extends AttackPart {
  readonly kind: GoalKind;
  aim(world: World, seat: Seat): GoalInstance | Impossible;
}

export interface VectorScope {
  readonly task: Task;
  readonly world: World;
  readonly rng: Rng;
}

/** Called by a vector each time it puts the payload on the wire. */
export type Deliver = (message: MessageId) => void;

/** A vector at work in one episode. */
export interface VectorInstance {
  readonly seat: Seat;
  /** A service of the attacker's own, connected besides the world's. */
  readonly service?: ServiceSource;
  /** The tap for the malicious service's wire, at the service's end. */
  tap(payload: Payload, deliver: Deliver): Tap;
}

/** Where in the protocol the payload enters. */
export interface Vector extends AttackPart {
  readonly eras: readonly Era[];
  /** Whether this vector exists in the environment, decided without opening a world. */
  compatible(environment: Environment): 'compatible' | Impossible;
  place(scope: VectorScope): VectorInstance;
}
