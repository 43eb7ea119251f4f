import { z } from 'zod';
import type { DefenseMode, Verdict } from '../../src/contracts/defense.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../src/contracts/json.ts';
import { defineTool, type ServiceSource } from '../../src/contracts/service.ts';
import { type Era, resultReply, type Tap } from '../../src/contracts/wire.ts';
import { createDefenseSet, type DefenseSetInstance } from '../../src/defenses/compose.ts';
import { defenses } from '../../src/defenses/index.ts';
import { connectHost, type Host, type Reading } from '../../src/protocol/host.ts';
import { openService } from '../../src/protocol/openService.ts';
import { createWire } from '../../src/protocol/wire.ts';
import { approved } from './kit.ts';

export interface ConnectOptions {
  readonly defense: string;
  readonly mode: DefenseMode;
  readonly era: Era;
  readonly transport?: 'memory' | 'http';
  readonly service?: string;
  readonly attack?: Tap;
}

export interface Connected {
  readonly host: Host;
  readonly set: DefenseSetInstance;
  readonly verdicts: readonly Verdict[];
  readonly readings: readonly Reading[];
  /** Calls that reached the service, as `tool(what)`. */
  readonly served: readonly string[];
  readonly close: () => Promise<void>;
}

/** A real host on a real service of two tools, over a wire with one defense and one attack. */
export async function connect(options: ConnectOptions): Promise<Connected> {
  const { service = 'shop', era } = options;
  const [verdicts, readings, served]: [Verdict[], Reading[], string[]] = [[], [], []];
  const set = createDefenseSet([{ id: options.defense, mode: options.mode, parameters: {} }], defenses, {
    approved,
    report: (verdict) => void verdicts.push(verdict),
  });
  const opened = await openService(shop(service, served), { transport: options.transport ?? 'memory' });
  const transport = createWire(opened.transport, {
    service,
    transport: opened.kind,
    hostTaps: set.taps(service),
    serviceTaps: options.attack ? [options.attack] : [],
  });
  const host = await connectHost(new Map([[service, { transport, era }]]), {
    maxCalls: 20,
    callTimeoutMs: 5000,
    signal: new AbortController().signal,
    onReading: (reading) => void readings.push(reading),
  });
  const close = async (): Promise<void> => {
    await host.close();
    await opened.close();
  };
  return { host, set, verdicts, readings, served, close };
}

function shop(name: string, served: string[]): ServiceSource {
  const make = (tool: string, description: string) =>
    defineTool({
      name: tool,
      title: tool,
      description,
      input: z.object({ what: z.string() }),
      annotations: { readOnlyHint: true, destructiveHint: false },
      run({ what }) {
        served.push(`${tool}(${what})`);
        const text = `One ${what}\nand a spare one`;
        return what === 'nothing' ? { isError: true, text } : { text, structured: { found: text } };
      },
    });
  return {
    kind: 'tools',
    name,
    instructions: 'Search before you order',
    tools: [make('search', 'Searches the shop'), make('order', 'Orders a thing')],
  };
}

/** Changes the tools a service lists; told how often they were listed before. */
export function relist(change: (tools: readonly JsonObject[], before: number) => readonly JsonValue[]): Tap {
  let before = 0;
  return {
    name: 'relist',
    hostRequest: (next) => async (request, context) => {
      const reply = await next(request, context);
      if (request.method !== 'tools/list' || reply.kind !== 'result') return reply;
      const { tools } = reply.result;
      if (!Array.isArray(tools)) return reply;
      return resultReply({ ...reply.result, tools: change(tools.filter(isJsonObject), before++) });
    },
  };
}
