import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { messageOf, SafeMcpError } from '../contracts/errors.ts';
import type { ServiceSource } from '../contracts/service.ts';
import { keepGroup, signalGroup, within } from './processGroup.ts';

/** A service that runs as a child process. */
export interface Child {
  readonly stdin: Writable;
  readonly stdout: Readable;
  /** Why its output ended: the exit code or signal, and the last it wrote to stderr. */
  describeEnd(): Promise<string>;
  /** Ends its input and, after a short grace, its whole process group; resolves when it has exited. */
  close(): Promise<void>;
}

type CommandSource = Extract<ServiceSource, { kind: 'command' }>;

/** How long a child may take to exit after its input has ended, in milliseconds. */
const graceMs = 200;
/** How much of the end of stderr is kept, in bytes. */
const stderrTail = 4096;

/**
 * Starts the command directly, without a shell, in a process group of its own. Its environment holds PATH and
 * what the source names, nothing else of ours.
 * @throws SERVICE_START
 */
export async function startChild(source: CommandSource): Promise<Child> {
  const child = await spawned(source);
  const tail = keepTail(child.stderr, stderrTail);
  const exited = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => resolve(code === null ? `signal ${signal}` : `exit code ${code}`));
  });
  const group = child.pid ?? 0;
  void exited.then(keepGroup(group));
  return {
    stdin: child.stdin,
    stdout: child.stdout,
    async describeEnd() {
      const end = await within(graceMs, exited);
      if (end === undefined) return 'The service closed its output';
      const text = tail().text.trim();
      return `The service ended with ${end}${text === '' ? '' : `: ${text}`}`;
    },
    async close() {
      child.stdin.end();
      await within(graceMs, exited);
      signalGroup(group, 'SIGKILL');
      await exited;
      child.stdout.destroy();
      child.stderr.destroy();
    },
  };
}

async function spawned(source: CommandSource): Promise<ChildProcessByStdio<Writable, Readable, Readable>> {
  try {
    const child = spawn(source.command, source.args, {
      ...(source.cwd !== undefined && { cwd: source.cwd }),
      env: { PATH: process.env['PATH'], ...source.env },
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
      windowsHide: true,
    });
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', reject);
    });
    child.on('error', () => undefined);
    return child;
  } catch (error) {
    throw new SafeMcpError('SERVICE_START', `Cannot start ${source.command}: ${messageOf(error)}`, {
      where: source.name,
      hint: `Is ${source.command} installed${source.cwd === undefined ? '' : `, and does the folder ${source.cwd} exist`}?`,
      cause: error,
    });
  }
}

/** The last that a stream has said. */
export interface Tail {
  readonly text: string;
  /** Whether there was more before it. */
  readonly isCut: boolean;
}

/** Reads a stream to its end and keeps the last bytes of it. */
export function keepTail(stream: Readable, bytes: number): () => Tail {
  let tail = Buffer.alloc(0);
  let isCut = false;
  stream.on('data', (chunk: Buffer) => {
    const all = Buffer.concat([tail, chunk]);
    isCut ||= all.length > bytes;
    tail = all.subarray(-bytes);
  });
  stream.on('error', () => undefined);
  return () => ({ text: tail.toString('utf8'), isCut });
}
