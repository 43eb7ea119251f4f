/** One measured figure beside its baseline of the same run. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly baseline: number;
  /** `value / baseline`. */
  readonly ratio: number;
  /** Words for the bound, e.g. `ratio <= 1.5`. */
  readonly target: string;
  readonly met: boolean;
}

export interface Benchmark {
  readonly name: string;
  run(): Promise<readonly Figure[]>;
}

/** The middle of `values`. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** Milliseconds that `work` takes. */
export async function time(work: () => unknown): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** A figure with an upper bound on its ratio to the baseline. */
export function ratioFigure(
  name: string,
  unit: string,
  pair: { value: number; baseline: number },
  most: number,
): Figure {
  const ratio = pair.value / pair.baseline;
  return { name, unit, ...pair, ratio, target: `ratio <= ${most}`, met: ratio <= most };
}
