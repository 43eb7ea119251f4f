import type { Cell, Metric, RunResult } from '../contracts/cell.ts';
import { interval, share } from './conclusions.ts';
import { xmlText } from './xml.ts';

/**
 * JUnit's XML for the pages of CI systems: a suite per agent and environment, a case per cell. A cell whose attack
 * achieved its goal is no failure, since a report judges nothing; a cell without one valid episode is an error.
 */
export function junitReport({ run, cells }: RunResult): string {
  const suites = new Map<string, Cell[]>();
  for (const cell of cells) {
    const place = JSON.stringify([cell.agent, cell.environment]);
    suites.set(place, [...(suites.get(place) ?? []), cell]);
  }
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${xmlText(run.name)}"${tally(cells)}>`,
    ...[...suites.values()].flatMap((own) => suite(own, run.startedAt)),
    '</testsuites>',
  ];
  return `${lines.join('\n')}\n`;
}

function suite(cells: readonly Cell[], startedAt: string): string[] {
  const [first] = cells;
  if (first === undefined) return [];
  const name = xmlText(`${first.agent} ${first.environment}`);
  return [
    `  <testsuite name="${name}"${tally(cells)} timestamp="${xmlText(startedAt)}">`,
    ...cells.flatMap((cell) => testCase(cell, name)),
    '  </testsuite>',
  ];
}

function tally(cells: readonly Cell[]): string {
  return ` tests="${cells.length}" failures="0" errors="${cells.filter(isUnmeasured).length}" skipped="0"`;
}

function isUnmeasured({ episodes, invalid }: Cell): boolean {
  return episodes === invalid;
}

function testCase(cell: Cell, suiteName: string): string[] {
  const name = xmlText(`${cell.attack?.id ?? 'clean'} with ${cell.defense}`);
  const properties = [
    ['episodes', String(cell.episodes)],
    ['invalid', String(cell.invalid)],
    ...Object.entries<Metric>({ ...cell.metrics }).map(([metric, value]) => [metric, text(metric, value)]),
    ...Object.entries(cell.stoppedBy).map(([defense, episodes]) => [
      `stoppedBy.${defense}`,
      String(episodes),
    ]),
    ...(cell.floor ? [['floor', cell.floor.reason]] : []),
  ].map(([key = '', value = '']) => `        <property name="${xmlText(key)}" value="${xmlText(value)}"/>`);
  const problem = isUnmeasured(cell)
    ? [
        `      <error message="${xmlText(`no valid episode: ${cell.problem ?? Object.keys(cell.invalidBy).join(', ')}`)}"/>`,
      ]
    : [];
  return [
    `    <testcase classname="${suiteName}" name="${name}">`,
    '      <properties>',
    ...properties,
    '      </properties>',
    ...problem,
    '    </testcase>',
  ];
}

const rates = new Set(['asr', 'hr', 'dr', 'fpr']);

function text(name: string, metric: Metric): string {
  if ('absent' in metric) return metric.absent;
  if (rates.has(name)) return `${share(metric)}, ${interval(metric)}`;
  const [estimate, low, high] = [metric.estimate, metric.low, metric.high].map((value) =>
    value.toPrecision(4),
  );
  return `${estimate} (${low} to ${high}), n ${metric.n}`;
}
