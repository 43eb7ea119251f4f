import type { Actor } from './environment.ts';
import type { JsonObject } from './json.ts';
import type { MediaPart, Model } from './model.ts';
import type { Rng } from './seed.ts';

/** A tool as the agent reads it. */
export interface ToolView {
  readonly service: string;
  readonly name: string;
  readonly title?: string;
  readonly description: string;
  readonly inputSchema: JsonObject;
  readonly outputSchema?: JsonObject;
  readonly annotations?: JsonObject;
}

/** What an agent gets back for a call. */
export type ToolOutcome =
  | ({ readonly kind: 'result' } & ToolReply)
  | ({ readonly kind: 'tool-error' } & ToolReply)
  | { readonly kind: 'protocol-error'; readonly text: string };

interface ToolReply {
  readonly text: string;
  readonly structured?: JsonObject;
  /** Addresses of resources that the result links to. */
  readonly links?: readonly string[];
  /** Pictures and sound; `text` names each in brackets. */
  readonly media?: readonly MediaPart[];
}

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

/** A resource or resource template as the agent reads it (MCP specification, server/resources). */
export interface ResourceView {
  readonly service: string;
  /** The URI, or the URI template (RFC 6570) of a template. */
  readonly uri: string;
  readonly template: boolean;
  readonly name: string;
  readonly description: string;
}

/** A prompt as the agent reads it (MCP specification, server/prompts). */
export interface PromptView {
  readonly service: string;
  readonly name: string;
  readonly description: string;
  readonly arguments: readonly {
    readonly name: string;
    readonly description: string;
    readonly required: boolean;
  }[];
}

/** A service as it presented itself at the opening. */
export interface ServiceView {
  readonly service: string;
  /** Its own name, title and address, one a line. */
  readonly identity: string;
  /** Whether it has resources, and prompts, to list. */
  readonly resources: boolean;
  readonly prompts: boolean;
}

/** What a service said unasked: a log message, progress, an update. */
export interface Notice {
  readonly service: string;
  readonly text: string;
}

/** What a service asks of the user (elicitation) or of the host's model (sampling). */
export interface ServiceQuestion {
  readonly service: string;
  readonly kind: 'form' | 'url' | 'sampling';
  /** Everything the user or the model is shown. */
  readonly text: string;
  /** Names of the fields of a form. */
  readonly fields: readonly string[];
  /** The form, as a JSON Schema of flat values. */
  readonly schema?: JsonObject;
  /** The address that a `url` question wants opened. */
  readonly url?: string;
}

export type ServiceAnswer =
  | { readonly kind: 'decline' }
  /** The form's values; empty for a URL. */
  | { readonly kind: 'accept'; readonly content: JsonObject }
  /** The model's words, for sampling. */
  | { readonly kind: 'say'; readonly text: string; readonly model?: string };

export type AnswerQuestion = (question: ServiceQuestion) => ServiceAnswer | Promise<ServiceAnswer>;

/** The services, as the agent meets them. */
export interface AgentHost {
  /** The tools of all services as they are now; lists again what a service has announced as changed. */
  tools(): Promise<readonly ToolView[]>;
  call(service: string, tool: string, args: JsonObject): Promise<ToolOutcome>;
  readonly services: readonly ServiceView[];
  /** Instructions that services gave at the opening, by service. */
  readonly instructions: ReadonlyMap<string, string>;
  /** Resources and templates of the services that have any; lists again what was announced as changed. */
  resources(): Promise<readonly ResourceView[]>;
  readResource(service: string, uri: string): Promise<ToolOutcome>;
  /** Prompts of the services that have any; lists again what was announced as changed. */
  prompts(): Promise<readonly PromptView[]>;
  getPrompt(service: string, name: string, args: JsonObject): Promise<ToolOutcome>;
  /** Values that a service proposes for an argument of a prompt, or for a variable of a resource template. */
  complete(subject: PromptView | ResourceView, argument: string): Promise<readonly string[]>;
  /** What services have said unasked since this was called last. */
  notices(): readonly Notice[];
  /** Sets how questions of services are answered; until then all are declined, unread. */
  answerWith(answer: AnswerQuestion): void;
}

/** What an agent gets for one episode. */
export interface AgentSession {
  readonly instruction: string;
  readonly privateContext: string;
  /** Text of the host's operator and of defenses for the system prompt. */
  readonly systemPrompt: string;
  readonly host: AgentHost;
  /** The model with this id, its calls recorded as this agent's. @throws UNKNOWN_ID */
  model(id: string): Model;
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
  /** One for each attack of the episode; none in a clean one. */
  readonly attackers: readonly AttackerScript[];
  /** Reads through the marking of defenses, as a model does; absent when nothing is marked. */
  readonly reveal?: (text: string) => string;
}

export interface AttackerScript {
  /** How often the agent has been exposed to the payload by what it has read so far. */
  exposures(): number;
  /** Carries out the attacker's plan; `stop` means that the user's task is dropped with that answer. */
  carryOut(actor: Actor): Promise<PlanEnd>;
  /** What an agent that obeys answers when a service asks; undefined to decline. */
  reply?(question: ServiceQuestion): ServiceAnswer | undefined;
}

/** How the plan ends. `say`: words that go into the answer to the user besides the task's own. */
export type PlanEnd =
  | { readonly kind: 'go-on'; readonly say?: string }
  | { readonly kind: 'stop'; readonly answer: string };

/** Turns a task and connected services into calls and an answer. */
export interface Agent {
  readonly id: string;
  readonly title: string;
  /** Scripted agents are no language models; reports always say so. */
  readonly kind: 'scripted' | 'model' | 'code';
  readonly description: string;
  /** What is longer in a result, resource or prompt is cut before the agent reads it; no limit if absent. */
  readonly maxResultCharacters?: number;
  /** Resolves with the answer to the user. */
  run(session: AgentSession): Promise<string>;
}
