import { execFile } from 'node:child_process';
import { realpath, stat } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { messageOf } from '../../contracts/errors.ts';
import { cannotStart, type HostCommand } from './command.ts';

/** What a host can see of the machine when bubblewrap (`bwrap`) runs it. */
export interface SandboxView {
  /** The one folder it can write to. */
  readonly folder: string;
  /** Further files and folders that it can read. */
  readonly readable: readonly string[];
  /** Files and folders that it cannot read, wherever they are. */
  readonly hidden: readonly string[];
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

const frame: readonly string[] = [
  '--die-with-parent --unshare-pid --unshare-ipc --unshare-uts --unshare-cgroup-try'.split(' '),
  '--cap-drop ALL --proc /proc --dev /dev --tmpfs /tmp'.split(' '),
  [...system, ...names].flatMap((place) => ['--ro-bind-try', place, place]),
].flat();

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

/** The same command in a sandbox. @throws HostFailure when there is no such program */
export async function sandboxed(host: HostCommand, view: SandboxView): Promise<HostCommand> {
  const program = await whereIs(host.command, host.env['PATH']);
  if (program === undefined) throw cannotStart(host.command, 'There is no such program');
  const bubblewrap = (await whereIs('bwrap', process.env['PATH'])) ?? 'bwrap';
  const named = [...view.readable, ...(await placesOf(program, host))].filter((each) => !isSystem(each));
  const readable = await existing(named);
  // Runs are no business of the host's, those of other workspaces neither.
  const hidden = [...view.hidden, ...readable.map((place) => path.join(place, '.safemcp'))];
  const options = [
    frame,
    readable.flatMap((place) => ['--ro-bind', place, place]),
    await masks([...system, ...readable], hidden),
    ['--bind', view.folder, view.folder, '--chdir', host.cwd],
  ].flat();
  return { ...host, command: bubblewrap, args: [...options, '--', host.command, ...host.args] };
}

/** Covers what is hidden wherever it appears in `places`, whatever links lead to it. */
async function masks(places: readonly string[], hidden: readonly string[]): Promise<readonly string[]> {
  const appearances = await hiddenIn(await existing(places), await existing(hidden));
  const covers = appearances.map(async (place) =>
    (await stat(place)).isDirectory() ? ['--tmpfs', place] : ['--ro-bind', '/dev/null', place],
  );
  return (await Promise.all(covers)).flat();
}

async function hiddenIn(places: readonly string[], hidden: readonly string[]): Promise<readonly string[]> {
  const covered = await Promise.all(hidden.map((each) => realpath(each)));
  const found = places.map(async (place) => {
    const real = await realpath(place);
    return covered
      .filter((each) => `${each}/`.startsWith(real.endsWith('/') ? real : `${real}/`))
      .map((each) => path.join(place, path.relative(real, each)));
  });
  return [...new Set((await Promise.all(found)).flat())];
}

/** The host's program, Node, the files and folders that the command names, and the packages that they can load. */
async function placesOf(program: string, { args, env }: HostCommand): Promise<readonly string[]> {
  const node = (await whereIs('node', env['PATH'])) ?? [];
  const named = await existing([program, process.execPath].concat(node, args.filter(isPath)));
  const real = await Promise.all(named.map((place) => realpath(place)));
  const places = [...named, ...real].filter((place) => !isWide(place));
  return [...new Set([...places, ...places.flatMap(packagesOf)])];
}

async function whereIs(program: string, paths = ''): Promise<string | undefined> {
  const folders = program.includes('/') ? [] : paths.split(path.delimiter);
  const candidates = [program, ...folders.map((folder) => path.join(folder, program))];
  const [first] = await existing(candidates.filter((each) => path.isAbsolute(each)));
  return first;
}

/** What Node reads for a file: packages, and what kind of module it is; for one in a package, all packages around it. */
function packagesOf(place: string): readonly string[] {
  const outermost = place.indexOf('/node_modules/');
  return outermost >= 0
    ? [place.slice(0, outermost + '/node_modules'.length)]
    : ancestors(path.dirname(place)).flatMap((folder) =>
        ['node_modules', 'package.json'].map((name) => path.join(folder, name)),
      );
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

function isSystem(place: string): boolean {
  return system.some((each) => `${place}/`.startsWith(`${each}/`));
}

async function existing(places: readonly string[]): Promise<readonly string[]> {
  const facts = await Promise.all(places.map((place) => stat(place).catch(() => undefined)));
  return places.filter((_, index) => facts[index] !== undefined);
}
