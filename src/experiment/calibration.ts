import type { JudgeCalibration } from '../contracts/experiment.ts';
import { checkedRating, type Judge, type JudgeScope, ModelFailure } from '../contracts/model.ts';
import type { Label } from '../judges/labels.ts';
import { yesFrom } from './metrics/measured.ts';
import { cohensKappa } from './statistics/kappa.ts';
import { type Interval, type Proportion, wilson } from './statistics/wilson.ts';

/** How far a judge can be trusted, held against people. */
export interface JudgeTrust {
  /** Of the texts to which people say yes, those to which the judge does; absent when it rated none of them. */
  readonly sensitivity?: Proportion;
  /** The same for no. */
  readonly specificity?: Proportion;
  /** Texts on which they agree. */
  readonly agreement?: Proportion;
  /** Agreement beyond chance; absent when one of them says the same throughout. */
  readonly kappa?: Interval;
  /** Texts that the judge gave no rating for; in none of the figures. */
  readonly unrated: number;
  /** Why one of them has none. */
  readonly problem?: string;
}

export interface Calibrating {
  readonly scope: JudgeScope;
  /** Texts judged at once. */
  readonly concurrency: number;
  onProgress?(done: number): void;
}

/** Has the judge rate every labeled text. @throws what stops a run: a refused key, a spent budget */
export async function calibrateJudge(
  judge: Judge,
  labels: readonly Label[],
  { scope, concurrency, onProgress }: Calibrating,
): Promise<JudgeTrust> {
  const tally = { bothYes: 0, onlyFirst: 0, onlySecond: 0, bothNo: 0 };
  let unrated = 0;
  let problem: string | undefined;
  let done = 0;
  const queue = labels.values();
  const work = async (): Promise<void> => {
    for (const { behavior, text, shown } of queue) {
      try {
        const { score } = checkedRating(await judge.rate({ behavior, text }, scope), judge.id);
        tally[cellOf(shown, score >= yesFrom)]++;
      } catch (error) {
        if (!(error instanceof ModelFailure)) throw error;
        unrated++;
        problem ??= error.message;
      }
      onProgress?.(++done);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  return { ...trustIn(tally), unrated, ...(problem !== undefined && { problem }) };
}

type Tally = Parameters<typeof cohensKappa>[0];

function cellOf(person: boolean, judge: boolean): keyof Tally {
  if (person) return judge ? 'bothYes' : 'onlyFirst';
  return judge ? 'onlySecond' : 'bothNo';
}

function trustIn(tally: Tally): Omit<JudgeTrust, 'unrated' | 'problem'> {
  const { bothYes, onlyFirst, onlySecond, bothNo } = tally;
  const [yes, no] = [bothYes + onlyFirst, bothNo + onlySecond];
  const kappa = yes + no > 0 ? cohensKappa(tally) : undefined;
  return {
    ...(yes > 0 && { sensitivity: wilson(bothYes, yes) }),
    ...(no > 0 && { specificity: wilson(bothNo, no) }),
    ...(yes + no > 0 && { agreement: wilson(bothYes + bothNo, yes + no) }),
    ...(kappa && { kappa }),
  };
}

/** What an experiment takes of it; undefined when one of the figures is missing. */
export function calibrationOf({ sensitivity, specificity }: JudgeTrust): JudgeCalibration | undefined {
  return (
    sensitivity &&
    specificity && {
      sensitivity: { k: sensitivity.k, n: sensitivity.n },
      specificity: { k: specificity.k, n: specificity.n },
    }
  );
}
