import type { Transport } from '@modelcontextprotocol/client';
import { messageOf } from '../contracts/errors.ts';
import { classify, type FrameId, responseFrame, toSdk } from './frames.ts';

/**
 * Starts both and carries messages between them until one of them ends, which ends the other.
 * @param front the way to a stranger's client
 * @param wire the way to the service
 */
export async function relay(front: Transport, wire: Transport): Promise<void> {
  const report = (error: unknown): void =>
    front.onerror?.(error instanceof Error ? error : new Error(messageOf(error)));
  let lastRequest: FrameId | undefined;

  front.onmessage = (message) => {
    const classified = classify(message);
    const id = classified.kind === 'request' ? classified.frame.id : undefined;
    lastRequest = id ?? lastRequest;
    wire.send(message).catch((error: unknown) => {
      const reply = { kind: 'error', error: { code: -32603, message: messageOf(error) } } as const;
      const answer = id === undefined ? undefined : responseFrame(id, reply);
      if (answer) front.send(toSdk(answer)).catch(report);
    });
  };
  wire.onmessage = (message) => {
    // Over HTTP everything else than a reply needs a request whose answer stream it can go out on.
    const options =
      classify(message).kind === 'response' || lastRequest === undefined
        ? undefined
        : { relatedRequestId: lastRequest };
    front.send(message, options).catch(report);
  };
  front.onclose = () => void wire.close().catch(report);
  wire.onclose = () => void front.close().catch(report);
  await wire.start();
  await front.start();
}
