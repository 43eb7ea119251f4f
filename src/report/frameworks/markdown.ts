import { inert } from '../markdown.ts';
import type { CoverageReport, FrameworkCoverage, TechniqueCoverage } from './join.ts';
import { factsOf, inRun, notesOf, partTexts, resultTexts, titleOf } from './words.ts';

/** The report for a page: one table per framework, and the counts at the end. */
export function coverageMarkdown(report: CoverageReport): string {
  const [title = '', ...facts] = titleOf(report);
  const measured = report.run !== undefined;
  const blocks = [
    `## ${inert(title)}`,
    ...facts.map(inert),
    ...report.frameworks.flatMap((framework) => [
      `### ${inert(framework.framework)}`,
      inert(factsOf(framework)),
      techniqueTable(framework, measured),
    ]),
    notesOf(report)
      .map((note) => `- ${inert(note)}`)
      .join('\n'),
    countsTable(report),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function techniqueTable({ techniques }: FrameworkCoverage, measured: boolean): string {
  const columns = ['technique', 'title', 'covered by', ...(measured ? ['agent', 'ASR', '95% interval'] : [])];
  return table(
    columns,
    columns.map(() => '---'),
    techniques.flatMap((technique) => {
      const { id, title } = technique;
      const head = [id, title, coveredBy(technique)];
      return measured ? resultsOf(technique).map((figures) => [...head, ...figures]) : [head];
    }),
  );
}

function coveredBy(technique: TechniqueCoverage): string {
  switch (technique.verdict) {
    case 'covered':
      return partTexts(technique.result?.ran.length ? technique.result.ran : technique.parts).join('; ');
    case 'not covered':
      return technique.verdict;
    case 'out of scope':
      return `${technique.verdict}: ${technique.reason}`;
  }
}

/** Agent, ASR and interval, for each agent. */
function resultsOf(technique: TechniqueCoverage): string[][] {
  const agents = technique.verdict === 'covered' ? (technique.result?.agents ?? []) : [];
  if (agents.length === 0) return [[technique.verdict === 'covered' ? 'not in this run' : '', '', '']];
  return agents.map((each) => [...resultTexts(each)]);
}

function countsTable({ frameworks, run }: CoverageReport): string {
  const columns = [
    'framework',
    'covered',
    ...(run === undefined ? [] : ['in this run']),
    'not covered',
    'out of scope',
  ];
  const rows = frameworks.map((framework) => {
    const { covered, notCovered, outOfScope } = framework.counts;
    const figures = [covered, ...(run === undefined ? [] : [inRun(framework)]), notCovered, outOfScope];
    return [framework.framework, ...figures.map(String)];
  });
  return table(columns, ['---', ...columns.slice(1).map(() => '---:')], rows);
}

function table(
  columns: readonly string[],
  rules: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(columns), line(rules), ...rows.map((cells) => line(cells.map(inert)))].join('\n');
}
