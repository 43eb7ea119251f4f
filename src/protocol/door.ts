import type { Transport } from '@modelcontextprotocol/client';
import type { ServiceEntry } from '../contracts/externalAgent.ts';
import type { ServiceSource } from '../contracts/service.ts';
import { openService } from './openService.ts';
import { relay } from './relay.ts';
import { createWire, type WireOptions } from './wire.ts';

/** Where the clients of a stranger's host come in to one service. They come and go; each gets a wire of its own. */
export interface Door {
  readonly entry: ServiceEntry;
  /** Sends away who is there, and ends what was opened for them. */
  close(): Promise<void>;
}

export interface DoorOptions {
  readonly source: ServiceSource;
  /** What every wire has in common; its taps see all clients. */
  readonly wire: Omit<WireOptions, 'transport' | 'era' | 'asksHost' | 'announce'>;
  /** The service could not be started for a client. */
  onFailure(error: unknown): void;
}

/** Clients at one door, over the life of the door. */
export const maxClients = 64;

/** The stay of one client. */
export interface Visit {
  /** Resolves when client, wire and service have ended: the end of one is the end of all. */
  readonly over: Promise<void>;
  end(): Promise<void>;
}

/**
 * Opens the service for one client, and a wire to it.
 * @param front the way to the client, not yet started; closed when the service cannot be started
 */
export async function letIn(
  front: Transport,
  transport: 'stdio' | 'http',
  { source, wire: options, onFailure }: DoorOptions,
): Promise<Visit> {
  try {
    const opened = await openService(source, { transport: 'memory' });
    await relay(front, createWire(opened.transport, { ...options, transport }));
    const endWire = front.onclose;
    const over = new Promise<void>((resolve) => {
      front.onclose = () => {
        endWire?.();
        opened.close().catch(onFailure).finally(resolve);
      };
    });
    return {
      over,
      async end() {
        await front.close();
        await over;
      },
    };
  } catch (error) {
    onFailure(error);
    await front.close();
    return { over: Promise.resolve(), end: () => Promise.resolve() };
  }
}
