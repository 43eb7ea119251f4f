import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { messageOf } from '../../contracts/errors.ts';
import { HostFailure } from '../../contracts/externalAgent.ts';
import { keepTail, type Tail } from '../../protocol/child.ts';
import { keepGroup, signalGroup, within } from '../../protocol/processGroup.ts';
import { plainText } from './plainText.ts';
import type { Secrets } from './secrets.ts';
import { endStrays } from './strays.ts';

export interface HostCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** The whole environment. */
  readonly env: Readonly<Record<string, string>>;
  /** What it is given to read on its standard input; nothing if absent. */
  readonly input?: string | undefined;
  /** Processes that work in this folder, or whose environment names it, are the host's. */
  readonly folder: string;
  /** What must not be read in what it prints. */
  readonly secrets: Secrets;
  /** Milliseconds until it is ended. */
  readonly timeoutMs?: number | undefined;
  /** Ends it at once. */
  readonly signal: AbortSignal;
}

/** How a host ended, and the last that it printed, without secrets. */
export interface HostEnd {
  readonly how:
    | { readonly kind: 'exit'; readonly code: number }
    | { readonly kind: 'signal'; readonly name: string };
  readonly stdout: string;
  readonly stderr: string;
}

/** How long a host may take to end after SIGTERM, in milliseconds. */
const graceMs = 500;
/** How much of the end of its output is kept, in bytes. */
const tails = { stdout: 256_000, stderr: 4_096 };

/**
 * Runs a host to its end, without a shell, and ends everything that it has started.
 * @throws HostFailure when it cannot be started or its time is up; the signal's reason when aborted
 */
export async function runCommand(host: HostCommand): Promise<HostEnd> {
  const child = await start(host);
  const [stdout, stderr] = [keepTail(child.stdout, tails.stdout), keepTail(child.stderr, tails.stderr)];
  const leader = child.pid ?? 0;
  const forget = keepGroup(leader);
  const exited = new Promise<HostEnd['how']>((resolve) => {
    child.once('exit', (code, name) =>
      resolve(code === null ? { kind: 'signal', name: String(name) } : { kind: 'exit', code }),
    );
  });
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const limit = createLimit(host);
  try {
    const how = await Promise.race([exited, limit.reached]);
    // What it has left behind may hold its output open.
    await endAll(leader, host.folder);
    await within(graceMs, closed);
    const printed = (tail: Tail): string => host.secrets.hideInTail({ ...tail, text: plainText(tail.text) });
    return { how, stdout: printed(stdout()), stderr: printed(stderr()) };
  } catch (error) {
    signalGroup(leader, 'SIGTERM');
    await within(graceMs, exited);
    await endAll(leader, host.folder);
    throw error;
  } finally {
    limit.release();
    await exited;
    forget();
    child.stdout.destroy();
    child.stderr.destroy();
  }
}

async function endAll(leader: number, folder: string): Promise<void> {
  signalGroup(leader, 'SIGKILL');
  await endStrays(folder);
}

interface Limit {
  /** Rejects when the host has to end. */
  readonly reached: Promise<never>;
  release(): void;
}

function createLimit({ signal, timeoutMs }: HostCommand): Limit {
  let release = (): void => undefined;
  const reached = new Promise<never>((_, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    const late = (): void =>
      reject(new HostFailure('HOST_TIMEOUT', `The host had not ended after ${timeoutMs} ms`));
    const timer = timeoutMs === undefined ? undefined : setTimeout(late, timeoutMs);
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
    release = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
    };
  });
  return { reached, release };
}

async function start(host: HostCommand): Promise<ChildProcessByStdio<Writable, Readable, Readable>> {
  try {
    const child = spawn(host.command, host.args, {
      cwd: host.cwd,
      env: host.env,
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
      windowsHide: true,
    });
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', reject);
    });
    child.on('error', () => undefined);
    child.stdin.on('error', () => undefined);
    child.stdin.end(host.input ?? '');
    return child;
  } catch (error) {
    throw cannotStart(host.command, plainText(messageOf(error)));
  }
}

export function cannotStart(command: string, why: string): HostFailure {
  return new HostFailure('HOST_NOT_STARTED', `Cannot start ${command} (is it installed?): ${why}`);
}
