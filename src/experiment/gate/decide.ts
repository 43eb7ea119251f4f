import type { Fact } from '../comparison/gather.ts';
import type { ComparedRow } from '../comparison/index.ts';
import { clustersByTask, type PooledMeasure, pooledMetric } from '../comparison/measures.ts';
import { effectiveTrials } from '../statistics/effective.ts';
import { boundsWithMissing } from '../statistics/missing.ts';
import { trialsToDecide } from '../statistics/power.ts';
import type { Interval } from '../statistics/wilson.ts';
import type { Criterion, Decision } from './criterion.ts';

interface Limit {
  readonly value: number;
  /** Whether the figure may be at most, or must be at least, the value. */
  readonly side: 'max' | 'min';
  /** Episodes of this figure that are no valid measurement. */
  readonly invalid: number;
}

/** A share against a limit. */
export function decideShare(facts: readonly Fact[], measure: PooledMeasure, limit: Limit): Criterion {
  const [first] = facts;
  const metric = pooledMetric(facts, measure);
  const name = `${measure.label} ${limit.side === 'max' ? 'at most' : 'at least'} ${exact(limit.value)}`;
  const subject = `${first?.agent ?? ''} with ${first?.defense ?? ''}`;
  if ('absent' in metric) return { name, subject, decision: 'undecided', reason: metric.absent };
  const decision = decide(metric, limit);
  const more = decision === 'undecided' ? moreEpisodes(facts, measure, limit.value) : undefined;
  const { estimate, low, high, k, n } = metric;
  const figures = `${exact(estimate)} (${round(k)} of ${n}), interval ${exact(low)} to ${exact(high)}`;
  return {
    name,
    subject,
    decision,
    reason: [figures, verdict(decision), missingText({ k, n }, limit), moreText(decision, more)]
      .filter(Boolean)
      .join('; '),
    ...(more !== undefined && { moreEpisodes: more }),
  };
}

function decide(
  { low, high }: Pick<Interval, 'low' | 'high'>,
  { value, side }: Pick<Limit, 'value' | 'side'>,
): Decision {
  const [good, bad] = side === 'max' ? [high <= value, low > value] : [low >= value, high < value];
  return good ? 'pass' : bad ? 'fail' : 'undecided';
}

function verdict(decision: Decision): string {
  if (decision === 'pass') return 'all of it keeps to the limit';
  return decision === 'fail' ? 'all of it is beyond the limit' : 'the limit lies within it';
}

function missingText({ k, n }: { readonly k: number; readonly n: number }, { invalid }: Limit): string {
  if (invalid === 0) return '';
  const { low, high } = boundsWithMissing(k, n, invalid);
  return `${exact(low)} to ${exact(high)} whatever the ${invalid} invalid episodes would have shown`;
}

function moreText(decision: Decision, more: number | undefined): string {
  if (decision !== 'undecided') return '';
  return more === undefined
    ? 'the rate is at the limit, so more episodes may never decide'
    : `about ${more} more episodes decide if the rate stays`;
}

/** New tasks are worth what the tasks so far were worth, repeats included. */
function moreEpisodes(facts: readonly Fact[], measure: PooledMeasure, limit: number): number | undefined {
  const counted = facts.filter((fact) => measure.of(fact) && measure.counts(fact));
  const clusters = clustersByTask(counted, measure.value);
  const rate = counted.reduce((sum, fact) => sum + measure.value(fact), 0) / counted.length;
  const needed = (trialsToDecide(rate, limit) * counted.length) / effectiveTrials(clusters);
  return Number.isFinite(needed) ? Math.max(1, Math.ceil(needed - counted.length)) : undefined;
}

/** A change against the baseline: how far a rate may rise, or fall. */
export function decideChange(row: ComparedRow, limit: number, side: 'max' | 'min'): Criterion {
  const { difference, agent, defense, label, pairs, partial } = row;
  const name = `${label} ${side === 'max' ? 'rises' : 'falls'} by at most ${exact(limit)}`;
  const subject = `${agent.after} with ${defense.after}`;
  if ('absent' in difference) return { name, subject, decision: 'undecided', reason: difference.absent };
  const value = side === 'max' ? limit : -limit;
  const decision = decide(partial ?? difference, { value, side });
  const { estimate, low, high } = difference;
  const basis = pairs > 0 ? `${pairs} pairs` : 'not paired, since tasks differ';
  const figures = `${signed(estimate)} (${basis}), interval ${signed(low)} to ${signed(high)}`;
  return {
    name,
    subject,
    decision,
    reason: [figures, partialText(partial), verdict(decision)].filter(Boolean).join('; '),
  };
}

/** The part of the run that the baseline does not have decides against passing, unless it cannot matter. */
function partialText(partial: ComparedRow['partial']): string {
  if (!partial) return '';
  const { unpaired, low, high } = partial;
  const episodes = unpaired === 1 ? '1 episode has' : `${unpaired} episodes have`;
  return `${episodes} no twin in the baseline: ${signed(low)} to ${signed(high)} whatever it would have shown there`;
}

/**
 * Missing and invalid episodes are counted, not estimated. Nobody knows which of those that were not run would be in
 * scope, so all of them count.
 */
export function decideMissing(
  counts: { readonly invalid: number; readonly stored: number; readonly missing: number },
  limit: number,
): Criterion {
  const { invalid, stored, missing } = counts;
  const all = stored + missing;
  const share = all === 0 ? 1 : (invalid + missing) / all;
  return {
    name: `missing or invalid at most ${exact(limit)}`,
    subject: 'all episodes in scope',
    decision: stored > 0 && share <= limit ? 'pass' : 'fail',
    reason: stored === 0 ? 'no episode of the run is in scope' : missingReason(counts, share),
  };
}

function missingReason(
  {
    invalid,
    stored,
    missing,
  }: { readonly invalid: number; readonly stored: number; readonly missing: number },
  share: number,
): string {
  const own = `${invalid} of ${stored} episodes in scope invalid`;
  if (missing === 0) return `${own} (${exact(share)})`;
  return `${own}, ${missing} of the run not run and all taken as in scope: ${invalid + missing} of ${stored + missing} (${exact(share)})`;
}

/** A share in percent, with one digit where that tells more. */
function exact(share: number): string {
  return `${Number((share * 100).toFixed(1))}%`;
}

function signed(share: number): string {
  return `${share > 0 ? '+' : ''}${exact(share)}`;
}

function round(k: number): number {
  return Number(k.toFixed(1));
}
