import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AgentHost, AnswerQuestion, ServiceView, ToolOutcome } from '../contracts/agent.ts';
import {
  type Connection,
  type ConnectionOptions,
  createConnection,
  guarded,
  type HostWire,
  requestOptions,
  ServiceFailure,
} from './connection.ts';
import type { NoticeBoard } from './notices.ts';
import {
  callTool,
  complete,
  getPrompt,
  listTools,
  prompts,
  readResource,
  resources,
  tools,
} from './offers.ts';
import { answerQuestions } from './questions.ts';

export { type HostWire, type Reading, ServiceFailure } from './connection.ts';

/** The agent has used up its calls. */
export class CallLimitReached extends Error {
  constructor(limit: number) {
    super(`The agent reached its limit of ${limit} calls`);
    this.name = 'CallLimitReached';
  }
}

export interface HostOptions extends ConnectionOptions {
  readonly maxCalls: number;
  /** Where what services say unasked is kept; nothing is, if absent. */
  readonly notices?: NoticeBoard;
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

/** How many requests of an agent may go without a turn of the event loop. */
const requestsPerTurn = 16;

/**
 * Connects to all services as one host. Every service's tools are listed once here, as a host does when the
 * user approves a service; the agent's first look lists them again.
 * @throws ServiceFailure when a service cannot be connected or listed; the signal's reason when aborted
 */
export async function connectHost(wires: ReadonlyMap<string, HostWire>, options: HostOptions): Promise<Host> {
  const connections: Connection[] = [];
  let answer: AnswerQuestion | undefined;
  const close = async (): Promise<void> => {
    await Promise.allSettled(connections.map(({ client }) => client.close()));
  };
  try {
    for (const [service, wire] of wires) {
      const connection = createConnection(service, wire.era);
      connections.push(connection);
      answerQuestions(connection, options, () => answer);
      await guarded(service, options, () =>
        connection.client.connect(wire.transport, requestOptions(options)),
      );
      await listTools(connection, options);
    }
  } catch (error) {
    await close();
    throw error;
  }
  return createHost(connections, options, {
    close,
    answerWith(next) {
      answer = next;
    },
  });
}

function createHost(
  connections: readonly Connection[],
  options: HostOptions,
  rest: Pick<Host, 'close' | 'answerWith'>,
): Host {
  let calls = 0;
  const serve = createService(options);
  const lookAt = <View>(list: (of: Connection, options: ConnectionOptions) => Promise<readonly View[]>) =>
    serve(async () => {
      const all: View[] = [];
      for (const connection of connections) all.push(...(await list(connection, options)));
      return all;
    });
  const at = async (service: string, ask: (of: Connection) => Promise<ToolOutcome>): Promise<ToolOutcome> => {
    const connection = connections.find((each) => each.service === service);
    return connection
      ? ask(connection)
      : { kind: 'protocol-error', text: `There is no service named ${service}` };
  };
  return {
    ...rest,
    get calls() {
      return calls;
    },
    ...readOpening(connections, options),
    notices: () => options.notices?.take() ?? [],
    tools: () => lookAt(tools),
    resources: () => lookAt(resources),
    prompts: () => lookAt(prompts),
    call: (service, tool, args) =>
      serve(() => {
        // Before anything asynchronous: the agent may not wait for the answer.
        if (calls >= options.maxCalls) throw new CallLimitReached(options.maxCalls);
        calls++;
        return at(service, (connection) => callTool(connection, { tool, args }, options));
      }),
    readResource: (service, uri) =>
      serve(() => at(service, (connection) => readResource(connection, uri, options))),
    getPrompt: (service, name, args) =>
      serve(() => at(service, (connection) => getPrompt(connection, { name, args }, options))),
    complete: (subject, argument) =>
      serve(async () => {
        const connection = connections.find(({ service }) => service === subject.service);
        return connection ? complete(connection, { subject, argument }, options) : [];
      }),
  };
}

/** How services present themselves at the opening: the first thing that the agent reads. */
function readOpening(
  connections: readonly Connection[],
  options: HostOptions,
): Pick<AgentHost, 'services' | 'instructions'> {
  const services: ServiceView[] = [];
  const instructions = new Map<string, string>();
  for (const { service, client } of connections) {
    const own = client.getServerVersion();
    const identity = [own?.name, own?.title, own?.websiteUrl].filter(Boolean).join('\n');
    if (identity !== '') options.onReading?.({ service, kind: 'identity', text: identity });
    const { resources, prompts } = client.getServerCapabilities() ?? {};
    services.push({
      service,
      identity,
      resources: resources !== undefined,
      prompts: prompts !== undefined,
    });
    const text = client.getInstructions();
    if (!text) continue;
    instructions.set(service, text);
    options.onReading?.({ service, kind: 'instructions', text });
  }
  return { services, instructions };
}

/** Serves the agent, as long as it may go on. An agent that does not wait for an answer ends no process. */
function createService(options: HostOptions): <T>(work: () => Promise<T>) => Promise<T> {
  let asked = 0;
  let failed = false;
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
  return (work) => {
    const served = serveOnce(work);
    served.catch(() => undefined);
    return served;
  };
}
