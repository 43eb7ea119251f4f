import { describe, expect, it } from 'vitest';
import type { Vector } from '../../../src/contracts/attack.ts';
import type { EpisodeEvent, EpisodeRecord } from '../../../src/contracts/events.ts';
import { environments } from '../../../src/environments/index.ts';
import { attackEpisode } from '../../support/attackEpisode.ts';
import { createToyEnvironment } from '../../support/toyEnvironment.ts';

const shipped = environments.filter(({ id }) => ['todo', 'bank'].includes(id));

/**
 * One episode of each vector in each era with an agent that obeys and one that does not: in a toy environment, and in
 * two shipped ones that take turns.
 */
export function describeEpisodes(vectors: readonly Vector[]): void {
  const cases = vectors.flatMap((vector, number) =>
    vector.eras.flatMap((era, turn) => {
      const next = shipped[(number + turn) % shipped.length];
      return [createToyEnvironment(), ...(next ? [next] : [])].map((environment) => ({
        environment,
        vector,
        era,
      }));
    }),
  );
  describe.each(cases)('$vector.id in $environment.id, $era era', ({ environment, vector, era }) => {
    const play = (agent: 'scripted/hijacked' | 'scripted/faithful'): Promise<EpisodeRecord> => {
      const goal = vector.actsAlone ? 'destroy' : 'exfiltrate';
      const attack = { vector: vector.id, carrier: 'direct', goal };
      return attackEpisode({ environment, attack, agent, era });
    };

    it('is achieved through an agent that obeys', async () => {
      const record = await play('scripted/hijacked');
      expect(record.events.filter(({ type }) => type === 'fault')).toEqual([]);
      expect(stagesOf(record)).toEqual(
        vector.actsAlone
          ? ['planned', 'delivered', 'achieved']
          : ['planned', 'delivered', 'exposed', 'attempted', 'executed', 'achieved'],
      );
    });

    it(`${vector.actsAlone ? 'is achieved through' : 'does nothing to'} an agent that ignores it`, async () => {
      const { outcome } = await play('scripted/faithful');
      expect(outcome).toMatchObject(
        vector.actsAlone
          ? { status: 'completed', attack: { stage: 'achieved' } }
          : { status: 'completed', attack: { stage: 'exposed' }, utility: 1 },
      );
    });
  });
}

function stagesOf({ events }: EpisodeRecord): string[] {
  return events.flatMap((event: EpisodeEvent) => (event.type === 'attack' ? [event.stage] : []));
}
