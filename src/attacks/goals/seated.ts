import type { Goal, Seat } from '../../contracts/attack.ts';
import type { World } from '../../contracts/environment.ts';
import type { ToolCall } from '../../contracts/goal.ts';
import { type JsonValue, stringsIn } from '../../contracts/json.ts';
import type { ToolDefinition } from '../../contracts/service.ts';
import { supports } from './plan.ts';

/** The compatibility of goals whose sink is the malicious service itself, in every world with a secret. */
export const atMaliciousService: Goal['compatible'] = (environment, vector) => {
  if (vector.honestSeat)
    return { impossible: `With ${vector.id} the service is honest, so it keeps nothing for the attacker` };
  return supports(environment, 'exfiltrate');
};

/** A call of the service at the seat that does no harm by itself, the most natural first; undefined where none is known. */
export function harmlessCall({ targets, services }: World, { service, sink }: Seat): ToolCall | undefined {
  const inward = targets.exfiltrate?.sinks.find((each) => each.service === service && !each.outward) ?? sink;
  const reads = targets.exfiltrate?.secret.reads ?? [];
  const known = [targets.stall, ...reads, inward?.send('status')];
  return known.find((call) => call?.service === service) ?? firstTool(services, service);
}

function firstTool(services: World['services'], service: string): ToolCall | undefined {
  const tools = toolsOf(services, service);
  const tool = tools.find(({ annotations }) => annotations.readOnlyHint) ?? tools[0];
  return tool && { service, tool: tool.name, arguments: {} };
}

/** The tools of a service as far as they are known before it runs. */
export function toolsOf(services: World['services'], service: string): readonly ToolDefinition[] {
  const source = services.find(({ name }) => name === service);
  return source?.kind === 'tools' ? source.tools : [];
}

/** Longest text that is kept of one message. */
const longestKept = 20_000;

/** What a service keeps of a value it was given. */
export function keptText(value: JsonValue | undefined): string {
  return stringsIn(value).join(' ').slice(0, longestKept);
}
