import { SafeMcpError } from '../contracts/errors.ts';
import { digest, type JsonValue } from '../contracts/json.ts';
import type { OnQueue, ReplyCache } from '../contracts/model.ts';

/** Whether kept replies are used: `cached` asks for what is missing, `fresh` uses and keeps none, `only-cached` asks for nothing. */
export type ReplyUse = 'cached' | 'fresh' | 'only-cached';

/** Replies by the exact request, each asked for once. */
export interface Replies {
  /** @throws REPLAY_MISS, what `make` throws, or the abort reason */
  get<T extends object>(wanted: Wanted<T>, by: AskedBy): Promise<Found<T>>;
}

export interface AskedBy {
  readonly signal: AbortSignal;
  readonly onQueue?: OnQueue;
}

export interface Wanted<T> {
  /** Everything that the reply depends on. */
  readonly question: JsonValue;
  /** As the experiment calls the model. */
  readonly model: string;
  /** A kept reply, whose store may be anybody's; undefined when it is none. */
  read(kept: unknown): T | undefined;
  /** Asks the model. What comes back is plain JSON. */
  make(by: Required<AskedBy>): Promise<T>;
}

export interface Found<T> {
  readonly value: T;
  /** True when no call was made for this asker. */
  readonly cached: boolean;
}

/** A call under way, and who waits for it. */
interface Pending {
  readonly reply: Promise<unknown>;
  readonly stop: AbortController;
  readonly queue: Queue;
  waiting: number;
}

/** Tells all who wait for one call that it waits for its turn. */
interface Queue {
  readonly tell: OnQueue;
  /** What it returns ends it; an asker who leaves waits for nothing any more. */
  join(onQueue: OnQueue): () => void;
}

function createQueue(): Queue {
  const joined = new Set<OnQueue>();
  let waiting = false;
  return {
    tell(begins) {
      waiting = begins;
      for (const each of joined) each(begins);
    },
    join(onQueue) {
      // Whoever asks twice at once has to be told twice.
      const asked: OnQueue = (begins) => onQueue(begins);
      joined.add(asked);
      if (waiting) asked(true);
      return () => {
        joined.delete(asked);
        if (waiting) asked(false);
      };
    },
  };
}

export function createReplies(cache: ReplyCache | undefined, use: ReplyUse): Replies {
  const pending = new Map<string, Pending>();

  const ask = async <T extends object>(
    { make, read, model }: Wanted<T>,
    key: string,
    by: Required<AskedBy>,
  ): Promise<Found<T>> => {
    const kept = await cache?.get(key);
    const value = kept === undefined ? undefined : read(kept);
    if (value) return { value, cached: true };
    if (use === 'only-cached')
      throw new SafeMcpError('REPLAY_MISS', `The cache has no reply of ${model} to this request`, {
        where: key.slice(0, 16),
        hint: 'Run it without --cache-only; or the experiment, SafeMCP or a part of it is another than then',
      });
    by.signal.throwIfAborted();
    const made = await make(by);
    await cache?.put(key, made as JsonValue);
    return { value: made, cached: false };
  };

  return {
    async get<T extends object>(wanted: Wanted<T>, { signal, onQueue = () => undefined }: AskedBy) {
      if (use === 'fresh') return { value: await wanted.make({ signal, onQueue }), cached: false };
      const key = digest(wanted.question);
      const running = pending.get(key);
      const entry = running ?? begin(key, wanted);
      const leaveQueue = entry.queue.join(onQueue);
      try {
        const found = (await waitFor(entry, signal)) as Found<T>;
        return running ? { ...found, cached: true } : found;
      } finally {
        leaveQueue();
      }
    },
  };

  function begin<T extends object>(key: string, wanted: Wanted<T>): Pending {
    const stop = new AbortController();
    const queue = createQueue();
    const reply = ask(wanted, key, { signal: stop.signal, onQueue: queue.tell });
    const entry: Pending = { reply, stop, queue, waiting: 0 };
    pending.set(key, entry);
    const forget = (): void => {
      if (pending.get(key) === entry) pending.delete(key);
    };
    entry.reply.then(forget, forget);
    // Whoever comes after the last one has left asks anew.
    stop.signal.addEventListener('abort', forget);
    return entry;
  }
}

/** One asker's share in a call: it goes on as long as anybody waits for it. */
function waitFor(entry: Pending, signal: AbortSignal): Promise<unknown> {
  entry.waiting++;
  return new Promise((resolve, reject) => {
    const leave = (): void => {
      entry.waiting--;
      if (entry.waiting === 0) entry.stop.abort(signal.reason);
      reject(signal.reason as Error);
    };
    if (signal.aborted) return leave();
    signal.addEventListener('abort', leave, { once: true });
    entry.reply.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}
