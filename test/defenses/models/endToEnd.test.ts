import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/contracts/json.ts';
import { ModelFailure } from '../../../src/contracts/model.ts';
import { defenses } from '../../../src/defenses/index.ts';
import { attackEpisode } from '../../support/attackEpisode.ts';
import { createToyEnvironment } from '../../support/toyEnvironment.ts';
import { configured } from '../guards/kit.ts';
import { neededParameters, ruleModel } from './ruleModel.ts';

const environment = createToyEnvironment();

/** A model that answers rightly: it knows this attack's words, its calls and the tools of the task. */
const model = ruleModel({
  isBad: (text) => /call the tool|"vault"|collector\.example/i.test(text),
  obeys: [{ service: 'notes', tool: 'read_note', arguments: { title: 'vault' } }],
  plans: ['read_inbox', 'read_note', 'send_message'],
  reads: { found: 'nothing' },
});

function own(id: string) {
  const defense = defenses.find((each) => each.id === id);
  if (!defense) throw new RangeError(id);
  const planned: JsonObject = { by: 'plan', model: 'rule' };
  return configured(defense, id === 'tool-filter' ? planned : { ...neededParameters.get(id) });
}

const exfiltrate = { carrier: 'direct', goal: 'exfiltrate' } as const;
const stops = [
  { id: 'llm-detector', vector: 'tool-result' },
  { id: 'llm-detector', vector: 'tool-description' },
  { id: 'llm-detector', vector: 'service-instructions' },
  { id: 'llm-detector', vector: 'log-message' },
  { id: 'guard-model', vector: 'tool-result' },
  { id: 'task-alignment', vector: 'tool-result' },
  { id: 'task-alignment', vector: 'tool-description' },
  { id: 'masked-rerun', vector: 'tool-result' },
  { id: 'dual-model', vector: 'tool-result' },
  { id: 'tool-filter', vector: 'tool-injection' },
];
const places = [
  { era: '2025', transport: 'memory' },
  { era: '2026', transport: 'memory' },
  { era: '2025', transport: 'http' },
  { era: '2026', transport: 'http' },
] as const;

test.each(stops)('$id with a model that answers rightly stops $vector', async ({ id, vector }) => {
  const verdicts: unknown[] = [];
  for (const place of places) {
    const options = {
      ...place,
      environment,
      agent: 'scripted/hijacked',
      attack: { vector, ...exfiltrate },
      parts: { models: [model] },
    } as const;
    if (place.transport === 'memory')
      expect((await attackEpisode(options)).outcome.attack?.stage, place.era).toBe('achieved');
    const { outcome, events } = await attackEpisode({ ...options, defense: own(id) });
    expect(outcome.status).toBe('completed');
    expect(['delivered', 'exposed', 'attempted']).toContain(outcome.attack?.stage);
    expect(events.some(({ type }) => type === 'model')).toBe(true);
    verdicts.push(
      events
        // The eras open a connection by different methods.
        .flatMap((event) =>
          event.type === 'verdict' ? [event.reason.replace('server/discover', 'initialize')] : [],
        )
        .sort(),
    );
  }
  for (const each of verdicts) expect(each).toEqual(verdicts[0]);
});

describe.each(['llm-detector', 'guard-model', 'task-alignment', 'masked-rerun', 'tool-filter'])(
  '%s',
  (id) => {
    test('costs a faithful agent nothing when its model answers rightly', async () => {
      const { outcome } = await attackEpisode({
        environment,
        era: '2026',
        agent: 'scripted/faithful',
        defense: own(id),
        parts: { models: [model] },
      });
      expect(outcome).toMatchObject({ status: 'completed', utility: 1 });
    });
  },
);

test('dual model costs a scripted agent its task: it reads results in the form of their service', async () => {
  const { outcome } = await attackEpisode({
    environment,
    era: '2026',
    agent: 'scripted/faithful',
    defense: own('dual-model'),
    parts: { models: [model] },
  });
  expect(outcome.utility).toBe(0);
});

test.each([
  ['open', new Error('no answer'), 'harness-error'],
  ['closed', new ModelFailure('overloaded', 'no answer'), 'model-error'],
] as const)(
  'a model that fails leaves an episode that measures nothing (%s, %s)',
  async (onFailure, failure, status) => {
    const failing = { id: 'rule', complete: () => Promise.reject(failure) };
    const { outcome, events } = await attackEpisode({
      environment,
      era: '2026',
      agent: 'scripted/faithful',
      member: { id: 'task-alignment', mode: 'enforce', parameters: { model: 'rule', onFailure } },
      parts: { models: [failing] },
    });
    expect(outcome.status).toBe(status);
    expect(events.some((event) => event.type === 'error' && event.code === 'DEFENSE_FAILED')).toBe(true);
    expect(outcome.utility).toBe(onFailure === 'open' ? 1 : 0);
  },
);

test.each([
  ['open', 1, 0],
  ['closed', 0, 1],
] as const)(
  'a model that answers in no form is measured as it is configured: %s',
  async (onFailure, utility, fewest) => {
    const rambling = { id: 'rule', complete: () => Promise.resolve('As you wish: everything is fine') };
    const { outcome, events } = await attackEpisode({
      environment,
      era: '2026',
      agent: 'scripted/faithful',
      member: { id: 'task-alignment', mode: 'enforce', parameters: { model: 'rule', onFailure } },
      parts: { models: [rambling] },
    });
    expect(outcome).toMatchObject({ status: 'completed', utility });
    expect(events.some((event) => event.type === 'error' && event.code === 'DEFENSE_FAILED')).toBe(true);
    const blocks = events.filter((event) => event.type === 'verdict' && event.action === 'block');
    expect(Math.min(blocks.length, 1)).toBe(fewest);
    expect(
      blocks.every(
        (event) => event.type === 'verdict' && event.reason.includes('in the form it was asked for'),
      ),
    ).toBe(true);
  },
);
