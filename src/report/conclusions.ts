import type { Metric } from '../contracts/cell.ts';
import { effectTexts } from './effects.ts';
import type { AgentOverview } from './overview.ts';
import { isFloor, type Tally } from './tally.ts';
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
