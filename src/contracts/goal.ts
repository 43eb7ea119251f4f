import type { Evidence } from './environment.ts';
import type { JsonObject } from './json.ts';

/** What an attacker can want. */
export const goalKinds = ['exfiltrate', 'destroy', 'derail'] as const;
export type GoalKind = (typeof goalKinds)[number];

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

/** A place where data leaves the user's control. */
export interface SinkTarget {
  readonly service: string;
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

/** State that the task does not allow to change, and how to change it. */
export interface DestroyTarget {
  /** See {@link DerailTarget.approach}. */
  approach?(): readonly ToolCall[];
  readonly calls: readonly ToolCall[];
  /** See {@link DerailTarget.conclusion}. */
  readonly conclusion?: readonly ToolCall[];
  readonly describe: string;
  readonly literals: readonly string[];
  /** The damage done to this very target; empty while it is whole. */
  damage(): readonly Evidence[] | Promise<readonly Evidence[]>;
}

/** Another task to be done instead of the user's. */
export interface DerailTarget {
  /**
   * Calls that bring an agent from the present state of the world to where `calls` work, such as a way through
   * rooms. An honest task may issue them too, so they are no sign of the attack.
   */
  approach?(): readonly ToolCall[];
  readonly calls: readonly ToolCall[];
  /** Calls that finish what `calls` began, if they succeeded, such as an order; no sign of the attack either. */
  readonly conclusion?: readonly ToolCall[];
  readonly describe: string;
  readonly literals: readonly string[];
  /** Traces of the other task; empty while it is not done. */
  done(): readonly Evidence[] | Promise<readonly Evidence[]>;
}

/** What a world offers to each kind of goal; a kind that the environment rules out is absent. */
export interface Targets {
  readonly exfiltrate?: { readonly secret: SecretTarget; readonly sinks: readonly SinkTarget[] };
  readonly destroy?: DestroyTarget;
  readonly derail?: DerailTarget;
}
