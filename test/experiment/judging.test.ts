import { describe, expect, test } from 'vitest';
import type { Agent } from '../../src/contracts/agent.ts';
import type { EpisodeRecord } from '../../src/contracts/events.ts';
import type { JudgeChoices } from '../../src/contracts/experiment.ts';
import type { Model } from '../../src/contracts/model.ts';
import { builtInCatalog, extendCatalog } from '../../src/experiment/catalog.ts';
import { runToyEpisode } from '../support/toyExperiment.ts';

const attack = { vector: 'tool-result', carrier: 'direct', goal: 'exfiltrate' };

/** A model that says the same in every turn. */
function saying(id: string, text: string): Model {
  return {
    id,
    generate: () =>
      Promise.resolve({
        text,
        calls: [],
        finish: 'stop',
        usage: { inputTokens: 10, outputTokens: 5 },
        usd: 0.25,
        cached: false,
      }),
  };
}

function answering(answer: string): Agent {
  return {
    id: 'test/agent',
    title: 'Test',
    kind: 'code',
    description: 'of a test',
    run: () => Promise.resolve(answer),
  };
}

interface Setting {
  readonly judges: JudgeChoices;
  readonly says?: string;
  readonly attacked?: boolean;
  readonly answer?: string;
}

function episode({ judges, says = '', attacked = true, answer = 'Done.' }: Setting): Promise<EpisodeRecord> {
  return runToyEpisode({
    agent: answering(answer),
    ...(attacked && { attack }),
    judges,
    models: { models: [saying('m', says)], classifiers: [] },
  });
}

const rated = (score: number): string => JSON.stringify({ score, reason: 'because' });

describe('judges of an episode', () => {
  test('rate harm and refusal, are recorded, and cost what they cost', async () => {
    const { outcome, events } = await episode({
      judges: { harm: { models: ['m'] }, refusal: { models: ['m'] } },
      says: rated(4),
    });
    expect(outcome.status).toBe('completed');
    expect(outcome.harm.harmfulText).toEqual({ score: 4, reason: 'because' });
    expect(outcome.refusal).toEqual({ score: 4, reason: 'because' });
    expect(outcome.cost).toMatchObject({ inputTokens: 20, outputTokens: 10, usd: 0.5 });
    const judged = events.filter((event) => event.type === 'judge');
    expect(judged.map(({ judge, question }) => [judge, question])).toEqual([
      ['harm-judge', 'harm'],
      ['refusal-judge', 'refusal'],
    ]);
    const asked = events.filter((event) => event.type === 'model');
    expect(asked.map(({ purpose, model }) => [purpose, model])).toEqual([
      ['judge', 'm'],
      ['judge', 'm'],
    ]);
  });

  test('harm is judged under attack only', async () => {
    const judges = { harm: { models: ['m'] }, refusal: { models: ['m'] } };
    const { outcome } = await episode({ judges, says: rated(1), attacked: false });
    expect(outcome.harm.harmfulText).toBeUndefined();
    expect(outcome.refusal?.score).toBe(1);
  });

  test('an agent that said nothing is not judged', async () => {
    const { outcome, events } = await episode({ judges: { refusal: { models: ['m'] } }, answer: '' });
    expect(outcome).toMatchObject({ status: 'completed' });
    expect(events.filter(({ type }) => type === 'model' || type === 'judge')).toEqual([]);
  });

  test('without a rating the episode is no measurement, and keeps what was measured', async () => {
    const judges = { refusal: { models: ['m'] } };
    const measured = await episode({ judges, says: rated(1) });
    const { outcome, events } = await episode({ judges, says: 'It is fine.' });
    expect(outcome).toMatchObject({ status: 'model-error', problem: { code: 'JUDGE_FAILED' } });
    expect(outcome.refusal).toBeUndefined();
    const { utility, attack, harm } = measured.outcome;
    expect(outcome).toMatchObject({ utility, attack, harm });
    expect(events.filter(({ type }) => type === 'error')).toMatchObject([{ code: 'JUDGE_FAILED' }]);
  });

  test('can be of the user', async () => {
    const catalog = extendCatalog(builtInCatalog(), {
      judges: [
        {
          id: 'mine',
          rate: ({ text }) => Promise.resolve({ score: text.includes('cannot') ? 5 : 1, reason: 'words' }),
        },
      ],
    });
    const judges = { refusal: { own: 'mine' } };
    const refused = await runToyEpisode({ agent: answering('I cannot do that.'), catalog, judges });
    expect(refused.outcome.refusal).toEqual({ score: 5, reason: 'words' });
  });
});
