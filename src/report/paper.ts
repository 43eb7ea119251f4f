import type { Metric } from '../contracts/cell.ts';
import type { Experiment } from '../contracts/experiment.ts';
import type { AttackViewRow, PaperViews } from '../experiment/views/paper.ts';
import { renderGrid } from './grid.ts';
import { inert } from './markdown.ts';
import { agentLabel } from './overview.ts';
import { createPaint, safe, wrap } from './text.ts';

/** A table of one view, for one agent. */
interface Section {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly { readonly label: string; readonly cells: readonly string[] }[];
}

export interface PaperViewShape {
  readonly width: number;
  readonly color: boolean;
}

const notes = [
  "The views follow the pilot study's figures; formulas, sample sizes and which parts stand for which are ours (docs/metrics.md).",
  'DR: delivered attacks flagged / delivered. FPR: clean episodes flagged. ASR: achieved / delivered. HR: attacked episodes with harm. RAL: relative loss of utility against the clean, undefended pair.',
  'Before is without a defense, after with it. Brackets: 95% intervals, tasks being the independent units.',
];

/** The three views for a terminal. */
export function paperText(
  views: PaperViews,
  experiment: Experiment,
  { width, color }: PaperViewShape,
): string {
  const paint = createPaint(color);
  const lines = experiment.agents.flatMap((agent) => [
    ...wrap(safe(agentLabel(agent)), width, 2).map((line) => paint('bold', line)),
    ...sectionsOf(views, experiment, agent).flatMap(({ title, columns, rows }) => [
      '',
      ...renderGrid(
        {
          columns: columns.map((name) => safe(name)),
          rows: [
            { label: title, tone: 'bold' },
            ...rows.map(({ label, cells }) => ({
              label: `  ${safe(label)}`,
              cells: cells.map((text) => ({ text })),
            })),
          ],
        },
        Math.max(40, width),
        paint,
      ),
    ]),
    '',
  ]);
  return `${[...lines, ...notes.flatMap((note) => wrap(note, width, 2).map((line) => paint('dim', line)))].join('\n')}\n`;
}

/** The same as Markdown. */
export function paperMarkdown(views: PaperViews, experiment: Experiment): string {
  const blocks = experiment.agents.flatMap((agent) => [
    `## ${inert(agentLabel(agent))}`,
    ...sectionsOf(views, experiment, agent).map(({ title, columns, rows }) =>
      [
        `| ${[title, ...columns].map(inert).join(' | ')} |`,
        `| --- | ${columns.map(() => '---:').join(' | ')} |`,
        ...rows.map(({ label, cells }) => `| ${[label, ...cells].map(inert).join(' | ')} |`),
      ].join('\n'),
    ),
  ]);
  return `${[...blocks, notes.map((note) => `- ${inert(note)}`).join('\n')].join('\n\n')}\n`;
}

function sectionsOf(views: PaperViews, { defenses }: Experiment, agent: string): Section[] {
  const names = defenses.map(({ name }) => name);
  const own = <Row extends { readonly agent: string }>(rows: readonly Row[]): Row[] =>
    rows.filter((row) => row.agent === agent);
  const attacks = (
    title: string,
    value: (row: AttackViewRow, defense: string) => Metric | undefined,
  ): Section => ({
    title,
    columns: names.map((name) => (name === 'none' ? 'before' : `after ${name}`)),
    rows: own(views.attacks).map((row) => ({
      label: `${row.vector} ${row.carrier}`,
      cells: names.map((name) => figure(value(row, name))),
    })),
  });
  return [
    {
      title: 'Detection',
      columns: ['DR', 'FPR'],
      rows: own(views.detectors).map(({ detector, dr, fpr }) => ({
        label: detector,
        cells: [figure(dr), figure(fpr)],
      })),
    },
    attacks('ASR', (row, defense) => row.byDefense[defense]?.asr),
    attacks('HR', (row, defense) => row.byDefense[defense]?.hr),
    {
      title: 'RAL',
      columns: ['before', 'after', 'defense alone'],
      rows: own(views.losses).map(({ defense, before, after, price }) => ({
        label: defense,
        cells: [figure(before), figure(after), figure(price)],
      })),
    },
  ];
}

function figure(metric: Metric | undefined): string {
  if (metric === undefined || 'absent' in metric) return '-';
  const [estimate, low, high] = [metric.estimate, metric.low, metric.high].map((value) =>
    (value * 100).toFixed(0),
  );
  return `${estimate}% [${low}, ${high}]`;
}
