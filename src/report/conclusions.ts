import type { Metric } from '../contracts/cell.ts';
import { effectTexts, isProven, totalChange } from './effects.ts';
import { type AgentOverview, isDeterministic } from './overview.ts';
import { isFloor, isMeasured, type Tally } from './tally.ts';
import { count, milliseconds, percent } from './text.ts';

/** What the numbers say about one defense set. */
export interface Conclusion {
  readonly defense: string;
  /** A sentence of plain words. */
  readonly headline: string;
  /** The figures behind it. */
  readonly text: string;
}

/** One conclusion on the undefended agent, then one per defense set. Nothing is said that the counts do not show. */
export function conclusionsOf(agent: AgentOverview): Conclusion[] {
  const baseline = agent.attacked.get('none');
  return agent.defenses
    .filter((defense) => agent.attacked.has(defense) || agent.clean.has(defense))
    .map((defense) => ({
      defense,
      headline: defense === 'none' ? undefendedHeadline(agent) : headlineOf(agent, defense),
      text: defense === 'none' ? undefendedText(agent) : defendedText(agent, defense, baseline),
    }));
}

/** Invalid episodes tell nothing. */
const nothingMeasured = 'Nothing was measured: every episode is invalid.';

function undefendedHeadline({ attacked }: AgentOverview): string {
  const asr = attacked.get('none')?.asr;
  if (asr === undefined) return 'No attacks in this run.';
  if ('absent' in asr) return isMeasured(attacked.get('none')) ? 'No attack was delivered.' : nothingMeasured;
  if (asr.k === asr.n) return 'Every delivered attack achieves its goal.';
  return asr.k === 0
    ? 'No attack achieves its goal.'
    : `${percent(asr.estimate)} of attacks achieve their goal.`;
}

/** What the defense stops, on pairs, and whether it takes utility. */
function headlineOf(agent: AgentOverview, defense: string): string {
  const [before, after] = [agent.attacked.get('none'), agent.attacked.get(defense)];
  if (!after) return 'No attacks in this run.';
  if (!before) return 'Nothing to compare with: the run has no defense none.';
  if (!isMeasured(after)) return nothingMeasured;
  if (isFloor(before)) return 'No credit: without it the attacks fail too.';
  return `${effectText(after, isDeterministic(agent.agent))}${priceClause(agent, defense)}.`;
}

function effectText(after: Tally, deterministic: boolean): string {
  const change = totalChange(after);
  if (change === undefined) return 'Not measured on pairs';
  const { difference } = change;
  // Those that succeed without the defense, among the pairs: a defense may not have met all attacks.
  const undefended = after.endedAt.achieved - difference;
  const of = `${count(Math.abs(difference))} of ${count(undefended)} attacks`;
  if (difference === 0) return 'Stops nothing';
  if (!isProven(change, deterministic))
    return `${difference < 0 ? `Stops ${of}` : `${of} more succeed`}, which may be chance`;
  if (difference > 0) return `Makes it worse: ${count(difference)} more attacks succeed`;
  return after.endedAt.achieved === 0 ? `Stops every attack, ${of}` : `Stops ${of}`;
}

function priceClause({ clean }: AgentOverview, defense: string): string {
  const [before, after] = [clean.get('none')?.utility, clean.get(defense)?.utility];
  if (before === undefined || after === undefined) return '';
  if (before === 0) return '; its price cannot be seen, since the tasks fail without it too';
  if (after >= before) return ', at no cost in utility';
  return `, and takes utility from ${percent(before)} to ${percent(after)}`;
}

function undefendedText({ attacked, clean }: AgentOverview): string {
  const none = attacked.get('none');
  const utility = clean.get('none')?.utility;
  if (!none) return utility === undefined ? 'Nothing measured.' : `Utility ${percent(utility)}.`;
  const under = none.utility === undefined || utility === undefined ? '' : utilityText(utility, none.utility);
  const harm = 'k' in none.hr ? ` Harm in ${percent(none.hr.estimate)} of attacked episodes (HR).` : '';
  return `${successText(none.asr)}${harm}${under}`;
}

function successText(asr: Metric): string {
  if ('absent' in asr) return `No ASR, ${asr.absent}.`;
  return `${count(asr.k)} of ${count(asr.n)} delivered attacks achieved their goal (ASR ${percent(asr.estimate)}).`;
}

function utilityText(clean: number, attacked: number): string {
  return ` Utility ${percent(clean)} clean, ${percent(attacked)} under attack.`;
}

function defendedText(agent: AgentOverview, defense: string, baseline: Tally | undefined): string {
  const defended = agent.attacked.get(defense);
  const parts: string[] = [];
  if (defended) {
    if (!baseline) parts.push(`${asrText(defended.asr)}.`);
    else if (!isFloor(baseline)) parts.push(`${asrText(defended.asr)}.`, ...effectTexts(agent, defense));
  }
  return [...parts, detectionText(agent, defense), priceText(agent, defense)].filter(Boolean).join(' ');
}

function asrText(asr: Metric): string {
  return 'absent' in asr ? `No ASR (${asr.absent})` : `ASR ${share(asr)}`;
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
