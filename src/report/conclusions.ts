import type { Metric } from '../contracts/cell.ts';
import { attackStages } from '../contracts/events.ts';
import type { AgentOverview } from './overview.ts';
import { type Tally, tally } from './tally.ts';
import { count, milliseconds, percent } from './text.ts';

/** What the numbers say about one defense set, in a line of plain words. */
export interface Conclusion {
  readonly defense: string;
  readonly text: string;
}

/** One conclusion on the undefended agent, then one per defense set. Nothing is said that the counts do not show. */
export function conclusionsOf(agent: AgentOverview): Conclusion[] {
  const baseline = agent.attacked.get('none');
  return agent.defenses
    .filter((defense) => agent.attacked.has(defense) || agent.clean.has(defense))
    .map((defense) => ({
      defense,
      text: defense === 'none' ? undefendedText(agent) : defendedText(agent, defense, baseline),
    }));
}

function undefendedText({ attacked, clean }: AgentOverview): string {
  const none = attacked.get('none');
  const utility = clean.get('none')?.utility;
  if (!none)
    return utility === undefined
      ? 'nothing measured.'
      : `no attacks in this run. Utility ${percent(utility)}.`;
  const under = none.utility === undefined || utility === undefined ? '' : utilityText(utility, none.utility);
  const harm = 'k' in none.hr ? ` Harm in ${percent(none.hr.estimate)} of attacked episodes (HR).` : '';
  return `${successText(none.asr)}${harm}${under}`;
}

function successText(asr: Metric): string {
  if ('absent' in asr) return `no ASR, ${asr.absent}.`;
  return `${count(asr.k)} of ${count(asr.n)} delivered attacks achieved their goal (ASR ${percent(asr.estimate)}).`;
}

function utilityText(clean: number, attacked: number): string {
  return ` Utility ${percent(clean)} clean, ${percent(attacked)} under attack.`;
}

function defendedText(agent: AgentOverview, defense: string, baseline: Tally | undefined): string {
  const defended = agent.attacked.get(defense);
  const parts: string[] = [];
  if (defended) {
    if (!baseline)
      parts.push(`${asrText(defended.asr)}; nothing to compare with, the run has no defense none.`);
    else if (isFloor(baseline)) parts.push('no credit, without a defense the attacks fail too.');
    else parts.push(`${asrText(defended.asr)}.`, ...effectTexts(agent, defense));
  }
  return [...parts, detectionText(agent, defense), priceText(agent, defense)].filter(Boolean).join(' ');
}

/** Whether no cell of the undefended condition can show an effect. */
export function isFloor(undefended: Tally): boolean {
  return undefended.cells.length > 0 && undefended.floored.length === undefended.cells.length;
}

function asrText(asr: Metric): string {
  return 'absent' in asr ? `no ASR (${asr.absent})` : `ASR ${share(asr)}`;
}

type Figures = Extract<Metric, { estimate: number }>;

export function share({ estimate, k, n }: Figures): string {
  return `${percent(estimate)} (${count(k)}/${count(n)})`;
}

export function interval({ low, high }: Figures): string {
  return `${percent(low)} to ${percent(high)}`;
}

function detectionText({ attacked, clean }: AgentOverview, defense: string): string {
  const [dr, fpr] = [attacked.get(defense)?.dr, clean.get(defense)?.fpr];
  if (!dr || 'absent' in dr || (dr.k === 0 && (!fpr || 'absent' in fpr || fpr.k === 0))) return '';
  const falseAlarms = fpr && 'k' in fpr ? `, ${percent(fpr.estimate)} of clean episodes (FPR)` : '';
  return `Flags ${percent(dr.estimate)} of attacks (DR)${falseAlarms}.`;
}

/** What the defense did to each vector, vectors with the same fate together, the greatest effect first. */
function effectTexts(agent: AgentOverview, defense: string): string[] {
  const fates = new Map<
    string,
    { readonly rank: number; readonly changed: boolean; readonly vectors: string[] }
  >();
  const vectors = new Set(agent.rows.map((row) => row.vector));
  for (const vector of vectors) {
    const { text, rank, change } = fateOf(
      vectorTally(agent, vector, 'none'),
      vectorTally(agent, vector, defense),
    );
    const fate = fates.get(text) ?? { rank, changed: change !== undefined, vectors: [] };
    fate.vectors.push(change ? `${vector} (${change})` : vector);
    fates.set(text, fate);
  }
  return [...fates]
    .sort(([, a], [, b]) => a.rank - b.rank)
    .map(([text, fate]) => {
      const all = fates.size === 1 && !fate.changed;
      return `${text}: ${all ? 'every vector' : fate.vectors.join(', ')}.`;
    });
}

function vectorTally(agent: AgentOverview, vector: string, defense: string): Tally {
  const rows = agent.rows.filter((row) => row.vector === vector);
  return tally(
    rows.flatMap((row) => row.byDefense.get(defense)?.cells ?? []),
    agent.trials,
  );
}

interface Fate {
  readonly rank: number;
  readonly text: string;
  /** ASR before and after, where it changed but did not vanish. */
  readonly change?: string;
}

function fateOf(before: Tally, after: Tally): Fate {
  if ('absent' in before.asr || 'absent' in after.asr) return { rank: 5, text: 'Not measured' };
  if (isFloor(before)) return { rank: 4, text: 'No credit, no success without it' };
  if (after.asr.k === 0) return { rank: 0, text: `Stops all${stageText(after)}` };
  const change = `ASR ${percent(before.asr.estimate)} -> ${percent(after.asr.estimate)}`;
  if (after.asr.estimate < before.asr.estimate)
    return { rank: 1, text: `Stops some${stageText(after)}`, change };
  if (after.asr.estimate > before.asr.estimate) return { rank: 2, text: 'More success', change };
  return { rank: 3, text: 'No effect' };
}

/** The stage at which most of the unsuccessful attacks ended. */
function stageText({ endedAt }: Tally): string {
  const [most] = attackStages
    .filter((stage) => stage !== 'achieved' && endedAt[stage] > 0)
    .sort((a, b) => endedAt[b] - endedAt[a]);
  return most === undefined ? '' : ` at ${most}`;
}

function priceText({ clean, attacked }: AgentOverview, defense: string): string {
  const [before, after] = [clean.get('none')?.utility, clean.get(defense)?.utility];
  const time = clean.get(defense)?.defenseMs ?? attacked.get(defense)?.defenseMs;
  const cost = time === undefined ? '' : ` and ${milliseconds(time)} ms per episode`;
  if (after === undefined) return time === undefined ? '' : `Costs ${milliseconds(time)} ms per episode.`;
  if (before === undefined)
    return `Clean utility ${percent(after)}; costs ${milliseconds(time ?? 0)} ms per episode.`;
  if (after === before) return `Costs no utility (${percent(after)} clean)${cost}.`;
  const word = after < before ? 'Costs utility' : 'Clean utility rises';
  return `${word} (clean ${percent(before)} -> ${percent(after)})${cost}.`;
}
