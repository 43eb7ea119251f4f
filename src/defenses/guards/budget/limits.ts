import { z } from 'zod';
import type { DefenseScope, Span } from '../../../contracts/defense.ts';
import type { MessageId } from '../../../contracts/wire.ts';
import { flag } from '../kit/flag.ts';

const limit = (usual: number) => z.int().min(0).default(usual);

/**
 * What one agent and one service may use up. The defaults are several times what honest tasks of ours need;
 * docs/defenses/budget.md has the figures.
 */
export const limitsSchema = z.strictObject({
  /** Tool calls of the agent in the episode, to all services. */
  calls: limit(300),
  /** Calls of one tool. */
  callsPerTool: limit(100),
  /** Calls of one tool with the same arguments, one right after the other. */
  equalCalls: limit(12),
  /** Size of one message of a service: characters of its strings and keys, and 8 for every value. */
  messageSize: limit(100_000),
  /** Size of all messages of a service together. */
  totalSize: limit(400_000),
  /** Milliseconds that a service may take for one answer. */
  callMs: z.int().min(1).max(2_000_000_000).default(60_000),
  /** Questions of a service: to the user, or to the model of the host. */
  questions: limit(8),
  /** Pages of one listing. */
  pages: limit(16),
  /** Items of one listing. */
  items: limit(120),
  /** Notifications of a service. */
  notifications: limit(64),
});

type Limits = z.output<typeof limitsSchema>;

/** The tool calls of the episode, to all services. */
export interface CallCount {
  total: number;
  /** The call before, and how often it was issued in a row. */
  last: string;
  row: number;
}

/** What the parts of the budget of one service share. */
export interface Account {
  readonly service: string;
  readonly scope: DefenseScope;
  readonly limits: Limits;
  readonly calls: CallCount;
}

/** A limit that is exceeded. */
export interface Excess {
  /** In words: `more than 8 questions of shop`. */
  readonly what: string;
  readonly span: Span;
  /** `block`: the message does not go on. `redact`: it has, and what came back is changed. */
  readonly action: 'block' | 'redact';
}

/** Reports that a message goes over the budget; true when something is to be done about it. */
export function overBudget({ scope }: Account, message: MessageId, { what, span, action }: Excess): boolean {
  return flag(scope, { score: 1, reason: `over the budget: ${what}`, spans: [span] }, message, action);
}
