import { spawnSync } from 'node:child_process';
import path from 'node:path';

/** How long a look at a workspace takes, or how much memory, and how much is allowed. */
export interface Look {
  readonly name: string;
  readonly value: number;
  readonly unit: 'ms' | 'MB';
  readonly bound: number;
}

const most = { reportMs: 5_000, reportMb: 300, lookMs: 1_000 };
/** Exit codes of a gate that has decided, either way. */
const decided = [0, 3];

/** Times commands of the built product on a workspace that holds one run. @param size for the names */
export function looks(workspace: string, size: string): Look[] {
  const list = command(workspace, 'episodes', '--json', '--limit', '1');
  const id = (/"id":"(\w+)"/.exec(list.output) ?? [])[1] ?? 'none';
  const page = path.join(workspace, 'report.html');
  return [
    ...heavy(`report --json on ${size}`, command(workspace, 'report', '--json')),
    ...heavy(`report as a page on ${size}`, command(workspace, 'report', '--format', 'html', '--out', page)),
    ...heavy(`gate on ${size}`, command(workspace, 'gate', '--defense', 'pinning', '--max-asr', '1')),
    quick('runs', command(workspace, 'runs')),
    quick(
      'episodes, filtered',
      command(workspace, 'episodes', '--stage', 'achieved', '--defense', 'pinning'),
    ),
    quick('show one trace', command(workspace, 'show', id)),
  ];
}

interface Looked {
  readonly milliseconds: number;
  /** Largest resident set. */
  readonly megabytes: number;
  readonly output: string;
}

function heavy(name: string, { milliseconds, megabytes }: Looked): Look[] {
  return [
    { name, value: milliseconds, unit: 'ms', bound: most.reportMs },
    { name: `memory of ${name}`, value: megabytes, unit: 'MB', bound: most.reportMb },
  ];
}

function quick(name: string, { milliseconds }: Looked): Look {
  return { name, value: milliseconds, unit: 'ms', bound: most.lookMs };
}

const tellMemory =
  'data:text/javascript,process.on("exit",()=>process.stderr.write("\\nmaxRSS "+process.resourceUsage().maxRSS))';

function command(workspace: string, ...args: string[]): Looked {
  const main = path.resolve('dist/cli/main.js');
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', tellMemory, main, ...args, '--workspace', workspace],
    { encoding: 'utf8', maxBuffer: 1e9 },
  );
  const milliseconds = performance.now() - started;
  if (!decided.includes(status ?? -1)) throw new Error(`safemcp ${args.join(' ')} failed: ${stderr}`);
  return { milliseconds, megabytes: Number(/maxRSS (\d+)/.exec(stderr)?.[1]) / 1024, output: stdout };
}
