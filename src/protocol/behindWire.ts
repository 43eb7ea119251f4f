import { InMemoryTransport, type Transport } from '@modelcontextprotocol/client';
import { classify, type FrameId } from './frames.ts';
import { relay } from './relay.ts';

/**
 * The transport for a server that is to sit behind a wire, where the SDK has given it `front`.
 * @param wireTo puts a wire before the server's end
 * @param isAnswered whether requests with this method take the wire; all others go straight to the server, which
 * refuses them on the spot with the HTTP status for that
 */
export function behindWire(
  front: Transport,
  wireTo: (serverEnd: Transport) => Transport,
  isAnswered: (method: string) => boolean = () => true,
): Transport {
  const [hostEnd, serverEnd] = InMemoryTransport.createLinkedPair();
  const wire = wireTo(hostEnd);
  const refused = new Set<FrameId>();
  const end: Transport = {
    setSupportedProtocolVersions: (versions) => front.setSupportedProtocolVersions?.(versions),
    async start() {
      serverEnd.onmessage = (message) => end.onmessage?.(message);
      serverEnd.onclose = () => end.onclose?.();
      await serverEnd.start();
      await relay(front, wire);
      const toWire = front.onmessage;
      front.onmessage = (message, extra) => {
        const classified = classify(message);
        if (classified.kind !== 'request' || isAnswered(classified.frame.method)) {
          toWire?.(message, extra);
          return;
        }
        refused.add(classified.frame.id);
        end.onmessage?.(message, extra);
      };
    },
    send: (message) =>
      'id' in message && message.id !== undefined && refused.delete(message.id)
        ? front.send(message)
        : serverEnd.send(message),
    close: () => serverEnd.close(),
  };
  return end;
}
