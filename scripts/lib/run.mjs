/** Starts other programs for the scripts: Node with a file, tools of node_modules, npm. */
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's folder. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Runs Node in the foreground with the terminal's input and output, and ends as it ends. */
export function becomeNode(args) {
  const child = spawn(process.execPath, args, { stdio: 'inherit' });
  // A terminal sends Ctrl-C to the child too, and npm repeats it here; passed on, it would come twice.
  const inTerminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;
  process.on('SIGINT', () => inTerminal || child.kill('SIGINT'));
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

/** The file behind a command of an installed package. */
export function toolPath(packageName, command) {
  const folder = join(root, 'node_modules', packageName);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return join(folder, typeof bin === 'string' ? bin : bin[command]);
}

/** Runs a command of an installed package in the repository; returns its exit code. */
export function runToolSync(packageName, command, args) {
  const options = { cwd: root, stdio: 'inherit' };
  return spawnSync(process.execPath, [toolPath(packageName, command), ...args], options).status ?? 1;
}

/** Runs npm quietly. `output` is what it said, without addresses of registries. */
export function npm(args, cwd) {
  const quiet = ['--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'];
  const script = process.env.npm_execpath;
  const [program, first] = script?.endsWith('.js') ? [process.execPath, [script]] : ['npm', []];
  const result = spawnSync(program, [...first, ...args, ...quiet], {
    cwd,
    encoding: 'utf8',
    shell: program === 'npm' && process.platform === 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = `${result.error?.message ?? ''}${result.stdout ?? ''}${result.stderr ?? ''}`;
  return {
    status: result.status ?? 1,
    output: output.replace(/https?:\/\/[^\s"']+/g, 'the registry').trim(),
  };
}
