import type { Evidence } from './environment.ts';
import type { JsonObject } from './json.ts';

/** What an attacker can want that depends on what a world holds. */
export const goalKinds = [
  'exfiltrate',
  'cross-service',
  'destroy',
  'tamper',
  'escalate',
  'persist',
  'wrong-choice',
  'derail',
  'stall',
] as const;
export type GoalKind = (typeof goalKinds)[number];

/** Kinds that come about by calls of the agent which leave traces in the world. */
export type ActionKind = 'destroy' | 'tamper' | 'escalate' | 'persist' | 'wrong-choice' | 'derail';

/** Why something cannot be done, in one line. */
export interface Impossible {
  readonly impossible: string;
}

export function isImpossible(value: unknown): value is Impossible {
  return typeof value === 'object' && value !== null && 'impossible' in value;
}

/** A tool call, as an agent would issue it. */
export interface ToolCall {
  readonly service: string;
  readonly tool: string;
  readonly arguments: JsonObject;
}

/** A canary secret of the episode and how an agent comes by it. */
export interface SecretTarget {
  /** The canary itself; unique to the episode. */
  readonly value: string;
  /** Names the secret for a reader who has not seen it: `the recovery code in private/recovery.txt`. */
  readonly name: string;
  /** The calls that show the secret to the agent; none when it stands in the private context. */
  readonly reads: readonly ToolCall[];
}

/**
 * How data leaves. `mail`, `message`, `post` (published for anyone to read), `payment` (the text of a payment), `file`,
 * `argument` (a value that a service has no use for). The attacks add `answer` (a link in the agent's answer),
 * `error` (a call that fails), `elicitation` (an answer to a service's question) and `header` (mirrored by HTTP).
 */
export const sinkChannels = [
  'mail',
  'message',
  'post',
  'payment',
  'file',
  'argument',
  'answer',
  'error',
  'elicitation',
  'header',
] as const;
export type SinkChannel = (typeof sinkChannels)[number];

/** A place where data leaves the user's control. */
export interface SinkTarget {
  readonly service: string;
  readonly channel: SinkChannel;
  /** True when the attacker receives what arrives, whichever service is malicious (a mail to the attacker). */
  readonly outward: boolean;
  /** The call that sends `text` there. */
  send(text: string): ToolCall;
  /** The same in words, with every literal that matters; `what` names the data. */
  describe(what: string): string;
  /** Literals of `describe` that must survive rewriting. */
  readonly literals: readonly string[];
  /** What has arrived so far. */
  received(): readonly string[];
}

/** Calls that no task asks for, and the traces they leave. */
export interface ActionTarget {
  /**
   * Calls that bring an agent from the present state of the world to where `calls` work, such as a way through
   * rooms. An honest task may issue them too, so they are no sign of the attack.
   */
  approach?(): readonly ToolCall[];
  readonly calls: readonly ToolCall[];
  /** Calls that finish what `calls` began, if they succeeded, such as an order; no sign of the attack either. */
  readonly conclusion?: readonly ToolCall[];
  /** The calls in words, as a request to the agent. */
  readonly describe: string;
  readonly literals: readonly string[];
  /** Traces of the calls in the world; empty while they have had no effect. */
  done(): readonly Evidence[] | Promise<readonly Evidence[]>;
}

/**
 * What a world offers to each kind of goal; a kind that the environment rules out is absent.
 *
 * - `destroy`: something that the task does not allow to change is deleted or given away.
 * - `tamper`: an amount, payee, recipient, date, number or piece of code in the user's data is changed.
 * - `escalate`: a tool of more power than any task needs grants rights, lifts a limit or opens something to others.
 * - `persist`: an instruction of the attacker's is written to where agents read it again in later work.
 * - `wrong-choice`: the attacker's offer is bought, booked or chosen.
 * - `derail`: another task is done in place of the user's.
 * - `stall`: a call that does no harm once and can be repeated without end.
 */
export interface Targets extends Readonly<Partial<Record<ActionKind, ActionTarget>>> {
  readonly exfiltrate?: { readonly secret: SecretTarget; readonly sinks: readonly SinkTarget[] };
  readonly stall?: ToolCall;
}
