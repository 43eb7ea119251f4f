import { execFile } from 'node:child_process';
import { realpath, stat } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { messageOf } from '../../contracts/errors.ts';
import type { HostCommand } from './command.ts';

/** What a host can see of the machine when bubblewrap (`bwrap`) runs it. */
export interface SandboxView {
  /** The one folder it can write to. */
  readonly folder: string;
  /** Further files and folders that it can read. */
  readonly readable: readonly string[];
}

/** The system. Homes, `/var`, `/srv`, `/mnt` and everything else are not there. */
const system = [
  '/usr',
  '/bin',
  '/sbin',
  '/lib',
  '/lib32',
  '/lib64',
  '/etc',
  '/opt',
  '/nix/store',
  '/gnu/store',
];
/** Where `/etc/resolv.conf` may lead. */
const names = ['/run/systemd/resolve', '/run/resolvconf'];

const frame = [
  ...['--die-with-parent', '--unshare-pid', '--unshare-ipc', '--unshare-uts', '--unshare-cgroup-try'],
  ...['--cap-drop', 'ALL', '--proc', '/proc', '--dev', '/dev', '--tmpfs', '/tmp'],
  ...[...system, ...names].flatMap((place) => ['--ro-bind-try', place, place]),
];

let probed: Promise<string | undefined> | undefined;

/**
 * Why there can be no sandbox on this machine; undefined when there can. Found out once, by making one: containers often
 * forbid what it needs.
 */
export function sandboxProblem(): Promise<string | undefined> {
  probed ??= probe();
  return probed;
}

async function probe(): Promise<string | undefined> {
  if (process.platform !== 'linux') return `bubblewrap does not exist for ${process.platform}`;
  return new Promise((resolve) => {
    execFile('bwrap', [...frame, 'true'], { timeout: 10_000 }, (error, _, stderr) => {
      if (!error) return resolve(undefined);
      if (error.code === 'ENOENT') return resolve('bubblewrap (bwrap) is not installed');
      const said = (stderr.trim() || messageOf(error)).split('\n')[0]?.slice(0, 200);
      resolve(`bubblewrap cannot make a sandbox here: ${said}`);
    });
  });
}

/** The same command in a sandbox. */
export async function sandboxed(host: HostCommand, view: SandboxView): Promise<HostCommand> {
  const readable = await existing([...view.readable, ...(await placesOf(host))]);
  const binds = readable.flatMap((place) => ['--ro-bind', place, place]);
  // Runs that are kept there are no business of the host's.
  const workspaces = await existing(readable.map((place) => path.join(place, '.safemcp')));
  const args = [
    ...frame,
    ...binds,
    ...workspaces.flatMap((place) => ['--tmpfs', place]),
    ...['--bind', view.folder, view.folder, '--chdir', host.cwd, '--'],
  ];
  return { ...host, command: 'bwrap', args: [...args, host.command, ...host.args] };
}

/** Where the host's program is, Node, and files that the command names. */
async function placesOf({ command, args, env }: HostCommand): Promise<readonly string[]> {
  const programs = [command, 'node', process.execPath];
  const found = await Promise.all(programs.map((program) => whereIs(program, env['PATH'] ?? '')));
  const named = await existing([...found.flatMap((file) => file ?? []), ...args.filter(isPath)]);
  const real = await Promise.all(named.map((file) => realpath(file)));
  return [...new Set([...named, ...real].flatMap(around))];
}

async function whereIs(program: string, paths: string): Promise<string | undefined> {
  if (program.includes('/')) return path.isAbsolute(program) ? program : undefined;
  const candidates = paths.split(path.delimiter).filter(path.isAbsolute);
  const [first] = await existing(candidates.map((folder) => path.join(folder, program)));
  return first;
}

/** A file with its folder and the packages that it can load; without the folder where it holds far more than a program. */
function around(file: string): readonly string[] {
  const folder = path.dirname(file);
  const outermost = file.indexOf('/node_modules/');
  return [
    isWide(folder) ? file : folder,
    ...(outermost >= 0
      ? [file.slice(0, outermost + '/node_modules'.length)]
      : ancestors(folder).map((each) => path.join(each, 'node_modules'))),
  ];
}

/** Whether a home or the folder for everybody's temporary files is in it. */
function isWide(folder: string): boolean {
  const within = folder.endsWith('/') ? folder : `${folder}/`;
  return [homedir(), tmpdir()].some((place) => `${place}/`.startsWith(within));
}

function ancestors(folder: string): readonly string[] {
  const parent = path.dirname(folder);
  return parent === folder ? [folder] : [folder, ...ancestors(parent)];
}

/** Longest argument that is taken for a path. */
const longestPath = 1_000;

function isPath(argument: string): boolean {
  return path.isAbsolute(argument) && argument.length <= longestPath;
}

/** Those that exist and are not of the system anyway. */
async function existing(places: readonly string[]): Promise<readonly string[]> {
  const own = places.filter((place) => !system.some((each) => `${place}/`.startsWith(`${each}/`)));
  const facts = await Promise.all(own.map((place) => stat(place).catch(() => undefined)));
  return own.filter((_, index) => facts[index] !== undefined);
}
