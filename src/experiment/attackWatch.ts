import type { ComposedAttack } from '../attacks/compose.ts';
import { isExposed } from '../attacks/exposure.ts';
import type { Evidence } from '../contracts/environment.ts';
import type { AttackStage, NewEvent } from '../contracts/events.ts';
import type { ToolCall } from '../contracts/goal.ts';
import { isJsonObject } from '../contracts/json.ts';
import type { McpRequest, MessageId, Tap } from '../contracts/wire.ts';

/** Follows one attack through its stages as they happen. */
export interface AttackWatch {
  /** Told by the vector: the payload stands in this message. */
  deliver(message: MessageId): void;
  /** Told by the host: the agent has read this. */
  read(text: string): void;
  /** Told at the end: the goal's effect is there. */
  achieve(effect: readonly Evidence[]): void;
  /** How often what the agent read held the payload. */
  exposures(): number;
  /** For the host's end of every wire: sees what the agent attempts. */
  readonly attempts: Tap;
  /** For the middle of every wire: sees what reaches a service. */
  readonly executions: Tap;
  /** Messages that carried the payload. */
  readonly payloadMessages: ReadonlySet<MessageId>;
  /** Requests of the agent that belong to the attacker's plan. */
  readonly attemptMessages: ReadonlySet<MessageId>;
  /** `seq` of the first event of each stage reached. */
  readonly reached: ReadonlyMap<AttackStage, number>;
}

/**
 * @param reveal undoes the marking of defenses, so that exposure is decided on what got through
 * @param record appends an event and returns its `seq`
 */
export function watchAttack(
  attack: ComposedAttack,
  reveal: (text: string) => string,
  record: (event: NewEvent) => number,
): AttackWatch {
  const reached = new Map<AttackStage, number>();
  const payloadMessages = new Set<MessageId>();
  const attemptMessages = new Set<MessageId>();
  let exposures = 0;

  const note = (stage: AttackStage, evidence: readonly Evidence[], message?: MessageId): void => {
    if (reached.has(stage)) return;
    const event = {
      type: 'attack' as const,
      stage,
      evidence: [...evidence],
      ...(message !== undefined && { message }),
    };
    reached.set(stage, record(event));
  };
  const reach = (stage: AttackStage, what: string, message?: MessageId): void =>
    note(stage, [{ what }], message);

  const ownedCall = (request: McpRequest, service: string): ToolCall | undefined => {
    const call = callIn(request, service);
    return call && attack.goal.owns(call) ? call : undefined;
  };

  const evidence = [{ what: `${attack.vector.seat.service} holds the payload` }];
  reached.set('planned', record({ type: 'attack', stage: 'planned', evidence, payload: attack.payload.text }));
  return {
    payloadMessages,
    attemptMessages,
    reached,
    exposures: () => exposures,
    achieve: (effect) => note('achieved', effect),
    deliver(message) {
      payloadMessages.add(message);
      reach('delivered', `The service ${attack.vector.seat.service} put the payload on the wire`, message);
    },
    read(text) {
      if (payloadMessages.size === 0 || !isExposed(attack.payload, reveal(text))) return;
      exposures++;
      reach('exposed', 'The agent read the payload', [...payloadMessages].at(-1));
    },
    attempts: {
      name: 'watch/attempts',
      hostRequest: (next) => (request, context) => {
        const call = ownedCall(request, context.service);
        if (call) {
          attemptMessages.add(request.id);
          reach('attempted', `The agent called ${call.service}.${call.tool}`, request.id);
        }
        return next(request, context);
      },
    },
    executions: {
      name: 'watch/executions',
      hostRequest: (next) => (request, context) => {
        const call = ownedCall(request, context.service);
        if (call) reach('executed', `The call ${call.service}.${call.tool} reached the service`, request.id);
        return next(request, context);
      },
    },
  };
}

/** The tool call in a request; undefined for every other request. */
function callIn(request: McpRequest, service: string): ToolCall | undefined {
  const { method, params } = request;
  if (method !== 'tools/call' || typeof params?.['name'] !== 'string') return undefined;
  const args = params['arguments'];
  return { service, tool: params['name'], arguments: isJsonObject(args) ? args : {} };
}
