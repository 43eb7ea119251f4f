import { expect, test } from 'vitest';
import { classifiers } from '../../../src/defenses/classifier/index.ts';
import { bank } from '../../../src/environments/bank/index.ts';
import { todo } from '../../../src/environments/todo/index.ts';
import { attackEpisode } from '../../support/attackEpisode.ts';
import { at } from '../kit.ts';

const defense = at(classifiers, 0);

test.each([
  ['tool-description', 'important-notice', '2025'],
  ['tool-result', 'pap-time-pressure', '2026'],
  ['service-instructions', 'deepinception', '2025'],
] as const)('%s with %s achieves nothing behind it', async (vector, carrier, era) => {
  const attack = { vector, carrier, goal: 'exfiltrate' };
  const options = { environment: bank, attack, agent: 'scripted/hijacked', era } as const;
  const bare = await attackEpisode(options);
  expect(bare.outcome.attack?.stage).toBe('achieved');
  const guarded = await attackEpisode({ ...options, defense });
  expect(guarded.outcome.attack?.stage).toBe('delivered');
  expect(guarded.events.filter(({ type }) => type === 'verdict')).not.toEqual([]);
});

test.each([todo, bank])('a clean episode in $id goes on as if it were not there', async (environment) => {
  const { outcome, events } = await attackEpisode({
    environment,
    agent: 'scripted/faithful',
    era: '2026',
    defense,
  });
  expect(outcome.utility).toBe(1);
  expect(events.filter(({ type }) => type === 'verdict')).toEqual([]);
});
