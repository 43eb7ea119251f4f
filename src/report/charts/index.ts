import type { Markup } from '../html/markup.ts';

/** A point with its interval; all values in percent unless the chart says otherwise. */
export interface IntervalPoint {
  readonly row: string;
  readonly series: string;
  readonly value: number;
  readonly low?: number;
  readonly high?: number;
  /** The number in words, shown on demand. */
  readonly title: string;
}

/** Rows with one or more marked points and their intervals. */
export interface IntervalChart {
  readonly kind: 'intervals';
  readonly label: string;
  readonly rows: readonly string[];
  /** In order; each has a shape and a color of its own. */
  readonly series: readonly string[];
  readonly points: readonly IntervalPoint[];
  /** Values that all rows are compared with. */
  readonly references?: readonly {
    readonly series: string;
    readonly value: number;
    readonly title: string;
  }[];
  /** Ends of the axis; 0 to 100 unless given. */
  readonly domain?: readonly [number, number];
}

/** Parts of a whole, one bar per row. */
export interface StackChart {
  readonly kind: 'stack';
  readonly label: string;
  readonly rows: readonly string[];
  /** In order from the left; lighter to darker. */
  readonly series: readonly string[];
  readonly parts: readonly { readonly row: string; readonly series: string; readonly count: number }[];
}

/** One labeled point per condition; the best are joined. */
export interface FrontChart {
  readonly kind: 'front';
  readonly xLabel: string;
  readonly yLabel: string;
  readonly points: readonly FrontPoint[];
}

export interface FrontPoint {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly low?: number;
  readonly high?: number;
  /** Whether no other point is better in both. */
  readonly best: boolean;
  readonly title: string;
}

export type Chart = IntervalChart | StackChart | FrontChart;

/** Draws a chart as SVG of a width in pixels, without styles, scripts or links of its own. */
export type DrawChart = (chart: Chart, width: number) => Markup;

/** The charting library is loaded here, when the first page is written. */
export async function openCharts(): Promise<DrawChart> {
  const { createPlotCharts } = await import('./plot.ts');
  return createPlotCharts();
}
