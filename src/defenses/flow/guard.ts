import type { Approval, DefenseScope } from '../../contracts/defense.ts';
import type { ToolCall } from '../../contracts/goal.ts';
import { isJsonObject, type JsonValue } from '../../contracts/json.ts';
import {
  type Exchange,
  errorReply,
  type McpReply,
  type McpRequest,
  type Tap,
  type WireContext,
} from '../../contracts/wire.ts';
import { boundedSpans } from '../texts.ts';
import { refusedCall } from '../toolGuard.ts';
import type { Memory } from './memory.ts';
import { type Leaf, leavesOf } from './values.ts';

/** What is held against a message that is about to leave. */
export interface Charge {
  /** `ask`: the user decides, and nobody to ask means no. */
  readonly effect: 'deny' | 'ask';
  readonly score: number;
  readonly reason: string;
  readonly leaf: Leaf;
  /** What the agent is told. It quotes nothing of a service. */
  readonly refusal: string;
}

/** Decides what may leave; undefined lets it pass. */
export interface Court {
  readonly name: string;
  call(call: ToolCall): Charge | undefined;
  /** Arguments of prompts and completions, and answers to questions. */
  values(service: string, leaves: readonly Leaf[]): Charge | undefined;
  /** Told of every call that has passed. */
  passed?(call: ToolCall): void;
}

const refusedCode = -32000;
/** Requests with arguments of the agent's. */
const argued = new Set(['prompts/get', 'completion/complete']);

/** A tap that remembers what a service says and lets `court` decide about what goes to it. */
export function createFlowTap(service: string, scope: DefenseScope, memory: Memory, court: Court): Tap {
  const hold = createHold(service, scope);

  const guardCall = async (next: Exchange, request: McpRequest, context: WireContext): Promise<McpReply> => {
    const call = callIn(request, service);
    const charge = court.call(call);
    const verdict = charge ? await hold(charge, request.id, call) : 'free';
    if (charge && verdict === 'held') return refusedCall(context, charge.refusal);
    const rooted = memory.isRooted(call) && verdict === 'free';
    court.passed?.(call);
    const reply = await next(request, context);
    memory.learnReply(service, reply, rooted);
    return reply;
  };

  const guardArguments = async (
    next: Exchange,
    request: McpRequest,
    context: WireContext,
  ): Promise<McpReply> => {
    const leaves = leavesOf(request.params?.['arguments'] ?? request.params?.['argument'], '/arguments');
    const charge = court.values(service, leaves);
    if (charge && (await hold(charge, request.id, { service, text: request.method })) === 'held')
      return errorReply(refusedCode, charge.refusal);
    const reply = await next(request, context);
    if (reply.kind === 'result') memory.learnTold(service, reply.result, `a prompt of ${service}`);
    return reply;
  };

  return {
    name: court.name,
    hostRequest: (next) => async (request, context) => {
      if (request.method === 'tools/call') return guardCall(next, request, context);
      if (argued.has(request.method)) return guardArguments(next, request, context);
      const reply = await next(request, context);
      if (request.method === 'resources/read') memory.learnReply(service, reply, true);
      else if (reply.kind === 'result') memory.learnDefinitions(service, request.method, reply.result);
      return reply;
    },
    serviceRequest: (next) => async (request, context) => {
      memory.learnTold(service, request.params, `a question of ${service}`);
      const reply = await next(request, context);
      if (reply.kind !== 'result') return reply;
      const charge = court.values(service, leavesOf(reply.result['content'], '/content'));
      const subject = { service, text: `an answer to ${request.method}` };
      const held = charge && (await hold(charge, request.id, subject, 'redact')) === 'held';
      return held ? errorReply(refusedCode, charge.refusal) : reply;
    },
    notification(message) {
      if (message.direction === 'to-host')
        memory.learnTold(service, message.params, `a notification of ${service}`);
      return message;
    },
  };
}

type Subject = ToolCall | { readonly service: string; readonly text: string };

/** `free`: the user has allowed it; `watched`: it goes on because the defense only observes. */
type Verdict = 'held' | 'free' | 'watched';

function createHold(service: string, scope: DefenseScope) {
  return async (
    { effect, score, reason, leaf }: Charge,
    message: string,
    subject: Subject,
    held: 'block' | 'redact' = 'block',
  ): Promise<Verdict> => {
    const enforce = scope.mode === 'enforce';
    const answer: Approval =
      enforce && effect === 'ask' ? await scope.ask({ service, subject, reason }) : 'absent';
    const verdict = !enforce ? 'watched' : answer === 'allow' ? 'free' : 'held';
    const action = { watched: 'allow', free: 'ask', held } as const;
    const spans = boundedSpans([{ path: leaf.path, text: String(leaf.value) }]);
    scope.report({ action: action[verdict], score, reason, message, spans });
    return verdict;
  };
}

function callIn({ params }: McpRequest, service: string): ToolCall {
  const name = params?.['name'];
  const args: JsonValue | undefined = params?.['arguments'];
  return {
    service,
    tool: typeof name === 'string' ? name : '',
    arguments: isJsonObject(args) ? args : {},
  };
}
