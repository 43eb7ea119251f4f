import type { ToolCall } from './goal.ts';
import type { JsonObject } from './json.ts';
import type { Classifier, TextModel } from './model.ts';
import type { ServiceInfo } from './service.ts';
import type { Era, MessageId, Tap } from './wire.ts';

/** `observe`: only report. `enforce`: also act. */
export type DefenseMode = 'observe' | 'enforce';

/** What a defense did about a message. `allow`: reported and let through. */
export type DefenseAction = 'allow' | 'redact' | 'block' | 'ask';

/** A part of a message, for showing why. */
export interface Span {
  /** JSON pointer into the message's params or result. */
  readonly path: string;
  readonly text: string;
}

/** A defense's report about one message; no verdict means nothing to report. */
export interface Verdict {
  readonly defense: string;
  readonly mode: DefenseMode;
  readonly action: DefenseAction;
  /** 0 to 1; how sure the defense is. */
  readonly score: number;
  /** In words a person understands. */
  readonly reason: string;
  readonly spans: readonly Span[];
  readonly message: MessageId;
}

/** What the user wants and has told the agent, as the host knows it. */
export interface UserContext {
  readonly instruction: string;
  /** Private facts about the user that the host gives its agent. */
  readonly privateContext: string;
}

/** What a defense wants a person to decide. */
export interface ApprovalQuestion {
  readonly service: string;
  /** The call or answer in question. */
  readonly subject: ToolCall | { readonly service: string; readonly text: string };
  /** Why the defense asks, in words a person understands. */
  readonly reason: string;
}

/** Answers for the user. `absent`: there is nobody to ask. */
export type Approval = 'allow' | 'deny' | 'absent';

export interface DefenseScope {
  readonly mode: DefenseMode;
  /** Parameters from the experiment file. */
  readonly parameters: JsonObject;
  /** What the user has approved: the services this task needs, with the tools they legitimately offer. */
  readonly approved: readonly ServiceInfo[];
  readonly user: UserContext;
  report(verdict: Omit<Verdict, 'defense' | 'mode'>): void;
  /** Asks the user. */
  ask(question: ApprovalQuestion): Promise<Approval>;
  /** The model with this id; undefined when none is configured under it. */
  model(id: string): TextModel | undefined;
  /** The classifier with this id; undefined when none is configured under it. */
  classifier(id: string): Classifier | undefined;
}

/** A defense at work in one episode (or one gateway session). */
export interface DefenseInstance {
  /** A tap for the host's end of this service's wire. State is per connection unless the defense says otherwise. */
  tap?(service: string): Tap;
  /** Text for the agent's system prompt. */
  readonly systemPrompt?: string;
  /** Undoes this defense's own marking of what the agent reads, to tell what got through. */
  reveal?(text: string): string;
}

/** Anything on the host's side that observes or changes what passes. */
export interface Defense {
  readonly id: string;
  readonly title: string;
  /** One line. */
  readonly description: string;
  /** Passive defenses (detectors) report; active ones are made to act. */
  readonly kind: 'passive' | 'active';
  readonly modes: readonly DefenseMode[];
  /** True when it does nothing without a configured model. */
  readonly needsModel?: boolean;
  /** Absent: both. */
  readonly eras?: readonly Era[];
  /** What it looks at or stops, in a few words each: `tool definitions`, `results`. */
  readonly covers?: readonly string[];
  readonly source: string;
  create(scope: DefenseScope): DefenseInstance;
}
