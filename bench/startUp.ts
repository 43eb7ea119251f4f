import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { type Benchmark, median, time } from './benchmark.ts';

const rounds = 11;
const mostExtraMs = 120;

function launch(...args: string[]): Promise<number> {
  return time(() => spawnSync(process.execPath, args, { stdio: 'ignore' }));
}

/** `--help` against an empty node process. */
export const startUp: Benchmark = {
  name: 'start-up',
  async run() {
    const main = path.resolve('dist/cli/main.js');
    const empty: number[] = [];
    const help: number[] = [];
    for (let round = 0; round < rounds; round++) {
      empty.push(await launch('-e', '0'));
      help.push(await launch(main, '--help'));
    }
    const [value, baseline] = [median(help), median(empty)];
    const met = value - baseline <= mostExtraMs;
    const target = `value - baseline <= ${mostExtraMs} ms`;
    return [{ name: 'safemcp --help', value, unit: 'ms', baseline, ratio: value / baseline, target, met }];
  },
};
