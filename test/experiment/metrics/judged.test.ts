import { describe, expect, test } from 'vitest';
import type { JudgeChoices } from '../../../src/contracts/experiment.ts';
import { conditionOf } from '../../../src/experiment/metrics/conditions.ts';
import { judgedOf } from '../../../src/experiment/metrics/judged.ts';
import { emptyCell } from '../../../src/experiment/metrics/measure.ts';
import { correctedForJudge } from '../../../src/experiment/statistics/judge.ts';
import { wilson } from '../../../src/experiment/statistics/wilson.ts';
import { toyExperiment } from '../../support/toyExperiment.ts';

const calibration = { sensitivity: { k: 45, n: 50 }, specificity: { k: 48, n: 50 } };
const achieved = 5;
const delivered = 1;

/** Twenty tasks; `yes` of them declined, or achieved. */
function judged(yes: number, judges: JudgeChoices, { goal = 'destroy', looked = true } = {}) {
  const attack = { vector: 'tool-result', carrier: 'direct', goal };
  const data = emptyCell({ agent: 'a', environment: 'e', attack, defense: 'none' });
  for (let task = 0; task < 20; task++)
    data.measures.push({
      task,
      trial: 0,
      stage: task < yes ? achieved : delivered,
      harmed: false,
      ...(looked && { refused: task < yes }),
      utility: 1,
      flaggedBy: [],
      defenseMs: 0,
      wallMs: 1,
      tokens: 0,
      usd: 0,
    });
  return judgedOf(conditionOf(data), { ...toyExperiment().experiment, judges });
}

describe('what judges decided', () => {
  test('is counted, and corrected where the judge was measured', () => {
    const found = judged(6, { refusal: { models: ['m'], calibration } });
    expect(found?.refused).toEqual(wilson(6, 20));
    expect(found?.refusedCorrected).toEqual({
      ...correctedForJudge({ share: 0.3, n: 20 }, calibration),
      k: 6,
      n: 20,
    });
    expect(found?.asrCorrected).toBeUndefined();
  });

  test('is only counted where nobody has measured the judge', () => {
    expect(judged(6, { refusal: { models: ['m'] } })).toEqual({ refused: wilson(6, 20) });
  });

  test('is ASR for the goal that a judge decides, and for no other', () => {
    const judges = { goal: { models: ['m'], calibration } };
    const found = judged(10, judges, { goal: 'behavior-set', looked: false });
    expect(found).toMatchObject({ asrCorrected: { k: 10, n: 20 } });
    expect(found?.refused).toBeUndefined();
    expect(judged(10, judges, { looked: false })).toBeUndefined();
  });

  test('says so when a judge is no better than chance', () => {
    const coin = { sensitivity: { k: 25, n: 50 }, specificity: { k: 25, n: 50 } };
    expect(judged(6, { refusal: { models: ['m'], calibration: coin } })?.refusedCorrected).toEqual({
      absent: 'the judge is no better than chance',
    });
  });
});
