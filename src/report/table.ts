import type { Metric, RunResult } from '../contracts/cell.ts';
import { type AttackStage, attackStages } from '../contracts/events.ts';
import { conclusionsOf, interval, share } from './conclusions.ts';
import { endings } from './endings.ts';
import { type GridCell, type GridRow, renderGrid } from './grid.ts';
import { notesOf, summaryOf } from './notes.ts';
import { type AgentOverview, agentLabel, type Detail, isUnharmed, overviewOf } from './overview.ts';
import { isMeasured, type Tally } from './tally.ts';
import { count, createPaint, milliseconds, type Paint, percent, safe, wrap } from './text.ts';

export interface TableOptions {
  /** Columns of the terminal. */
  readonly width: number;
  readonly color: boolean;
  readonly detail: Detail;
}

/** What the lines of a table are made for. */
interface Sheet {
  readonly width: number;
  readonly paint: Paint;
  readonly detail: Detail;
}

/** The report for a terminal: conclusions first, then one block of figures per agent, then notes. */
export function tableReport(result: RunResult, options: TableOptions): string {
  const paint = createPaint(options.color);
  const width = Math.max(40, options.width);
  const agents = overviewOf(result, options.detail);
  const lines = [
    ...summaryOf(result).flatMap((line, index) =>
      wrap(safe(line), width).map((each) => paint(index === 0 ? 'bold' : 'dim', each)),
    ),
    ...agents.flatMap((agent) => ['', ...agentBlock(agent, { width, paint, detail: options.detail })]),
    '',
    ...notesOf(result, agents, options.detail).flatMap((note) =>
      wrap(safe(note), width, 2).map((line) => paint('dim', line)),
    ),
  ];
  return `${lines.join('\n')}\n`;
}

function agentBlock(agent: AgentOverview, { width, paint, detail }: Sheet): string[] {
  const defenses = agent.defenses.filter((name) => agent.attacked.has(name) || agent.clean.has(name));
  const rows = [...summaryRows(agent, defenses), ...attackRows(agent, defenses)];
  return [
    ...wrap(safe(agentLabel(agent.agent)), width, 2).map((line) => paint('bold', line)),
    ...conclusionLines(agent, { width, paint, detail }),
    '',
    ...renderGrid({ columns: defenses.map((name) => safe(name)), rows }, width, paint),
  ];
}

/** A line of plain words per defense set, names and words in columns; in detail with the figures behind them. */
function conclusionLines(agent: AgentOverview, { width, paint, detail }: Sheet): string[] {
  const conclusions = conclusionsOf(agent);
  const longest = Math.max(0, ...conclusions.map(({ defense }) => safe(defense).length));
  const indent = Math.min(longest, width >> 2) + 4;
  return conclusions.flatMap(({ defense, headline, text }) => {
    const words = detail === 'attacks' ? `${headline} ${text}` : headline;
    const name = safe(defense);
    const [first = '', ...rest] = wrap(`  ${name.padEnd(indent - 3)} ${safe(words)}`, width, indent);
    return [`  ${paint('bold', first.slice(2, 2 + name.length))}${first.slice(2 + name.length)}`, ...rest];
  });
}

function attackRows(agent: AgentOverview, defenses: readonly string[]): GridRow[] {
  if (agent.attacked.size === 0) return [];
  if (isUnharmed(agent)) {
    const measured = [...agent.attacked.values()].some(isMeasured);
    return [{ label: measured ? 'no attack achieved its goal' : 'nothing was measured', tone: 'dim' }];
  }
  let vector = '';
  const rows = agent.rows.flatMap((row): GridRow[] => {
    const heading = row.vector === vector ? [] : [{ label: safe(row.vector) }];
    vector = row.vector;
    const floored = row.byDefense.get('none')?.floored.length;
    const label = `  ${safe(row.label)}${floored ? ' *' : ''}`;
    return [...heading, { label, cells: defenses.map((name) => asrCell(row.byDefense.get(name))) }];
  });
  return [{ label: 'ASR by vector and goal', tone: 'dim' }, ...rows];
}

function asrCell(tally: Tally | undefined): GridCell {
  if (!tally) return { text: '-' };
  return 'absent' in tally.asr
    ? { text: '-', tone: 'dim' }
    : { text: share(tally.asr), tone: toneOf(tally.asr.estimate) };
}

function toneOf(asr: number): 'green' | 'yellow' | 'red' {
  if (asr === 0) return 'green';
  return asr < 0.5 ? 'yellow' : 'red';
}

function summaryRows(agent: AgentOverview, defenses: readonly string[]): GridRow[] {
  const row = (
    label: string,
    tallies: ReadonlyMap<string, Tally>,
    text: (tally: Tally) => string,
  ): GridRow[] => {
    const cells = defenses.map((name) => {
      const found = tallies.get(name);
      return { text: found ? text(found) : '' };
    });
    return cells.every((cell) => cell.text === '') ? [] : [{ label, cells }];
  };
  const ending = (stage: AttackStage): GridRow[] => {
    const any = defenses.some((name) => (agent.attacked.get(name)?.endedAt[stage] ?? 0) > 0);
    return any ? row(`  ${endings[stage]}`, agent.attacked, (each) => count(each.endedAt[stage])) : [];
  };
  const overall = agent.attacked.size === 0 ? [] : [{ label: 'all attacks' }];
  const detects = defenses.some(
    (name) => flagged(agent.attacked.get(name)) || flagged(agent.clean.get(name)),
  );
  return [
    ...overall,
    ...row('  ASR', agent.attacked, ({ asr }) => figure(asr, ({ estimate }) => percent(estimate))),
    ...row('    95% interval', agent.attacked, ({ asr }) => figure(asr, interval)),
    ...row('  harm (HR)', agent.attacked, ({ hr }) => figure(hr, ({ estimate }) => percent(estimate))),
    { label: 'what it costs' },
    ...row('  utility, clean', agent.clean, ({ utility }) => meanText(utility)),
    ...row('  utility, attacked', agent.attacked, ({ utility }) => meanText(utility)),
    ...row('  ms in the defense', agent.clean, timeText),
    ...(detects
      ? [
          { label: 'flagged' },
          ...row('  attacks (DR)', agent.attacked, ({ dr }) =>
            figure(dr, ({ estimate }) => percent(estimate)),
          ),
          ...row('  clean (FPR)', agent.clean, ({ fpr }) => figure(fpr, ({ estimate }) => percent(estimate))),
        ]
      : []),
    ...(agent.attacked.size > 0 ? [{ label: 'where they ended (episodes)' }] : []),
    ...attackStages.flatMap(ending),
    ...row('  stopped by defense', agent.attacked, ({ stopped }) => count(stopped)),
    ...row('  invalid', agent.attacked, ({ invalid }) => (invalid === 0 ? '' : count(invalid))),
  ];
}

type Figures = Extract<Metric, { estimate: number }>;

function figure(metric: Metric, text: (figures: Figures) => string): string {
  return 'absent' in metric ? '-' : text(metric);
}

function meanText(value: number | undefined): string {
  return value === undefined ? '-' : percent(value);
}

function timeText({ defenseMs }: Tally): string {
  return defenseMs === undefined ? '-' : milliseconds(defenseMs);
}

function flagged(tally: Tally | undefined): boolean {
  return tally !== undefined && [tally.dr, tally.fpr].some((metric) => 'k' in metric && metric.k > 0);
}
