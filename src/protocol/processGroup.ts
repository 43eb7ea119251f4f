/** Process groups that we have started; children in groups of their own do not die with us by themselves. */
const alive = new Set<number>();
process.once('exit', () => {
  for (const group of alive) signalGroup(group, 'SIGKILL');
});

/**
 * Has a process group end with this process.
 * @param leader the process that the group is named after
 * @returns forgets the group again
 */
export function keepGroup(leader: number): () => void {
  alive.add(leader);
  return () => void alive.delete(leader);
}

/** Sends a signal to all processes of a group; on Windows, to its leader. */
export function signalGroup(leader: number, signal: 'SIGTERM' | 'SIGKILL'): void {
  try {
    process.kill(process.platform === 'win32' ? leader : -leader, signal);
  } catch {
    // Nothing of the group is left.
  }
}

/** What `promise` resolves with, or undefined after `milliseconds`. */
export async function within<T>(milliseconds: number, promise: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), milliseconds).unref();
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
