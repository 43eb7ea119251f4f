import { Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { FetchLike } from '@modelcontextprotocol/client';
import {
  bodyFraming,
  createFaultInjector,
  type Emission,
  eventFraming,
  type FaultInjector,
  type Framing,
  lineFraming,
  type RawFault,
} from './faults.ts';
import { createLineSplitter } from './lines.ts';

/** `source` with the fault in it; `over` lets go of a stream that hangs. */
export function faultyReadable(source: Readable, fault: RawFault, over: AbortSignal): Readable {
  const injector = createFaultInjector(fault);
  const messages = linesOf(source);
  return Readable.from(broken(messages, { injector, framing: lineFraming, over }), { objectMode: false });
}

/** `inner` with the fault in the bodies of its responses; replies are counted over all of them. */
export function faultyFetch(inner: FetchLike, fault: RawFault, over: AbortSignal): FetchLike {
  const injector = createFaultInjector(fault);
  return async (url, init) => {
    if (injector.state === 'end') throw new TypeError('The connection is gone');
    if (injector.state === 'hang') await aborted(over);
    const response = await inner(url, init);
    const type = response.headers.get('content-type') ?? '';
    if (!response.ok || response.body === null) return response;
    if (type.startsWith('text/event-stream')) {
      const messages = eventsOf(response.body);
      return rebuilt(response, type, broken(messages, { injector, framing: eventFraming, over }));
    }
    const framing = injector.needsStream ? eventFraming : bodyFraming;
    const newType = injector.needsStream ? 'text/event-stream' : type;
    return rebuilt(response, newType, broken([await response.text()], { injector, framing, over }));
  };
}

interface Breaking {
  readonly injector: FaultInjector;
  readonly framing: Framing;
  readonly over: AbortSignal;
}

async function* broken(
  messages: AsyncIterable<string> | Iterable<string>,
  { injector, framing, over }: Breaking,
): AsyncGenerator<Buffer> {
  for await (const message of messages) {
    const emission: Emission = injector.emit(message, framing);
    for (const chunk of emission.chunks) {
      if (over.aborted) return;
      yield Buffer.from(chunk);
      // A million chunks must not keep timers from running.
      await nextTurn();
    }
    if (emission.next === 'hang') await aborted(over);
    if (emission.next !== 'go-on') return;
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

async function* linesOf(source: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let lines: string[] = [];
  const split = createLineSplitter(Number.POSITIVE_INFINITY, (line) => lines.push(line));
  for await (const chunk of source) {
    split(chunk);
    yield* lines.filter((line) => line !== '');
    lines = [];
  }
}

/** The data of the events of a stream, as our own servers write them: one `data:` line each. */
async function* eventsOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  for await (const line of linesOf(body as unknown as AsyncIterable<Uint8Array>))
    if (line.startsWith('data: ')) yield line.slice('data: '.length);
}

function rebuilt(response: Response, type: string, body: AsyncGenerator<Buffer>): Response {
  const headers = new Headers(response.headers);
  headers.set('content-type', type);
  headers.delete('content-length');
  const stream = Readable.toWeb(Readable.from(body, { objectMode: false })) as ReadableStream<Uint8Array>;
  return new Response(stream, { status: response.status, headers });
}
