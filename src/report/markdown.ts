import type { RunResult } from '../contracts/cell.ts';
import { conclusionsOf, interval, share } from './conclusions.ts';
import { notesOf, summaryOf } from './notes.ts';
import { type AgentOverview, agentLabel, overviewOf } from './overview.ts';
import type { Tally } from './tally.ts';
import { milliseconds, percent, safe } from './text.ts';

/** The report for a pull request comment: a line per defense set, everything else folded. */
export function markdownReport(result: RunResult): string {
  const agents = overviewOf(result, 'goals');
  const [title = '', ...facts] = summaryOf(result);
  const notes = notesOf(result, agents, 'goals').map((note) => `- ${inert(note.trim())}`);
  const blocks = [
    `## ${inert(title)}`,
    ...agents.flatMap((agent) => [
      `### ${inert(agentLabel(agent.agent))}`,
      defenseTable(agent),
      ...(agent.attacked.size > 0 ? folded('ASR by vector and goal', attackTable(agent)) : []),
    ]),
    ...folded('Method and notes', [...facts.map(inert), '', ...notes].join('\n')),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function folded(title: string, body: string): string[] {
  return [`<details><summary>${title}</summary>`, body, '</details>'];
}

function row(cells: readonly string[]): string {
  return `| ${cells.map(inert).join(' | ')} |`;
}

/** What to know of each defense set, in a line. */
function defenseTable(agent: AgentOverview): string {
  return [
    row(['defense', 'what it does', 'ASR', '95% interval', 'utility clean', 'FPR', 'ms']),
    '| --- | --- | ---: | ---: | ---: | ---: | ---: |',
    ...conclusionsOf(agent).map(({ defense, headline }) => {
      const [attacked, clean] = [agent.attacked.get(defense), agent.clean.get(defense)];
      const asr = attacked?.asr;
      const measured = asr && 'estimate' in asr;
      const fpr = clean && 'estimate' in clean.fpr ? percent(clean.fpr.estimate) : '-';
      return row([
        defense,
        headline,
        measured ? share(asr) : '-',
        measured ? interval(asr) : '-',
        clean?.utility === undefined ? '-' : percent(clean.utility),
        fpr,
        clean?.defenseMs === undefined ? '-' : milliseconds(clean.defenseMs),
      ]);
    }),
  ].join('\n');
}

function attackTable(agent: AgentOverview): string {
  const defenses = [...agent.attacked.keys()];
  const asr = (tally: Tally | undefined): string =>
    tally === undefined || 'absent' in tally.asr ? '-' : share(tally.asr);
  return [
    row(['attack', ...defenses]),
    `| --- | ${defenses.map(() => '---:').join(' | ')} |`,
    ...agent.rows.map((each) =>
      row([`${each.vector}: ${each.label}`, ...defenses.map((name) => asr(each.byDefense.get(name)))]),
    ),
  ].join('\n');
}

/** Nothing in a text can become markup, a mention, a link or another cell. */
export function inert(text: string): string {
  return safe(text)
    .replace(/&/g, '&amp;')
    .replace(/[\\`*_[\]#|~]/g, (character) => `\\${character}`)
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/@/g, '&#64;')
    .replace(/:\/\//g, '&#58;//')
    .replace(/(www)\./gi, '$1&#46;');
}
