import type { VectorScope } from '../../../contracts/attack.ts';
import type { World } from '../../../contracts/environment.ts';
import type { ToolCall } from '../../../contracts/goal.ts';
import type { ServiceSource } from '../../../contracts/service.ts';
import { neededSeat } from './seat.ts';

/** A tool of the world, as an attacker may know it before the connection opens. */
export interface KnownTool {
  readonly service: string;
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** Whether it changes anything. */
  readonly changes: boolean;
}

/** The tools of a world; of a server that is not ours, those that an attacker could aim at. */
export function knownTools({ services, targets }: World): readonly KnownTool[] {
  const calls = callsOf(targets);
  return services.flatMap((source) => toolsOf(source, calls));
}

function toolsOf(source: ServiceSource, calls: readonly ToolCall[]): readonly KnownTool[] {
  const service = source.name;
  if (source.kind === 'tools')
    return source.tools.map(({ name, title, description, annotations }) => ({
      service,
      name,
      title,
      description,
      changes: !annotations.readOnlyHint,
    }));
  const names = new Set(calls.filter((call) => call.service === service).map(({ tool }) => tool));
  return [...names].map((name) => ({ service, name, title: name, description: '', changes: true }));
}

function callsOf({ exfiltrate, stall, ...actions }: World['targets']): readonly ToolCall[] {
  return [
    ...(exfiltrate?.secret.reads ?? []),
    ...(exfiltrate?.sinks.map((sink) => sink.send('')) ?? []),
    ...Object.values(actions).flatMap((action) => action?.calls ?? []),
    ...(stall ? [stall] : []),
  ];
}

/** A tool of the service that the task needs first; one with a usual name where none is known. */
export function neededTool(scope: VectorScope): KnownTool {
  const { service } = neededSeat(scope);
  const tools = knownTools(scope.world).filter((tool) => tool.service === service);
  return tools.length > 0
    ? scope.rng.pick(tools)
    : { service, name: 'search', title: 'Search', description: '', changes: false };
}
