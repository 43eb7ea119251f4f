import type { Readable, Writable } from 'node:stream';
import type { JSONRPCMessage, Transport } from '@modelcontextprotocol/client';
import { createLineSplitter, maxFrameBytes } from './lines.ts';

export interface StreamTransportOptions {
  /** What the service says, one JSON-RPC message per line. */
  readonly input: Readable;
  readonly output: Writable;
  /** Called once when the input ends by itself; resolves with the reason, if there is more to say than that. */
  describeEnd?(): Promise<string | undefined>;
  /** Called once by `close`. */
  release?(): Promise<void>;
}

/**
 * The host's end of a service that speaks MCP on a pair of byte streams. Lines that are no JSON are reported
 * through `onerror` as SyntaxError and passed over; a line over the limit, as LimitExceeded, ends the connection.
 */
export function createStreamTransport(options: StreamTransportOptions): Transport {
  const { input, output } = options;
  let state: 'open' | 'closed' = 'open';

  const finish = async (): Promise<void> => {
    if (state === 'closed') return;
    state = 'closed';
    input.destroy();
    output.end();
    await options.release?.();
    transport.onclose?.();
  };
  const ended = async (): Promise<void> => {
    if (state === 'closed') return;
    const reason = await options.describeEnd?.();
    if (reason !== undefined && state === 'open') transport.onerror?.(new Error(reason));
    await finish();
  };
  const readLine = (line: string): void => {
    if (state === 'closed' || line.trim() === '') return;
    try {
      transport.onmessage?.(JSON.parse(line) as JSONRPCMessage);
    } catch (error) {
      transport.onerror?.(error as Error);
    }
  };
  const split = createLineSplitter(maxFrameBytes, readLine);

  const transport: Transport = {
    async start() {
      input.on('data', (chunk: Buffer) => {
        if (state === 'closed') return;
        try {
          split(chunk);
        } catch (error) {
          transport.onerror?.(error as Error);
          void finish();
        }
      });
      input.once('end', () => void ended());
      input.once('close', () => void ended());
      for (const stream of [input, output])
        stream.on('error', (error) => {
          if (state === 'open') transport.onerror?.(error);
        });
    },
    send(message) {
      if (state === 'closed' || !output.writable)
        return Promise.reject(new Error('The service has closed its input'));
      return new Promise((resolve, reject) => {
        output.write(`${JSON.stringify(message)}\n`, (error) => (error ? reject(error) : resolve()));
      });
    },
    close: finish,
  };
  return transport;
}
