import type { DefenseScope, Span } from '../../../contracts/defense.ts';
import {
  errorReply,
  type McpReply,
  type McpRequest,
  type MessageId,
  resultReply,
  type WireContext,
} from '../../../contracts/wire.ts';
import { boundedSpans } from '../../texts.ts';

/** Something that is not in order about one message. */
export interface Finding {
  readonly score: number;
  readonly reason: string;
  readonly spans: readonly Span[];
}

/** Reports a finding. True when the defense is to act on it, which enforcing ones are. */
export function flag(
  scope: DefenseScope,
  { score, reason, spans }: Finding,
  message: MessageId,
  action: 'block' | 'redact',
): boolean {
  const enforce = scope.mode === 'enforce';
  scope.report({
    score,
    reason,
    message,
    action: enforce ? action : 'allow',
    spans: boundedSpans(spans),
  });
  return enforce;
}

/** Reports a finding about a message that goes on as it is, whatever the mode. */
export function note(scope: DefenseScope, { score, reason, spans }: Finding, message: MessageId): void {
  scope.report({ score, reason, message, action: 'allow', spans: boundedSpans(spans) });
}

const refusedCode = -32000;

/** What the host gets for a request that was not passed on. A tool call gets a tool error, which agents read. */
export function refusal({ method }: McpRequest, { era }: WireContext, text: string): McpReply {
  if (method !== 'tools/call') return errorReply(refusedCode, text);
  return resultReply({
    ...(era === '2026' && { resultType: 'complete' }),
    content: [{ type: 'text', text }],
    isError: true,
  });
}
