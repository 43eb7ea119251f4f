import { type GridCell, renderGrid } from '../grid.ts';
import { count, createPaint, type Paint, safe, wrap } from '../text.ts';
import type { AgentResult, CoverageReport, FrameworkCoverage, TechniqueCoverage } from './join.ts';
import { factsOf, inRun, notesOf, partTexts, resultTexts, titleOf } from './words.ts';

export interface CoverageShape {
  /** Columns of the terminal. */
  readonly width: number;
  readonly color: boolean;
}

/** Names of parts shown for each kind; all are in the other forms. */
const mostNames = 6;

const groups = ['covered', 'not in this run', 'not covered', 'out of scope'] as const;

interface Page {
  readonly width: number;
  readonly paint: Paint;
}

/** The report for a terminal: a block per framework, notes, and the counts at the end. */
export function coverageTable(report: CoverageReport, shape: CoverageShape): string {
  const page: Page = { width: Math.max(40, shape.width), paint: createPaint(shape.color) };
  const dim = (line: string): string => page.paint('dim', line);
  const lines = [
    ...titleOf(report).flatMap((line, index) =>
      wrap(safe(line), page.width).map((each) => page.paint(index === 0 ? 'bold' : 'dim', each)),
    ),
    ...report.frameworks.flatMap((framework) => ['', ...frameworkBlock(framework, page)]),
    '',
    ...notesOf(report).flatMap((note) => wrap(safe(note), page.width, 2).map(dim)),
    '',
    ...countsGrid(report, page),
  ];
  return `${lines.join('\n')}\n`;
}

function frameworkBlock(framework: FrameworkCoverage, page: Page): string[] {
  const { paint, width } = page;
  return [
    paint('bold', framework.framework),
    ...wrap(`  ${safe(factsOf(framework))}`, width, 2).map((line) => paint('dim', line)),
    ...groups.flatMap((group) => {
      const own = framework.techniques.filter((technique) => groupOf(technique) === group);
      if (own.length === 0) return [];
      const lines =
        group === 'out of scope' ? reasonLines(own, page) : own.flatMap((each) => techniqueLines(each, page));
      return [`  ${group}`, ...lines];
    }),
  ];
}

/** The techniques that are out of scope by reason. */
function reasonLines(techniques: readonly TechniqueCoverage[], { paint, width }: Page): string[] {
  const byReason = new Map<string, string[]>();
  for (const technique of techniques) {
    if (technique.verdict !== 'out of scope') continue;
    const { id, title, reason } = technique;
    byReason.set(reason, [...(byReason.get(reason) ?? []), `${id} ${title}`]);
  }
  return [...byReason].flatMap(([reason, names]) => [
    ...wrap(`    ${safe(reason)}:`, width, 6),
    ...wrap(`      ${safe(names.join(', '))}`, width, 6).map((line) => paint('dim', line)),
  ]);
}

function groupOf(technique: TechniqueCoverage): (typeof groups)[number] {
  if (technique.verdict !== 'covered') return technique.verdict;
  return technique.result?.ran.length === 0 ? 'not in this run' : 'covered';
}

function techniqueLines(technique: TechniqueCoverage, page: Page): string[] {
  const { paint, width } = page;
  const [first = '', ...rest] = wrap(`    ${technique.id}  ${safe(technique.title)}`, width, 6);
  const tone = technique.verdict === 'not covered' ? 'yellow' : undefined;
  const head = [paint(tone, first), ...rest];
  if (technique.verdict !== 'covered') return head;
  const parts = technique.result?.ran.length ? technique.result.ran : technique.parts;
  return [
    ...head,
    ...partTexts(parts, mostNames).flatMap((text) =>
      wrap(`      ${safe(text)}`, width, 8).map((line) => paint('dim', line)),
    ),
    ...resultLines(technique.result?.agents ?? [], page),
  ];
}

/** One line per agent, its figures under each other where there is room. */
function resultLines(agents: readonly AgentResult[], { width }: Page): string[] {
  const rows = agents.map((each) => resultTexts(each).map((text) => safe(text)));
  const widths = [0, 1, 2].map((column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)));
  const fits = widths.reduce((sum, each) => sum + each, 6 + 2 * 2) <= width;
  return rows.flatMap((row) => {
    const [agent, ...figures] = row;
    if (!fits) return wrap(`      ${agent}: ${figures.filter(Boolean).join(', ')}`, width, 8);
    return [`      ${row.map((text, column) => text.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd()];
  });
}

function countsGrid({ frameworks, run }: CoverageReport, { width, paint }: Page): string[] {
  const cell = (value: number): GridCell => ({ text: count(value) });
  const rows = frameworks.map((framework) => {
    const { covered, notCovered, outOfScope } = framework.counts;
    const ran = run === undefined ? [] : [cell(inRun(framework))];
    return {
      label: framework.framework,
      cells: [cell(covered), ...ran, cell(notCovered), cell(outOfScope)],
    };
  });
  const columns = ['covered', ...(run === undefined ? [] : ['in this run']), 'not covered', 'out of scope'];
  return renderGrid({ columns, rows }, width, paint);
}
