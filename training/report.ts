import { wilson } from '../src/experiment/statistics/wilson.ts';
import { type Evaluation, falseAlarmRates, type HeldOut, type Share } from './evaluate.ts';

/** The evaluation as Markdown, as it stands on the detector's page. */
export function report(evaluation: Evaluation): string {
  const { shippedThreshold, attacksAtThreshold, falseAlarms, officialTools, curve, baselines } = evaluation;
  const honest = falseAlarms.reduce((all, { flagged }) => add(all, flagged), { hits: 0, of: 0 });
  const summary = [
    [`\`instruction-classifier\`, threshold ${shippedThreshold}`, attacksAtThreshold, honest],
    ...baselines.map((each) => [each.name, each.attacks, each.falseAlarms] as const),
  ] as const;
  return [
    '### Beside the baselines',
    '',
    ...table(
      ['detector', 'attacks flagged', 'honest texts flagged'],
      summary.map(([name, attacks, alarms]) => [name, withInterval(attacks), withInterval(alarms)]),
    ),
    '',
    `Tools of the official servers with a flagged string: ${withInterval(officialTools)}.`,
    '',
    '### Curve',
    '',
    ...table(
      ['honest texts flagged', 'attacks flagged'],
      curve.map(({ rate, detected }) => [percent(rate), withInterval(detected)]),
    ),
    '',
    '### Carriers that were not trained on',
    '',
    ...table(
      ['family', ...rateHeads, 'one phrase', '`phrase-detector`'],
      evaluation.carriers.map((family, index) => [
        ...heldOutRow(family),
        ...baselines.map(({ carriers }) => shareOf(carriers[index])),
      ]),
    ),
    '',
    ...section('Goals that were not trained on', 'goal', evaluation.goals),
    ...section('Environments that were not trained on', 'environment', evaluation.environments),
    ...section('How the payload stands among honest text', 'setting', evaluation.settings),
    '### False alarms by source',
    '',
    ...table(
      ['source', 'flagged'],
      falseAlarms.map(({ name, flagged }) => [name, withInterval(flagged)]),
    ),
    '',
  ].join('\n');
}

const rateHeads = falseAlarmRates.map((rate) => `at ${percent(rate)}`);

function section(title: string, head: string, rows: readonly HeldOut[]): readonly string[] {
  return [`### ${title}`, '', ...table([head, ...rateHeads], rows.map(heldOutRow)), ''];
}

function heldOutRow({ name, detected }: HeldOut): readonly string[] {
  return [name, ...detected.map(withInterval)];
}

/** Columns padded to one width, as the formatter of this repository writes them. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const widths = head.map((cell, column) =>
    Math.max(cell.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${widths.map((width, column) => (cells[column] ?? '').padEnd(width)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)];
}

function withInterval({ hits, of }: Share): string {
  if (of === 0) return 'none';
  const { estimate, low, high } = wilson(hits, of);
  return `${percent(estimate)} (${percent(low)} to ${percent(high)}, n = ${of})`;
}

function shareOf(share: Share | undefined): string {
  return share === undefined || share.of === 0 ? 'none' : percent(share.hits / share.of);
}

function percent(value: number): string {
  return `${(100 * value).toFixed(1)} %`;
}

function add(one: Share, other: Share): Share {
  return { hits: one.hits + other.hits, of: one.of + other.of };
}
