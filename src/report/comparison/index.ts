import type { Metric } from '../../contracts/cell.ts';
import type { Counterpart } from '../../experiment/comparison/counterparts.ts';
import type { ComparedRow, ComparedRun, Comparison } from '../../experiment/comparison/index.ts';
import { inert } from '../markdown.ts';
import { count, createPaint, safe, wrap } from '../text.ts';
import { comparisonVersion } from './schema.ts';

export type ComparisonFormat = 'table' | 'json' | 'markdown';

export interface ComparisonView {
  readonly width: number;
  readonly color: boolean;
  /** Also a row for every attack; the JSON has all rows always. */
  readonly detail: boolean;
}

/** Two runs side by side, as text. */
export function renderComparison(
  comparison: Comparison,
  format: ComparisonFormat,
  view: ComparisonView,
): string {
  switch (format) {
    case 'table':
      return comparisonText(comparison, view);
    case 'json':
      return `${JSON.stringify({ version: comparisonVersion, ...comparison }, null, 2)}\n`;
    case 'markdown':
      return comparisonMarkdown(comparison, view);
  }
}

/** Below this p, after Holm's correction, a difference is told as one. */
const significance = 0.05;

function factsOf({ id, name, episodes, invalid, missing }: ComparedRun): string {
  return `${id} (${name}): ${count(episodes)} episodes, ${count(invalid)} invalid, ${count(missing)} not run`;
}

function pairingText({ pairs, unpaired }: Comparison): string {
  if (pairs === 0)
    return 'No episode has a twin in the other run: tasks differ, so the figures are compared as independent ones, without p.';
  const left = unpaired.before + unpaired.after;
  const rest =
    left === 0 ? '' : `; left out: ${count(unpaired.before)} before, ${count(unpaired.after)} after`;
  return `${count(pairs)} pairs of episodes, equal up to what changed${rest}.`;
}

function notes(comparison: Comparison): string[] {
  return [
    pairingText(comparison),
    'Differences: after - before, with 95% intervals by task (Tango on pairs, else Newcombe). p: exact McNemar, each task once, after Holm: over the rows of all attacks together, and over those of single attacks.',
    'ASR on pairs: over those in which the attack was delivered at least once of twice.',
  ];
}

function rowsShown({ rows }: Comparison, { detail }: ComparisonView): readonly ComparedRow[] {
  return detail
    ? rows
    : rows.filter(({ attack, pHolm }) => attack === undefined || (pHolm ?? 1) < significance);
}

function nameOf({ before, after }: Counterpart): string {
  return before === after ? after : `${before} -> ${after}`;
}

function subjectOf({ agent, defense }: ComparedRow): string {
  return `${nameOf(agent)} with ${nameOf(defense)}`;
}

function shareText(metric: Metric): string {
  return 'absent' in metric ? '-' : `${(metric.estimate * 100).toFixed(1)}%`;
}

function changeText({ difference }: ComparedRow): string {
  if ('absent' in difference) return '-';
  const [estimate, low, high] = [difference.estimate, difference.low, difference.high].map(
    (value) => `${value > 0 ? '+' : ''}${(value * 100).toFixed(1)}`,
  );
  return `${estimate} (${low} to ${high})`;
}

function pText({ pHolm }: ComparedRow): string {
  if (pHolm === undefined) return '';
  return pHolm < 0.001 ? 'p < 0.001' : `p = ${pHolm.toFixed(3)}`;
}

/** In plain words, for those who read one thing. */
function verdictOf({ pHolm, difference, better }: ComparedRow): string {
  if ('absent' in difference) return '';
  const shown = pHolm === undefined ? difference.low > 0 || difference.high < 0 : pHolm < significance;
  if (!shown) return difference.estimate === 0 ? 'same' : 'may be chance';
  return difference.estimate < 0 === (better === 'lower') ? 'better' : 'worse';
}

function comparisonText(comparison: Comparison, view: ComparisonView): string {
  const paint = createPaint(view.color);
  const width = Math.max(40, view.width);
  const { changes, before, after } = comparison;
  const shown = rowsShown(comparison, view);
  const labelWidth = Math.max(0, ...shown.map(({ label }) => label.length));
  let heading = '';
  const body = shown.flatMap((row) => {
    const title = `${subjectOf(row)}${row.attack === undefined ? '' : `, ${row.attack}`}`;
    const line = [
      `  ${row.label.padEnd(labelWidth)}`,
      `${shareText(row.before).padStart(6)} -> ${shareText(row.after).padStart(6)}`,
      changeText(row).padStart(26),
      pText(row).padStart(9),
      verdictOf(row),
    ].join('  ');
    const isNew = title !== heading;
    heading = title;
    return [
      ...(isNew ? ['', ...wrap(safe(title), width, 2).map((each) => paint('bold', each))] : []),
      line.trimEnd(),
    ];
  });
  return `${[
    paint('bold', 'before  ') + safe(factsOf(before)),
    paint('bold', 'after   ') + safe(factsOf(after)),
    '',
    paint('bold', changes.length === 0 ? 'Nothing changed in what was declared' : 'What changed'),
    ...changes.flatMap((each) =>
      wrap(`  ${safe(each.what)}: ${safe(each.before, 300)} -> ${safe(each.after, 300)}`, width, 4),
    ),
    ...body,
    '',
    ...notes(comparison).flatMap((note) => wrap(note, width, 2).map((line) => paint('dim', line))),
  ].join('\n')}\n`;
}

function comparisonMarkdown(comparison: Comparison, view: ComparisonView): string {
  const { changes, before, after } = comparison;
  const changed = changes.map(
    (each) =>
      `- **${inert(each.what)}**: ${inert(each.before.slice(0, 300))} -> ${inert(each.after.slice(0, 300))}`,
  );
  const rows = rowsShown(comparison, view).map((row) =>
    [
      `${subjectOf(row)}${row.attack === undefined ? '' : `, ${row.attack}`}`,
      row.label,
      shareText(row.before),
      shareText(row.after),
      changeText(row),
      pText(row),
      verdictOf(row),
    ]
      .map(inert)
      .join(' | '),
  );
  return [
    '## Comparison',
    '',
    `- before: ${inert(factsOf(before))}`,
    `- after: ${inert(factsOf(after))}`,
    '',
    ...(changed.length > 0 ? changed : ['Nothing changed in what was declared.']),
    '',
    '| agent and defense | figure | before | after | difference (95%) | p | |',
    '| --- | --- | ---: | ---: | ---: | ---: | --- |',
    ...rows.map((row) => `| ${row} |`),
    '',
    ...notes(comparison).map((note) => `- ${inert(note)}`),
    '',
  ].join('\n');
}
