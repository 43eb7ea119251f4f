import type { Benchmark } from './benchmark.ts';
import { runInWorkspace, textcraftPlan } from './textcraft.ts';

const early = 1_000;
const late = 20_000;
const mostGrowth = 1.2;

/** Live heap in MB, after a collection; needs `node --expose-gc`. */
export function heapMb(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 1e6;
}

/** Memory after 20,000 stored episodes against memory after 1,000, in one run. */
export const memory: Benchmark = {
  name: 'memory',
  async run() {
    if (!globalThis.gc) throw new Error('The memory benchmark needs node --expose-gc');
    const measured = new Map<number, number>();
    await runInWorkspace(textcraftPlan(late), (done) => {
      if (done === early || done === late) measured.set(done, heapMb());
    });
    const [value, baseline] = [measured.get(late) ?? 0, measured.get(early) ?? 0];
    const ratio = value / baseline;
    const target = `ratio <= ${mostGrowth}`;
    return [
      {
        name: 'live heap after 20,000 stored episodes',
        value,
        unit: 'MB',
        baseline,
        ratio,
        target,
        met: ratio <= mostGrowth,
      },
    ];
  },
};
