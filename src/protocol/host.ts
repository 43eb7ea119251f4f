import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  Client,
  type JsonSchemaValidator,
  type jsonSchemaValidator,
  ProtocolError,
  SdkError,
  SdkErrorCode,
  type Transport,
} from '@modelcontextprotocol/client';
import type { AgentHost, ToolOutcome, ToolView } from '../contracts/agent.ts';
import { messageOf } from '../contracts/errors.ts';
import { type JsonObject, stringsIn } from '../contracts/json.ts';
import type { Era } from '../contracts/wire.ts';
import { contentText, definitionText } from './content.ts';

/** A service ended the connection, broke the protocol or did not answer in time. */
export class ServiceFailure extends Error {
  readonly service: string;
  constructor(service: string, message: string, cause?: unknown) {
    super(`${service}: ${message}`, { cause });
    this.name = 'ServiceFailure';
    this.service = service;
  }
}

/** The agent has used up its calls. */
export class CallLimitReached extends Error {
  constructor(limit: number) {
    super(`The agent reached its limit of ${limit} calls`);
    this.name = 'CallLimitReached';
  }
}

/** Something the agent has just read. */
export interface Reading {
  readonly service: string;
  readonly kind: 'definition' | 'instructions' | 'result';
  readonly text: string;
}

/** A wire to one service, not yet started. */
export interface HostWire {
  readonly transport: Transport;
  /** The era to open the connection in. `auto`: 2026 if the service speaks it, else 2025. */
  readonly era: Era | 'auto';
}

export interface HostOptions {
  readonly maxCalls: number;
  /** Longest wait for one answer of a service, in milliseconds. */
  readonly callTimeoutMs: number;
  /** Ends connecting, listing and calls. */
  readonly signal: AbortSignal;
  /** Called with everything the agent gets to read. */
  onReading?(reading: Reading): void;
  /**
   * Called once, when the agent has used up its calls or a service has failed it. The agent learns of it by the
   * call that rejects; it cannot go on, whatever it makes of that.
   */
  onFailure?(failure: CallLimitReached | ServiceFailure): void;
}

/** After its failure, and once the signal is aborted, nothing the agent asks for settles any more. */
export interface Host extends AgentHost {
  /** Calls issued so far. */
  readonly calls: number;
  close(): Promise<void>;
}

interface Connection {
  readonly service: string;
  readonly client: Client;
  tools: readonly ToolView[];
  stale: boolean;
}

/** How many requests of an agent may go without a turn of the event loop. */
const requestsPerTurn = 16;

const negotiation = {
  '2025': { mode: 'legacy' },
  '2026': { mode: { pin: '2026-07-28' } },
  auto: { mode: 'auto' },
} as const;

/**
 * Takes everything. The schemas come from strangers, and running their patterns and references can take
 * any length of time.
 */
const noValidation: jsonSchemaValidator = {
  getValidator<T>(): JsonSchemaValidator<T> {
    return (value) => ({ valid: true, data: value as T, errorMessage: undefined });
  },
};

/**
 * Connects to all services as one host. Every service's tools are listed once here, as a host does when the
 * user approves a service; the agent's first look lists them again.
 * @throws ServiceFailure when a service cannot be connected or listed; the signal's reason when aborted
 */
export async function connectHost(wires: ReadonlyMap<string, HostWire>, options: HostOptions): Promise<Host> {
  const connections: Connection[] = [];
  const close = async (): Promise<void> => {
    await Promise.allSettled(connections.map(({ client }) => client.close()));
  };
  try {
    for (const [service, wire] of wires) {
      const connection = createConnection(service, wire.era);
      connections.push(connection);
      await guarded(service, options, () =>
        connection.client.connect(wire.transport, requestOptions(options)),
      );
      await list(connection, options);
      connection.stale = true;
    }
  } catch (error) {
    await close();
    throw error;
  }
  return createHost(connections, options, close);
}

function requestOptions(options: HostOptions): { timeout: number; signal: AbortSignal } {
  return { timeout: options.callTimeoutMs, signal: options.signal };
}

function createConnection(service: string, era: HostWire['era']): Connection {
  const connection: Connection = {
    service,
    tools: [],
    stale: true,
    client: new Client(
      { name: 'safemcp', version: '1.0.0' },
      {
        versionNegotiation: negotiation[era],
        jsonSchemaValidator: noValidation,
        listChanged: {
          tools: {
            autoRefresh: false,
            debounceMs: 0,
            onChanged() {
              connection.stale = true;
            },
          },
        },
      },
    ),
  };
  return connection;
}

function createHost(
  connections: readonly Connection[],
  options: HostOptions,
  close: () => Promise<void>,
): Host {
  let calls = 0;
  let asked = 0;
  let failed = false;
  const find = (service: string): Connection | undefined =>
    connections.find((each) => each.service === service);
  const instructions = new Map(
    connections.flatMap(({ service, client }) => {
      const text = client.getInstructions();
      return text ? [[service, text] as const] : [];
    }),
  );
  for (const [service, text] of instructions) options.onReading?.({ service, kind: 'instructions', text });
  /** Serves the agent, as long as it may go on. An agent that does not wait for an answer ends no process. */
  const serve = <T>(work: () => Promise<T>): Promise<T> => {
    const served = serveOnce(work);
    served.catch(() => undefined);
    return served;
  };
  const serveOnce = async <T>(work: () => Promise<T>): Promise<T> => {
    if (failed || options.signal.aborted) return new Promise<never>(() => undefined);
    try {
      return await work();
    } catch (error) {
      if (!failed && (error instanceof CallLimitReached || error instanceof ServiceFailure)) {
        failed = true;
        options.onFailure?.(error);
      }
      throw error;
    } finally {
      // Services in memory answer without a turn of the event loop, and an agent that keeps asking would keep
      // timers and signals out. Counted, not timed, so that equal episodes take their turns alike.
      if (++asked % requestsPerTurn === 0) await nextTurn();
    }
  };
  const read: Host['call'] = async (service, tool, args) => {
    const connection = find(service);
    if (!connection) return { kind: 'protocol-error', text: `There is no service named ${service}` };
    const outcome = await callTool(connection, tool, args, options);
    options.onReading?.({ service, kind: 'result', text: outcomeText(outcome) });
    return outcome;
  };
  return {
    close,
    get calls() {
      return calls;
    },
    instructions,
    tools: () =>
      serve(async () => {
        for (const connection of connections) {
          if (!connection.stale) continue;
          await list(connection, options);
          for (const tool of connection.tools) {
            const text = definitionText({ ...tool, service: undefined });
            options.onReading?.({ service: connection.service, kind: 'definition', text });
          }
        }
        return connections.flatMap(({ tools }) => tools);
      }),
    call: (service, tool, args) =>
      serve(() => {
        // Before anything asynchronous: the agent may not wait for the answer.
        if (calls >= options.maxCalls) throw new CallLimitReached(options.maxCalls);
        calls++;
        return read(service, tool, args);
      }),
  };
}

/** Everything the agent gets to read of an outcome. */
function outcomeText(outcome: ToolOutcome): string {
  if (outcome.kind === 'protocol-error' || outcome.structured === undefined) return outcome.text;
  return [outcome.text, ...stringsIn(outcome.structured)].join('\n');
}

async function list(connection: Connection, options: HostOptions): Promise<void> {
  connection.stale = false;
  const { service, client } = connection;
  if (client.getServerCapabilities()?.tools === undefined) return;
  const { tools } = await guarded(service, options, () =>
    client.listTools(undefined, { ...requestOptions(options), cacheMode: 'refresh' }),
  );
  connection.tools = tools.map((tool) => ({
    service,
    name: tool.name,
    ...(tool.title !== undefined && { title: tool.title }),
    description: tool.description ?? '',
    inputSchema: tool.inputSchema as JsonObject,
  }));
}

async function callTool(
  connection: Connection,
  tool: string,
  args: JsonObject,
  options: HostOptions,
): Promise<ToolOutcome> {
  const { service, client } = connection;
  try {
    const result = await client.callTool({ name: tool, arguments: args }, requestOptions(options));
    return {
      kind: result.isError ? 'tool-error' : 'result',
      text: contentText(result.content),
      ...(result.structuredContent !== undefined && { structured: result.structuredContent as JsonObject }),
    };
  } catch (error) {
    // What the service sent in answer, as against a failure of the connection (HTTP status codes are the latter).
    if (error instanceof ProtocolError) return { kind: 'protocol-error', text: error.message };
    return fail(service, options, error);
  }
}

async function guarded<T>(service: string, options: HostOptions, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    return fail(service, options, error);
  }
}

/** Turns a failure of the connection into {@link ServiceFailure}, unless it is the host itself that gave up. */
function fail(service: string, options: HostOptions, error: unknown): never {
  options.signal.throwIfAborted();
  const closed = error instanceof SdkError && error.code === SdkErrorCode.ConnectionClosed;
  throw new ServiceFailure(service, closed ? 'The service closed the connection' : messageOf(error), error);
}
