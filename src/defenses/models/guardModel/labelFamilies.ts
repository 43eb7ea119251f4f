import type { ClassifierLabel } from '../../../contracts/model.ts';
import type { GuardVerdict, LabelFamily, LabelOptions } from './adapter.ts';

const benign = new Set(['label_0', 'benign', 'safe', 'legit', 'normal']);
const malicious = new Set(['label_1', 'label_2', 'malicious', 'injection', 'jailbreak', 'unsafe']);

/**
 * Prompt Guard style classifiers, whose labels share a probability: Prompt Guard 1 (`INJECTION`, `JAILBREAK`) and 2
 * (`LABEL_1`), ProtectAI's and others' (`INJECTION`). The score is the sum over the labels that count.
 */
export const promptGuard: LabelFamily = {
  speaks: 'labels',
  textLength: 1500,
  read(given, options) {
    const known = given.filter(
      ({ label }) => benign.has(label.toLowerCase()) || counts(label, options, malicious),
    );
    if (known.length === 0 || known.some(isUnusable)) return undefined;
    const against = known.filter(({ label }) => counts(label, options, malicious));
    const score = Math.min(
      1,
      against.reduce((sum, each) => sum + each.score, 0),
    );
    return verdict(score, against, options.threshold);
  },
};

/** OpenAI-style moderation, whose categories have scores of their own. The score is the highest one. */
export const moderation: LabelFamily = {
  speaks: 'labels',
  textLength: 6000,
  read(given, options) {
    if (given.length === 0 || given.some(isUnusable)) return undefined;
    const counted = given.filter(({ label }) => counts(label, options, undefined));
    const score = counted.reduce((highest, each) => Math.max(highest, each.score), 0);
    return verdict(
      score,
      counted.filter((each) => each.score >= options.threshold),
      options.threshold,
    );
  },
};

/** @param usual the labels that count when none are named; all if absent */
function counts(label: string, { labels }: LabelOptions, usual: ReadonlySet<string> | undefined): boolean {
  if (labels) return labels.some((each) => each.toLowerCase() === label.toLowerCase());
  return usual?.has(label.toLowerCase()) ?? true;
}

function isUnusable({ score }: ClassifierLabel): boolean {
  return !(score >= 0 && score <= 1);
}

function verdict(score: number, labels: readonly ClassifierLabel[], threshold: number): GuardVerdict {
  const strongest = [...labels].sort((one, other) => other.score - one.score).slice(0, 5);
  return { flagged: score >= threshold, score, labels: strongest.map(({ label }) => label) };
}
