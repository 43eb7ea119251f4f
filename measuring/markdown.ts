import type { Proportion } from '../src/experiment/statistics/wilson.ts';

/** Columns padded to one width, as the formatter of this repository writes them. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const widths = head.map((cell, column) =>
    Math.max(3, cell.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${widths.map((width, column) => (cells[column] ?? '').padEnd(width)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line), ''];
}

/** `1.8 % (0.8 to 4.1, 5 of 275)`; a dash where nothing was measured. */
export function interval(proportion: Proportion | undefined): string {
  if (!proportion) return '-';
  const { estimate, low, high, k, n } = proportion;
  return `${percent(estimate)} (${percent(low, '')} to ${percent(high, '')}, ${k} of ${n})`;
}

export function percent(value: number | undefined, unit = ' %'): string {
  return value === undefined ? '-' : `${(100 * value).toFixed(1)}${unit}`;
}

export function number(value: number | undefined): string {
  return value === undefined ? '-' : value.toFixed(3);
}
