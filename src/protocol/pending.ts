import type { McpReply } from '../contracts/wire.ts';
import type { FrameId } from './frames.ts';

/** Requests that wait for their reply, by frame id. */
export interface Pending {
  /** Registers a request; resolves with its reply, or `dropped` when the wire closes. */
  wait(id: FrameId): Promise<McpReply>;
  /** Answers the request with this id; false when nobody waits for it. */
  settle(id: FrameId, reply: McpReply): boolean;
  has(id: FrameId): boolean;
  settleAll(reply: McpReply): void;
}

export function createPending(): Pending {
  const waiting = new Map<FrameId, (reply: McpReply) => void>();
  return {
    wait: (id) => new Promise((resolve) => waiting.set(id, resolve)),
    has: (id) => waiting.has(id),
    settle(id, reply) {
      const resolve = waiting.get(id);
      if (resolve === undefined) return false;
      waiting.delete(id);
      resolve(reply);
      return true;
    },
    settleAll(reply) {
      for (const resolve of waiting.values()) resolve(reply);
      waiting.clear();
    },
  };
}
