import type { JSONRPCMessage, Transport, TransportSendOptions } from '@modelcontextprotocol/client';
import { createWire, type WireFault, type WireOptions } from '../../src/protocol/wire.ts';

/** A wire to a service that the test speaks for, frame by frame. */
export interface RawConnection {
  readonly wire: Transport;
  /** What the service has been sent. */
  readonly heard: unknown[];
  readonly options: (TransportSendOptions | undefined)[];
  /** What has reached the host. */
  readonly received: unknown[];
  readonly faults: WireFault[];
  /** Speaks for the service; takes anything, as a stranger would send it. */
  say(message: unknown): void;
  /** Speaks for the transport. */
  fail(error: Error): void;
  end(): void;
  /** Makes the transport refuse whatever it is given from now on. */
  refuse(error: Error): void;
  readonly closes: { host: number; inner: number };
}

export async function connectRaw(options: Partial<WireOptions> = {}): Promise<RawConnection> {
  let refusal: Error | undefined;
  const connection: Omit<RawConnection, 'wire'> = {
    heard: [],
    options: [],
    received: [],
    faults: [],
    closes: { host: 0, inner: 0 },
    say: (message) => inner.onmessage?.(message as JSONRPCMessage),
    fail: (error) => inner.onerror?.(error),
    end: () => inner.onclose?.(),
    refuse(error) {
      refusal = error;
    },
  };
  const inner: Transport = {
    start: async () => undefined,
    async send(message, sendOptions) {
      if (refusal) throw refusal;
      connection.heard.push(message);
      connection.options.push(sendOptions);
    },
    async close() {
      connection.closes.inner++;
      inner.onclose?.();
    },
  };
  const wire = createWire(inner, {
    service: 'raw',
    transport: 'memory',
    onFault: (fault) => void connection.faults.push(fault),
    ...options,
  });
  wire.onmessage = (message) => void connection.received.push(message);
  wire.onclose = () => {
    connection.closes.host++;
  };
  await wire.start();
  return { ...connection, wire };
}
