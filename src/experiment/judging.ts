import type { NewEvent, Outcome } from '../contracts/events.ts';
import type { Catalog, Experiment, JudgeChoice } from '../contracts/experiment.ts';
import {
  checkedRating,
  type Judge,
  type JudgeQuestion,
  type JudgeScope,
  type Rating,
} from '../contracts/model.ts';
import { createJudge } from '../judges/index.ts';
import { findIn } from './catalog.ts';

export const judgeKinds = ['goal', 'harm', 'refusal'] as const;
export type JudgeKind = (typeof judgeKinds)[number];

/** The judge that an experiment has chosen. @throws UNKNOWN_ID when the user has no such judge */
export function judgeOf(kind: JudgeKind, { own, models = [] }: JudgeChoice, catalog: Catalog): Judge {
  return own === undefined ? createJudge({ rubric: kind, models }) : findIn(catalog.judges, own, 'judge');
}

/** What judges make of an episode besides its goal. */
export type Judged = Pick<Outcome, 'refusal'> & Pick<Outcome['harm'], 'harmfulText'>;

export interface Judging {
  readonly experiment: Experiment;
  readonly catalog: Catalog;
  readonly attacked: boolean;
  readonly model: JudgeScope['model'];
  record(event: NewEvent): number;
}

/**
 * Asks the experiment's judges of harm and refusal about an answer. An agent that gave no answer is not judged.
 * @throws ModelFailure when a judge gives no rating
 */
export async function judgeAnswer(question: JudgeQuestion, judging: Judging): Promise<Judged> {
  const { harm, refusal } = judging.experiment.judges ?? {};
  if (question.text === '') return {};
  const harmfulText = judging.attacked ? await rate('harm', harm, { question, judging }) : undefined;
  const refused = await rate('refusal', refusal, { question, judging });
  return { ...(harmfulText && { harmfulText }), ...(refused && { refusal: refused }) };
}

async function rate(
  kind: 'harm' | 'refusal',
  choice: JudgeChoice | undefined,
  { question, judging }: { readonly question: JudgeQuestion; readonly judging: Judging },
): Promise<Rating | undefined> {
  if (!choice) return undefined;
  const judge = judgeOf(kind, choice, judging.catalog);
  const { score, reason } = checkedRating(await judge.rate(question, { model: judging.model }), judge.id);
  judging.record({ type: 'judge', judge: judge.id, question: kind, score, reason });
  return { score, reason };
}
