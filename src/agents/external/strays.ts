import { readdir, readFile, readlink } from 'node:fs/promises';

/** Looks for processes that appear while others are ended. */
const maxSweeps = 5;

/**
 * Ends every process that works in `folder` or whose environment names it: what a host has started and let go. Only
 * Linux shows them.
 */
export async function endStrays(folder: string): Promise<void> {
  if (process.platform !== 'linux') return;
  for (let sweep = 0; sweep < maxSweeps; sweep++) {
    const found = await strays(folder);
    if (found.length === 0) return;
    for (const pid of found) end(pid);
  }
}

async function strays(folder: string): Promise<number[]> {
  const pids = (await readdir('/proc')).map(Number).filter((pid) => pid > 0 && pid !== process.pid);
  const belongs = await Promise.all(pids.map((pid) => namesFolder(pid, folder)));
  return pids.filter((_, index) => belongs[index]);
}

async function namesFolder(pid: number, folder: string): Promise<boolean> {
  // What belongs to others, or has just ended, cannot be read.
  const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
  if (environment.includes(folder)) return true;
  const place = await readlink(`/proc/${pid}/cwd`).catch(() => '');
  return place.startsWith(folder);
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
