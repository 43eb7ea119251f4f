import type { RunResult } from '../contracts/cell.ts';
import { conclusionsOf, share } from './conclusions.ts';
import { notesOf, summaryOf } from './notes.ts';
import { type AgentOverview, agentLabel, overviewOf } from './overview.ts';
import type { Tally } from './tally.ts';
import { milliseconds, percent, safe } from './text.ts';

/** The report for a page or a pull request comment. */
export function markdownReport(result: RunResult): string {
  const agents = overviewOf(result, 'goals');
  const [title = '', ...facts] = summaryOf(result);
  const blocks = [
    `## ${inert(title)}`,
    ...facts.map(inert),
    ...agents.flatMap((agent) => [
      `### ${inert(agentLabel(agent.agent))}`,
      conclusionsOf(agent)
        .map(({ defense, text }) => `- **${inert(defense)}**: ${inert(text)}`)
        .join('\n'),
      table(agent),
    ]),
    notesOf(result, agents, 'goals')
      .map((note) => `- ${inert(note.trim())}`)
      .join('\n'),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function table(agent: AgentOverview): string {
  const defenses = agent.defenses.filter((name) => agent.attacked.has(name) || agent.clean.has(name));
  const row = (label: string, cells: readonly string[]): string =>
    `| ${[label, ...cells].map(inert).join(' | ')} |`;
  const figures = (
    label: string,
    tallies: ReadonlyMap<string, Tally>,
    text: (tally: Tally) => string,
  ): string =>
    row(
      label,
      defenses.map((name) => {
        const found = tallies.get(name);
        return found ? text(found) : '-';
      }),
    );
  const asr = ({ asr: metric }: Tally): string => ('absent' in metric ? '-' : share(metric));
  const utility = ({ utility: value }: Tally): string => (value === undefined ? '-' : percent(value));
  const time = ({ defenseMs }: Tally): string => (defenseMs === undefined ? '-' : milliseconds(defenseMs));
  return [
    row('ASR', defenses),
    `| --- | ${defenses.map(() => '---:').join(' | ')} |`,
    ...agent.rows.map((each) => figures(`${each.vector}: ${each.label}`, each.byDefense, asr)),
    ...(agent.attacked.size > 0 ? [figures('all attacks', agent.attacked, asr)] : []),
    ...(agent.clean.size > 0 ? [figures('utility, clean', agent.clean, utility)] : []),
    ...(agent.attacked.size > 0 ? [figures('utility, attacked', agent.attacked, utility)] : []),
    ...(agent.clean.size > 0 ? [figures('ms per episode', agent.clean, time)] : []),
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
    .replace(/:\/\//g, '&#58;//');
}
