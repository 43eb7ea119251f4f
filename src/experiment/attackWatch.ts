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
  /** Requests of the agent by which it carries out the attacker's plan, preparations included. */
  readonly planMessages: ReadonlySet<MessageId>;
  /** Those of the plan's own calls that reached a service. */
  readonly executedMessages: ReadonlySet<MessageId>;
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
  const planMessages = new Set<MessageId>();
  const executedMessages = new Set<MessageId>();
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

  /** Before the payload was on the wire, no call can be the attacker's doing. */
  const callAfterDelivery = (request: McpRequest, service: string): ToolCall | undefined =>
    payloadMessages.size > 0 ? callIn(request, service) : undefined;

  const evidence = [{ what: `${attack.vector.seat.service} holds the payload` }];
  reached.set(
    'planned',
    record({ type: 'attack', stage: 'planned', evidence, payload: attack.payload.text }),
  );
  return {
    payloadMessages,
    planMessages,
    executedMessages,
    reached,
    exposures: () => exposures,
    achieve(effect) {
      if (payloadMessages.size > 0) note('achieved', effect);
    },
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
        const call = callAfterDelivery(request, context.service);
        const owned = call !== undefined && attack.goal.owns(call);
        if (owned || (call && exposures > 0 && attack.goal.prepares?.(call))) planMessages.add(request.id);
        if (owned) reach('attempted', `The agent called ${call.service}.${call.tool}`, request.id);
        return next(request, context);
      },
    },
    executions: {
      name: 'watch/executions',
      hostRequest: (next) => (request, context) => {
        const call = callAfterDelivery(request, context.service);
        if (call && attack.goal.owns(call)) {
          executedMessages.add(request.id);
          reach('executed', `The call ${call.service}.${call.tool} reached the service`, request.id);
        }
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
