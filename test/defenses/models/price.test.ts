import { expect, test } from 'vitest';
import type { JsonObject } from '../../../src/contracts/json.ts';
import type { TextModel, TextPrompt } from '../../../src/contracts/model.ts';
import { defenses } from '../../../src/defenses/index.ts';
import { environments } from '../../../src/environments/index.ts';
import { attackEpisode } from '../../support/attackEpisode.ts';
import { configured } from '../guards/kit.ts';
import { neededParameters, ruleModel, textsIn } from './ruleModel.ts';

/** Finds nothing wrong. */
const calm = ruleModel({ isBad: () => false });
/** A quarantined reader that returns the beginning of what it reads. */
const reader = answering(({ system, user }) =>
  system.includes('"fields"')
    ? { fields: [{ name: 'text', type: 'text' }] }
    : { text: (textsIn(user)[0] ?? '').split('\n')[0]?.slice(0, 80) },
);
/** A plan with every tool. */
const generous = answering(({ user }) => ({ tools: (textsIn(user)[0] ?? '').split('\n') }));

function answering(answer: (prompt: TextPrompt) => unknown): TextModel {
  return { id: 'rule', complete: (prompt) => Promise.resolve(JSON.stringify(answer(prompt))) };
}

interface Price {
  readonly id: string;
  readonly model: TextModel;
  readonly parameters?: JsonObject;
  /** Questions per clean episode on average; the pages of the defenses say these figures. */
  readonly questions: number;
  /** Characters of prompts per clean episode on average, in thousands. */
  readonly kilocharacters: number;
  /** Of the episodes of a faithful agent, the least and the greatest share that it still solves. */
  readonly solved: readonly [number, number];
}

const prices: readonly Price[] = [
  { id: 'llm-detector', model: calm, questions: 10, kilocharacters: 30, solved: [1, 1] },
  { id: 'guard-model', model: calm, questions: 60, kilocharacters: 6, solved: [1, 1] },
  { id: 'task-alignment', model: calm, questions: 5, kilocharacters: 15, solved: [1, 1] },
  { id: 'masked-rerun', model: calm, questions: 5, kilocharacters: 15, solved: [1, 1] },
  { id: 'dual-model', model: reader, questions: 5, kilocharacters: 8, solved: [0, 0.3] },
  {
    id: 'tool-filter',
    model: generous,
    parameters: { by: 'plan', model: 'rule' },
    questions: 3,
    kilocharacters: 4,
    solved: [1, 1],
  },
];

test.each(prices)('$id asks at most $questions questions in a clean episode', async (price) => {
  const defense = defenses.find(({ id }) => id === price.id);
  if (!defense) throw new RangeError(price.id);
  let [questions, characters, solved] = [0, 0, 0];
  for (const environment of environments) {
    const { outcome, events } = await attackEpisode({
      environment,
      era: '2026',
      agent: 'scripted/faithful',
      defense: configured(defense, price.parameters ?? { ...neededParameters.get(price.id) }),
      parts: { models: [price.model] },
    });
    expect(outcome.status, environment.id).toBe('completed');
    expect(outcome.detection.flaggedBy).toEqual([]);
    for (const event of events) {
      if (event.type !== 'model') continue;
      questions++;
      characters += event.messages.reduce(
        (sum, { text }) => sum + (typeof text === 'string' ? text.length : 0),
        0,
      );
    }
    if (outcome.utility === 1) solved++;
  }
  const per = (sum: number): number => sum / environments.length;
  const found = `${per(questions).toFixed(1)} questions, ${Math.round(per(characters))} characters, ${solved} solved`;
  expect(per(questions), found).toBeLessThanOrEqual(price.questions);
  expect(per(characters), found).toBeLessThanOrEqual(price.kilocharacters * 1000);
  const [least, greatest] = price.solved;
  expect(per(solved), found).toBeGreaterThanOrEqual(least);
  expect(per(solved), found).toBeLessThanOrEqual(greatest);
});
