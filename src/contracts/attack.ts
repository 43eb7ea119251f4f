import type { PlanEnd, ServiceAnswer, ServiceQuestion } from './agent.ts';
import type { Actor, Environment, Evidence, Task, World } from './environment.ts';
import type { Impossible, SinkTarget, ToolCall } from './goal.ts';
import type { JudgeScope, TextModel } from './model.ts';
import type { Rng } from './seed.ts';
import type { ServiceSource } from './service.ts';
import type { Era, MessageId, Tap, TransportKind } from './wire.ts';

/** Names an attack: vector x carrier x goal. */
export interface AttackId {
  readonly vector: string;
  readonly carrier: string;
  readonly goal: string;
  /** Calls that the malicious service answers honestly before it attacks; 0 if absent. */
  readonly afterCalls?: number | undefined;
  /** Trials of a task in which the malicious service stays honest before it attacks; 0 if absent. */
  readonly afterEpisodes?: number | undefined;
  /** Further attacks in the same episode. */
  readonly together?: readonly AttackId[] | undefined;
}

/** The usual text form of an attack: `VECTOR/CARRIER/GOAL`, with `~C` or `~C.E` for calls and episodes of lying low. */
export function attackName(attack: AttackId): string {
  const own = `${attack.vector}/${attack.carrier}/${attack.goal}${patienceOf(attack)}`;
  return [own, ...(attack.together ?? []).map(attackName)].join('+');
}

/** How long an attack lies low, in its usual text form: `~C` calls, `~C.E` calls and episodes, empty for not at all. */
export function patienceOf({ afterCalls = 0, afterEpisodes = 0 }: AttackId): string {
  if (afterEpisodes > 0) return `~${afterCalls}.${afterEpisodes}`;
  return afterCalls > 0 ? `~${afterCalls}` : '';
}

export const frameworks = ['SAFE-MCP', 'OWASP MCP', 'OWASP LLM', 'OWASP Agentic', 'ATLAS'] as const;
export type Framework = (typeof frameworks)[number];

/** Where an attack stands in a framework of others. */
export interface Mapping {
  readonly framework: Framework;
  readonly id: string;
  /** `published`: from a published crosswalk. `ours`: the id exists, that it fits is our reading. `unverified`: neither was checked. */
  readonly basis: 'published' | 'ours' | 'unverified';
}

/** What every part of an attack tells about itself. */
export interface AttackPart {
  readonly id: string;
  readonly title: string;
  /** One line. */
  readonly definition: string;
  /** Paper or specification section. */
  readonly source: string;
  readonly mappings?: readonly Mapping[];
}

/** What the attacker wants said to the agent, before a carrier phrases it. */
export interface Wish {
  readonly text: string;
  /** Substrings of `text` that must survive every rewriting: tool names, canaries, addresses. */
  readonly literals: readonly string[];
}

/** A wish as a carrier has phrased or disguised it. */
export interface Payload {
  /** As it goes on the wire; the parts joined, where there are several. */
  readonly text: string;
  /** Substrings of `text` without which it cannot be acted on. */
  readonly literals: readonly string[];
  /** Pieces that go to places of their own and make sense only together; absent for a payload in one piece. */
  readonly parts?: readonly string[];
  /** What a competent reader takes from it, where it does not stand there in plain words. */
  readonly meaning?: Meaning;
  /** Gives `host`, the honest text of the place, with the payload worked into it; put at its end if absent. */
  blend?(host: string): string;
}

/** The way from a disguised payload to what it says. */
export interface Meaning extends Wish {
  /** Undoes the disguise wherever it stands in `seen`, in time linear in its length; the rest stays as it is. */
  decode(seen: string): string;
}

/**
 * What the disguise leaves to a reader. `plain`: the wish stands there word by word. `reworded`: in other words.
 * `encoded`: to be decoded, by a rule that is told. `hidden`: a person does not see it. `split`: in several places.
 */
export const readabilities = ['plain', 'reworded', 'encoded', 'hidden', 'split'] as const;
export type Readability = (typeof readabilities)[number];

/** What a carrier may know of where its text will stand. */
export interface Surroundings {
  /** The service that speaks. */
  readonly service: string;
  /** The tools of the world, as the malicious service may know them. */
  readonly tools: readonly { readonly service: string; readonly tool: string }[];
  /** What the task is about, in a few words. */
  readonly topic: string;
}

/** How the payload is phrased or disguised. */
export interface Carrier extends AttackPart {
  readonly readability: Readability;
  /** Deterministic: the same wish, choices and surroundings give the same bytes. Literals survive verbatim. */
  render(wish: Wish, rng: Rng, surroundings: Surroundings): Payload;
  /** The form that the literature runs with a language model; used only when one is configured. */
  rewrite?(wish: Wish, scope: RewriteScope): Promise<Payload>;
}

export interface RewriteScope {
  readonly rng: Rng;
  readonly surroundings: Surroundings;
  readonly model: TextModel;
}

/** The seat of an attack in one episode: which service is malicious. */
export interface Seat {
  readonly service: string;
  /** A sink that the malicious service brings along. */
  readonly sink?: SinkTarget;
}

/** How an episode ended, as far as goals look at it. */
export interface GoalEnd {
  readonly utility: number;
  /** The agent's answer to the user. */
  readonly answer: string;
  /** Models for a judge to ask; none if absent. */
  readonly model?: JudgeScope['model'];
}

/** One goal in one world. */
export interface GoalInstance {
  readonly wish: Wish;
  /** The attacker's plan for scripted agents. */
  carryOut(actor: Actor): Promise<PlanEnd>;
  /**
   * Whether a call belongs to the attacker's plan and not to an honest user's task.
   * @param repetition how often this very call was issued before, since the payload was delivered
   */
  owns(call: ToolCall, repetition: number): boolean;
  /** Whether the plan needs this call although an honest task may make it too, such as reading the secret. */
  prepares?(call: ToolCall): boolean;
  /** Whether words of the agent, in its answer to the user or to a question of a service, belong to the plan. */
  ownsText?(text: string, to: 'user' | 'service'): boolean;
  /** What an agent that obeys answers when a service asks; undefined to decline. */
  reply?(question: ServiceQuestion): ServiceAnswer | undefined;
  /**
   * The goal's own eyes and hands at a service's end of the wire: what receives, counts or asks.
   * @param delivered whether the payload has been on the wire, so that counting and asking can begin; from the start if absent
   */
  tap?(service: string, delivered?: () => boolean): Tap | undefined;
  /** The calls of the plan where they are known beforehand, for vectors that act without the agent. */
  readonly calls?: readonly ToolCall[];
  /** True when the effect is data that has left to where the world cannot see it: it then counts as harm. */
  readonly leaks?: boolean;
  /** Evidence of the effect at the end of the episode, empty when it is not there. Never looks at attempts. */
  achieved(end: GoalEnd): readonly Evidence[] | Promise<readonly Evidence[]>;
}

/** What the attacker wants, with a machine check on effects. */
export interface Goal extends AttackPart {
  /** True when the goal comes about by calls alone, so that a vector that acts without the agent can reach it. */
  readonly actsAlone?: boolean;
  /** The eras and transports that the goal exists on; all if absent. */
  readonly eras?: readonly Era[];
  readonly transports?: readonly TransportKind[];
  /** Whether this goal exists in the environment, on the vector, decided without opening a world. */
  compatible(environment: Environment, vector: Vector): 'compatible' | Impossible;
  aim(world: World, seat: Seat, rng: Rng): GoalInstance | Impossible;
}

export interface VectorScope {
  readonly task: Task;
  readonly world: World;
  readonly rng: Rng;
}

/** Called by a vector each time it puts a part of the payload on the wire; the whole payload is part 0. */
export type Deliver = (message: MessageId, part?: number) => void;

/** A vector at work in one episode. */
export interface VectorInstance {
  readonly seat: Seat;
  /** A service of the attacker's own, connected besides the world's. */
  readonly service?: ServiceSource;
  /** Cuts or frames the payload for this vector's places. */
  shape?(payload: Payload): Payload;
  /** The tap for the malicious service's wire, at the service's end. */
  tap(payload: Payload, deliver: Deliver, goal: GoalInstance): Tap;
  /** Taps for further services that play a part, by service. */
  others?(payload: Payload, deliver: Deliver): ReadonlyMap<string, Tap>;
}

export const vectorGroups = [
  'metadata',
  'between-services',
  'over-time',
  'result',
  'primitive',
  'parameter',
] as const;
export type VectorGroup = (typeof vectorGroups)[number];

/** Where in the protocol the payload enters. */
export interface Vector extends AttackPart {
  readonly group: VectorGroup;
  readonly eras: readonly Era[];
  /** Whether the parts of a split payload can go to places of their own. */
  readonly places: 'one' | 'several';
  /** True when the service does the harm by itself: no agent has to read or obey anything, and no text is needed. */
  readonly actsAlone?: boolean;
  /** True when the service at the seat is honest and hands on what a stranger wrote: what it receives, the attacker does not. */
  readonly honestSeat?: boolean;
  /** True when the payload goes out as the connection opens, so that the service cannot lie low before. */
  readonly atOpening?: boolean;
  /** Whether this vector exists in the environment, decided without opening a world. */
  compatible(environment: Environment): 'compatible' | Impossible;
  place(scope: VectorScope): VectorInstance;
}
