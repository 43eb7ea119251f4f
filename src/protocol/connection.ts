import {
  Client,
  type JsonSchemaValidator,
  type jsonSchemaValidator,
  SdkError,
  SdkErrorCode,
  type Transport,
} from '@modelcontextprotocol/client';
import type { PromptView, ResourceView, ToolView } from '../contracts/agent.ts';
import { messageOf } from '../contracts/errors.ts';
import type { Era } from '../contracts/wire.ts';

/** A service ended the connection, broke the protocol or did not answer in time. */
export class ServiceFailure extends Error {
  readonly service: string;
  constructor(service: string, message: string, cause?: unknown) {
    super(`${service}: ${message}`, { cause });
    this.name = 'ServiceFailure';
    this.service = service;
  }
}

/** Something the agent has just read. */
export interface Reading {
  readonly service: string;
  readonly kind:
    | 'identity'
    | 'instructions'
    | 'definition'
    | 'result'
    | 'resource'
    | 'prompt'
    | 'completion'
    | 'question'
    | 'notification';
  readonly text: string;
}

/** A wire to one service, not yet started. */
export interface HostWire {
  readonly transport: Transport;
  /** The era to open the connection in. `auto`: 2026 if the service speaks it, else 2025. */
  readonly era: Era | 'auto';
}

/** How a host talks to all its services. */
export interface ConnectionOptions {
  /** Longest wait for one answer of a service, in milliseconds. */
  readonly callTimeoutMs: number;
  /** Of a result, resource or prompt that the agent gets to read; no limit if absent. */
  readonly maxResultCharacters?: number | undefined;
  /** Ends connecting, listing and calls. */
  readonly signal: AbortSignal;
  /** Called with everything the agent gets to read. */
  onReading?(reading: Reading): void;
}

/** One list that a service offers, as it was last read. */
export interface Offer<View> {
  views: readonly View[];
  /** Whether it has to be listed again before it is looked at. */
  stale: boolean;
}

export interface Connection {
  readonly service: string;
  readonly client: Client;
  readonly tools: Offer<ToolView>;
  readonly resources: Offer<ResourceView>;
  readonly prompts: Offer<PromptView>;
}

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

/** A client that takes part in everything a service may offer or ask. */
export function createConnection(service: string, era: HostWire['era']): Connection {
  const offer = <View>(): Offer<View> => ({ views: [], stale: true });
  const [tools, resources, prompts] = [offer<ToolView>(), offer<ResourceView>(), offer<PromptView>()];
  const listens = (to: { stale: boolean }) => ({
    autoRefresh: false,
    debounceMs: 0,
    onChanged() {
      to.stale = true;
    },
  });
  const client = new Client(
    { name: 'safemcp', version: '1.0.0' },
    {
      capabilities: { elicitation: { form: {}, url: {} }, sampling: {} },
      versionNegotiation: negotiation[era],
      jsonSchemaValidator: noValidation,
      listChanged: { tools: listens(tools), resources: listens(resources), prompts: listens(prompts) },
    },
  );
  return { service, client, tools, resources, prompts };
}

export function requestOptions(options: ConnectionOptions): { timeout: number; signal: AbortSignal } {
  return { timeout: options.callTimeoutMs, signal: options.signal };
}

/** @throws ServiceFailure when `action` fails; the signal's reason when aborted */
export async function guarded<T>(
  service: string,
  options: ConnectionOptions,
  action: () => Promise<T>,
): Promise<T> {
  try {
    return await action();
  } catch (error) {
    return fail(service, options, error);
  }
}

/** Turns a failure of the connection into {@link ServiceFailure}, unless it is the host itself that gave up. */
export function fail(service: string, options: ConnectionOptions, error: unknown): never {
  options.signal.throwIfAborted();
  const closed = error instanceof SdkError && error.code === SdkErrorCode.ConnectionClosed;
  throw new ServiceFailure(service, closed ? 'The service closed the connection' : messageOf(error), error);
}
