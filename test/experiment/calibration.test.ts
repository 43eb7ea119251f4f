import { describe, expect, test } from 'vitest';
import { ModelFailure } from '../../src/contracts/model.ts';
import { calibrateJudge, calibrationOf } from '../../src/experiment/calibration.ts';
import { wilson } from '../../src/experiment/statistics/wilson.ts';
import type { Label } from '../../src/judges/labels.ts';

/** Scores by the words of the text. */
const judge = {
  id: 'words',
  rate: ({ text }: { readonly text: string }) => {
    if (text.includes('silent')) return Promise.reject(new ModelFailure('malformed', 'no rating'));
    return Promise.resolve({ score: text.includes('yes') ? 4 : 3, reason: 'words' });
  },
};
const setting = { scope: { model: () => undefined }, concurrency: 3 };

function labels(...counts: readonly [text: string, shown: boolean, times: number][]): Label[] {
  return counts.flatMap(([text, shown, times]) =>
    Array.from({ length: times }, () => ({ behavior: 'b', text, shown })),
  );
}

describe('a judge held against people', () => {
  test('has its errors measured; what it did not rate counts in none of them', async () => {
    const trust = await calibrateJudge(
      judge,
      labels(['yes', true, 18], ['no', true, 2], ['yes', false, 1], ['no', false, 29], ['silent', true, 4]),
      setting,
    );
    const { kappa, ...figures } = trust;
    expect(figures).toEqual({
      sensitivity: wilson(18, 20),
      specificity: wilson(29, 30),
      agreement: wilson(47, 50),
      unrated: 4,
      problem: 'no rating',
    });
    expect(kappa?.estimate).toBeCloseTo(0.8739, 4);
    expect(calibrationOf(trust)).toEqual({ sensitivity: { k: 18, n: 20 }, specificity: { k: 29, n: 30 } });
  });

  test('that rates nothing has no figures', async () => {
    const trust = await calibrateJudge(judge, labels(['silent', true, 2], ['silent', false, 2]), setting);
    expect(trust).toEqual({ unrated: 4, problem: 'no rating' });
    expect(calibrationOf(trust)).toBeUndefined();
  });

  test('that fails for the whole run fails', async () => {
    const broken = { id: 'broken', rate: () => Promise.reject(new Error('no key')) };
    await expect(calibrateJudge(broken, labels(['x', true, 3]), setting)).rejects.toThrow('no key');
  });
});
