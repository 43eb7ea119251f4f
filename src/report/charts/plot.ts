import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import type { Chart, DrawChart, FrontChart, IntervalChart, StackChart } from './index.ts';
import { placeNames } from './placeNames.ts';
import { type DrawnNode, svgMarkup } from './svg.ts';

/** Classes of the page's style sheet that give series their colors, in order. */
const seriesClass = (index: number): string => `s${index}`;
const symbols = ['circle', 'triangle', 'square', 'diamond', 'star', 'cross'] as const;
const fontSize = 12;
/** Pixels that a character takes on average. */
const characterWidth = 6.6;

/** Charts by Observable Plot, drawn on a document without a browser. */
export function createPlotCharts(): DrawChart {
  // The compiler knows no browser, so documents and drawings have no types here.
  const window: unknown = parseHTML('<!doctype html><html><body></body></html>');
  const { document } = window as { readonly document: unknown };
  return (chart, width) => {
    const drawn: unknown = Plot.plot({
      ...optionsOf(chart, width),
      document,
      width,
      style: { fontSize: `${fontSize}px` },
    });
    return svgMarkup(drawn as DrawnNode);
  };
}

function optionsOf(chart: Chart, width: number): Plot.PlotOptions {
  switch (chart.kind) {
    case 'intervals':
      return intervalOptions(chart, width);
    case 'stack':
      return stackOptions(chart, width);
    case 'front':
      return frontOptions(chart, width);
  }
}

/** Long names take two lines; what does not fit then is cut, and tables beside the charts have it whole. */
function rowAxis(rows: readonly string[], width: number): { margin: number; text: (row: string) => string } {
  const longest = Math.max(...rows.map((row) => row.length));
  const room = Math.min(longest, Math.floor((width * 0.36) / characterWidth));
  return {
    margin: Math.ceil(room * characterWidth) + 12,
    text: (row) => {
      if (row.length <= room) return row;
      const at = lineEnd(row, room);
      const rest = row.slice(at);
      return `${row.slice(0, at)}\n${rest.length > room ? `${rest.slice(0, room - 1)}…` : rest}`;
    },
  };
}

/** Where the first line of a name ends: after a mark between words in its second half, if there is one. */
function lineEnd(name: string, room: number): number {
  const marks = ['-', ':', '/', '@', ' '].map((mark) => name.lastIndexOf(mark, room - 1) + 1);
  const last = Math.max(...marks);
  return last > room / 2 ? last : room;
}

function intervalOptions(chart: IntervalChart, width: number): Plot.PlotOptions {
  const { rows, series, points, references = [], domain = [0, 100] } = chart;
  const axis = rowAxis(rows, width);
  const spread = series.length > 1 ? 18 / series.length : 0;
  const marks = series.flatMap((name, index) => {
    const own = points.filter((point) => point.series === name);
    const dy = (index - (series.length - 1) / 2) * spread;
    const whiskers = own.filter(({ low, high }) => low !== undefined && high !== undefined);
    return [
      Plot.ruleX(
        references.filter((reference) => reference.series === name),
        {
          x: 'value',
          className: seriesClass(index),
          strokeDasharray: '4,3',
          stroke: 'currentColor',
          title: 'title',
        },
      ),
      Plot.ruleY(whiskers, {
        y: 'row',
        x1: 'low',
        x2: 'high',
        dy,
        stroke: 'currentColor',
        strokeWidth: 2.5,
        strokeOpacity: 0.45,
        className: seriesClass(index),
        title: 'title',
      }),
      Plot.dot(own, {
        y: 'row',
        x: 'value',
        dy,
        r: 5,
        symbol: symbols[index] ?? 'circle',
        fill: 'currentColor',
        stroke: 'none',
        className: seriesClass(index),
        title: 'title',
      }),
    ];
  });
  return {
    height: rows.length * (22 + series.length * 7) + 56,
    marginLeft: axis.margin,
    marginRight: 18,
    marginBottom: 36,
    x: {
      domain: [...domain],
      label: chart.label,
      labelAnchor: 'center',
      labelArrow: 'none',
      ticks: width < 500 ? 3 : 5,
      grid: true,
    },
    y: { domain: [...rows], label: null, tickFormat: axis.text, tickSize: 0 },
    marks,
  };
}

function stackOptions({ label, rows, series, parts }: StackChart, width: number): Plot.PlotOptions {
  const axis = rowAxis(rows, width);
  const total = Math.max(...rows.map((row) => sum(parts.filter((part) => part.row === row))));
  const room = width - axis.margin - 18;
  let before = new Map<string, number>();
  const marks = series.flatMap((name, index) => {
    const own = parts
      .filter((part) => part.series === name && part.count > 0)
      .map((part) => {
        const from = before.get(part.row) ?? 0;
        before = new Map(before).set(part.row, from + part.count);
        return { ...part, from, to: from + part.count, title: `${part.row}: ${part.count} ${name}` };
      });
    return [
      Plot.barX(own, {
        y: 'row',
        x1: 'from',
        x2: 'to',
        className: `stage t${index}`,
        fill: 'currentColor',
        title: 'title',
        insetRight: 1.5,
        rx: 2,
      }),
      Plot.text(
        own.filter(({ count }) => (count / total) * room > String(count).length * 8 + 6),
        {
          y: 'row',
          x: ({ from, to }: { from: number; to: number }) => (from + to) / 2,
          text: 'count',
          className: `on t${index}`,
          fill: 'currentColor',
          fontWeight: 600,
        },
      ),
    ];
  });
  return {
    height: rows.length * 34 + 50,
    marginLeft: axis.margin,
    marginRight: 18,
    marginBottom: 36,
    x: { domain: [0, total], label, labelAnchor: 'center', labelArrow: 'none', ticks: width < 500 ? 3 : 6 },
    y: { domain: [...rows], label: null, tickFormat: axis.text, tickSize: 0, padding: 0.22 },
    marks,
  };
}

function sum(parts: StackChart['parts']): number {
  return parts.reduce((total, { count }) => total + count, 0);
}

const frontMargins = { marginLeft: 46, marginRight: 20, marginTop: 26, marginBottom: 40 } as const;

function frontOptions({ xLabel, yLabel, points }: FrontChart, width: number): Plot.PlotOptions {
  const best = points.filter((point) => point.best).sort((a, b) => a.x - b.x);
  const height = Math.min(340, Math.round(width * 0.62) + 30);
  const x = spanOf(points.map((point) => point.x));
  const y = spanOf(points.flatMap((point) => [point.y, point.high ?? point.y]));
  const names = placeNames(points, {
    x: (value) =>
      frontMargins.marginLeft +
      ((value - x[0]) / (x[1] - x[0])) * (width - frontMargins.marginLeft - frontMargins.marginRight),
    y: (value) =>
      height -
      frontMargins.marginBottom -
      ((value - y[0]) / (y[1] - y[0])) * (height - frontMargins.marginTop - frontMargins.marginBottom),
    width,
    bottom: height - frontMargins.marginBottom,
  });
  return {
    height,
    ...frontMargins,
    x: { domain: x, label: xLabel, labelAnchor: 'center', labelArrow: 'none', ticks: 5, grid: true },
    y: { domain: y, label: yLabel, labelArrow: 'none', ticks: 5, grid: true },
    marks: [
      Plot.line(best, {
        x: 'x',
        y: 'y',
        className: 's0',
        stroke: 'currentColor',
        strokeOpacity: 0.5,
        strokeDasharray: '3,3',
      }),
      Plot.ruleX(
        points.filter(({ low }) => low !== undefined),
        {
          x: 'x',
          y1: 'low',
          y2: 'high',
          className: 'whisker',
          stroke: 'currentColor',
          strokeOpacity: 0.25,
          strokeWidth: 2,
          title: 'title',
        },
      ),
      ...names.map(({ point, name, dx, dy }) =>
        Plot.text([point], {
          x: 'x',
          y: 'y',
          text: () => name,
          dx,
          dy,
          textAnchor: dx > 0 ? 'start' : 'end',
          fill: 'currentColor',
          className: 'name',
          fontWeight: point.best ? 600 : 400,
        }),
      ),
      Plot.dot(
        points.filter((point) => !point.best),
        {
          x: 'x',
          y: 'y',
          r: 5,
          className: 's5',
          fill: 'none',
          stroke: 'currentColor',
          strokeWidth: 2,
          title: 'title',
        },
      ),
      Plot.dot(best, {
        x: 'x',
        y: 'y',
        r: 6,
        symbol: 'diamond',
        className: 's0',
        fill: 'currentColor',
        title: 'title',
      }),
    ],
  };
}

/** A little more than the values take; never empty. */
function spanOf(values: readonly number[]): [number, number] {
  const [least, most] = [Math.min(0, ...values), Math.max(...values)];
  return most > least ? [least, most * 1.05] : [least, least + 1];
}
