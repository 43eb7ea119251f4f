import { describe, expect, test } from 'vitest';
import { afterCalls } from '../../src/attacks/patience.ts';
import { todo } from '../../src/environments/todo/index.ts';
import { attackEpisode } from '../support/attackEpisode.ts';

const environment = todo;
const base = { carrier: 'direct', goal: 'exfiltrate' } as const;

describe('a service that lies low', () => {
  test('for no call is the service itself', () => {
    const tap = { name: 'attack' };
    expect(afterCalls(tap, 0)).toBe(tap);
  });

  test.each(['2025', '2026'] as const)('for calls attacks after them, in the %s era', async (era) => {
    for (const vector of ['tool-description', 'tool-result']) {
      const attack = { ...base, vector, afterCalls: 1 };
      const { events, outcome } = await attackEpisode({
        environment,
        attack,
        era,
        agent: 'scripted/hijacked',
      });
      expect(outcome.attack?.stage, vector).toBe('achieved');
      const delivered = events.findIndex((event) => event.type === 'attack' && event.stage === 'delivered');
      const calls = events.filter(
        (event) =>
          event.type === 'exchange' && event.request?.method === 'tools/call' && event.seq < delivered,
      );
      expect(calls.length, vector).toBeGreaterThanOrEqual(1);
    }
  });

  test('for more calls than there are never attacks', async () => {
    const attack = { ...base, vector: 'tool-result', afterCalls: 500 };
    const { outcome } = await attackEpisode({ environment, attack, era: '2025', agent: 'scripted/hijacked' });
    expect(outcome.attack?.stage).toBe('planned');
    expect(outcome.utility).toBe(1);
  });

  test('for episodes attacks in later trials only', async () => {
    const attack = { ...base, vector: 'tool-result', afterEpisodes: 2 };
    const stages = [];
    for (const trial of [0, 1, 2, 3]) {
      const options = { environment, attack, era: '2025', agent: 'scripted/hijacked', trial } as const;
      stages.push((await attackEpisode(options)).outcome.attack?.stage);
    }
    expect(stages).toEqual(['planned', 'planned', 'achieved', 'achieved']);
  });
});

describe('several attacks at once', () => {
  test('are all made, and the one that came furthest speaks for all', async () => {
    const blockedGoal = { vector: 'tool-description', carrier: 'direct', goal: 'destroy' };
    const attack = { ...base, vector: 'tool-result', together: [blockedGoal] };
    const { events, outcome } = await attackEpisode({
      environment,
      attack,
      era: '2025',
      agent: 'scripted/hijacked',
    });
    const achieved = events.filter((event) => event.type === 'attack' && event.stage === 'achieved');
    expect(achieved).toHaveLength(2);
    expect(outcome.attack?.stage).toBe('achieved');
    expect(outcome.harm.stateDamage.length).toBeGreaterThan(0);
    expect(outcome.harm.dataLeft.length).toBeGreaterThan(0);
  });
});
