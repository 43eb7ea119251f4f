import type { Metric } from '../../contracts/cell.ts';
import type { Chart, DrawChart } from '../charts/index.ts';
import { interval } from '../conclusions.ts';
import { count, percent } from '../text.ts';
import { type Child, html, type Markup } from './markup.ts';

/** Longest name of a thing that headings and labels show whole. */
const maxName = 120;

export function shortName(name: string): string {
  return name.length > maxName ? `${name.slice(0, maxName - 1)}…` : name;
}

export interface Section {
  /** Anchor; ours, never from outside. */
  readonly id: string;
  readonly title: string;
  readonly lede?: string;
  readonly body: Child;
}

export function sectionMarkup({ id, title, lede, body }: Section): Markup {
  return html`<section id="${id}"><h2>${title}</h2>${lede && html`<p class="lede">${lede}</p>`}${body}</section>`;
}

/** A table of figures; the first column names the rows. */
export function table(columns: readonly string[], rows: readonly (readonly Child[])[]): Markup {
  const body = rows.map(
    ([name, ...cells]) =>
      html`<tr><th scope="row">${name}</th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`,
  );
  return html`<div class="scroll" tabindex="0"><table class="figures"><thead><tr>${columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead><tbody>${body}</tbody></table></div>`;
}

/** A table that opens on demand. */
export function numbers(columns: readonly string[], rows: readonly (readonly Child[])[]): Markup {
  return html`<details class="numbers"><summary>Numbers</summary>${table(columns, rows)}</details>`;
}

/** A chart for wide pages and paper, and the same for narrow ones. */
export function drawn(draw: DrawChart, chart: Chart): Markup {
  return html`<div class="chart wide">${draw(chart, 860)}</div><div class="chart narrow" aria-hidden="true">${draw(chart, 330)}</div>`;
}

export interface Figure {
  readonly title: string;
  /** How to read it, in a sentence or two. */
  readonly caption: string;
  readonly legend?: Markup;
  readonly body: Child;
}

export function figureMarkup({ title, caption, legend, body }: Figure): Markup {
  return html`<figure><figcaption><h3>${title}</h3><p>${caption}</p>${legend}</figcaption>${body}</figure>`;
}

const shapes = ['●', '▲', '■', '◆', '★', '✚'];

/** Names of series, each with its shape and color. */
export function legend(series: readonly string[], kind: 'points' | 'stages'): Markup {
  const items = series.map((name, index) =>
    kind === 'points'
      ? html`<li><span class="s${index}">${shapes[index]}</span> ${name}</li>`
      : html`<li><span class="swatch t${index}"></span> ${name}</li>`,
  );
  return html`<ul class="legend">${items}</ul>`;
}

type Figures = Extract<Metric, { estimate: number }>;

export function isMeasured(metric: Metric | undefined): metric is Figures {
  return metric !== undefined && 'estimate' in metric;
}

/** A rate with its counts and interval, or why there is none. */
export function rateText(metric: Metric | undefined): string {
  if (metric === undefined) return '–';
  if ('absent' in metric) return metric.absent;
  return `${percent(metric.estimate)} (${count(metric.k)}/${count(metric.n)}), ${interval(metric)}`;
}

export function percentText(share: number | undefined): string {
  return share === undefined ? '–' : percent(share);
}

/** A share as a bar with its interval, drawn with attributes only. */
export function bar(metric: Figures): Markup {
  const [value, low, high] = [metric.estimate, metric.low, metric.high].map((share) =>
    Math.min(100, Math.max(0, share * 100)).toFixed(1),
  );
  return html`<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="10" rx="1"/><rect class="fill" width="${value}" height="10" rx="1"/><line class="whisker" x1="${low}" x2="${high}" y1="5" y2="5"/></svg>`;
}
