import { Client, SdkError, SdkErrorCode, type Transport } from '@modelcontextprotocol/client';
import { CfWorkerJsonSchemaValidator } from '@modelcontextprotocol/client/validators/cf-worker';
import type { AgentHost, ToolOutcome, ToolView } from '../contracts/agent.ts';
import { messageOf } from '../contracts/errors.ts';
import type { JsonObject } from '../contracts/json.ts';
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

export interface HostOptions {
  readonly era: Era | 'auto';
  readonly maxCalls: number;
  readonly callTimeoutMs: number;
  readonly signal: AbortSignal;
  /** Called with everything the agent gets to read. */
  onReading?(reading: Reading): void;
  /** Called with every call the agent issues, before any defense sees it. */
  onCall?(service: string, tool: string, args: JsonObject): void;
}

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

const negotiation = {
  '2025': { mode: 'legacy' },
  '2026': { mode: { pin: '2026-07-28' } },
  auto: { mode: 'auto' },
} as const;

/**
 * Connects to all services as one host. Every service's tools are listed once here, as a host does when the
 * user approves a service; the agent's first look lists them again.
 * @throws ServiceFailure when a service cannot be connected or listed
 */
export async function connectHost(
  wires: ReadonlyMap<string, Transport>,
  options: HostOptions,
): Promise<Host> {
  const connections: Connection[] = [];
  const close = async (): Promise<void> => {
    await Promise.allSettled(connections.map(({ client }) => client.close()));
  };
  try {
    for (const [service, transport] of wires) {
      const connection = createConnection(service, options.era);
      connections.push(connection);
      await guarded(service, () => connection.client.connect(transport, { timeout: options.callTimeoutMs }));
      await list(connection, options);
      connection.stale = true;
    }
  } catch (error) {
    await close();
    throw error;
  }
  return createHost(connections, options, close);
}

function createConnection(service: string, era: HostOptions['era']): Connection {
  const connection: Connection = {
    service,
    tools: [],
    stale: true,
    client: new Client(
      { name: 'safemcp', version: '1.0.0' },
      {
        versionNegotiation: negotiation[era],
        // The SDK's default validator compiles schemas into code, and these schemas come from strangers.
        jsonSchemaValidator: new CfWorkerJsonSchemaValidator(),
        listChanged: { tools: { autoRefresh: false, onChanged: () => void (connection.stale = true) } },
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
  const find = (service: string): Connection | undefined =>
    connections.find((each) => each.service === service);
  return {
    close,
    get calls() {
      return calls;
    },
    instructions: new Map(
      connections.flatMap(({ service, client }) => {
        const text = client.getInstructions();
        return text ? [[service, text] as const] : [];
      }),
    ),
    async tools() {
      for (const connection of connections) {
        if (!connection.stale) continue;
        await list(connection, options);
        for (const tool of connection.tools) {
          options.onReading?.({
            service: connection.service,
            kind: 'definition',
            text: definitionText({ ...tool, service: undefined }),
          });
        }
      }
      return connections.flatMap(({ tools }) => tools);
    },
    async call(service, tool, args) {
      if (calls >= options.maxCalls) throw new CallLimitReached(options.maxCalls);
      calls++;
      options.onCall?.(service, tool, args);
      const connection = find(service);
      if (!connection) return { kind: 'protocol-error', text: `There is no service named ${service}` };
      const outcome = await callTool(connection, tool, args, options);
      options.onReading?.({ service, kind: 'result', text: outcome.text });
      return outcome;
    },
  };
}

async function list(connection: Connection, options: HostOptions): Promise<void> {
  connection.stale = false;
  const { service, client } = connection;
  const requestOptions = {
    timeout: options.callTimeoutMs,
    signal: options.signal,
    cacheMode: 'refresh',
  } as const;
  const { tools } = await guarded(service, () => client.listTools(undefined, requestOptions));
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
    const result = await client.callTool(
      { name: tool, arguments: args },
      { timeout: options.callTimeoutMs, signal: options.signal },
    );
    const text = contentText(result.content);
    if (result.isError) return { kind: 'tool-error', text };
    if (result.structuredContent === undefined) return { kind: 'result', text };
    return { kind: 'result', text, structured: result.structuredContent as JsonObject };
  } catch (error) {
    if (isProtocolError(error)) return { kind: 'protocol-error', text: messageOf(error) };
    throw new ServiceFailure(service, messageOf(error), error);
  }
}

/** An error the service sent in answer, as against one of the connection. Codes, since bundles differ in classes. */
function isProtocolError(error: unknown): boolean {
  return error instanceof Error && typeof (error as { code?: unknown }).code === 'number';
}

/** Turns failures of the connection into {@link ServiceFailure}. */
async function guarded<T>(service: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    const closed = error instanceof SdkError && error.code === SdkErrorCode.ConnectionClosed;
    throw new ServiceFailure(service, closed ? 'The service closed the connection' : messageOf(error), error);
  }
}
