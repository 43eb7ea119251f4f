/**
 * Gathers what is handed in during one turn of the event loop, and while a commit is under way, into one
 * commit. Each promise settles with the commit that held its item.
 */
export interface Batch<T> {
  add(item: T): Promise<void>;
  /** Resolves when nothing is waiting any more; never rejects. */
  idle(): Promise<void>;
}

interface Waiting<T> {
  readonly item: T;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** @param commit stores all items or none */
export function createBatch<T>(commit: (items: readonly T[]) => Promise<void>): Batch<T> {
  let waiting: Waiting<T>[] = [];
  let working: Promise<void> | undefined;

  const work = async (): Promise<void> => {
    while (waiting.length > 0) {
      await nextTurn();
      const batch = waiting;
      waiting = [];
      try {
        await commit(batch.map(({ item }) => item));
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    working = undefined;
  };

  return {
    add: (item) =>
      new Promise((resolve, reject) => {
        waiting.push({ item, resolve, reject });
        working ??= work();
      }),
    idle: async () => {
      await working;
    },
  };
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
