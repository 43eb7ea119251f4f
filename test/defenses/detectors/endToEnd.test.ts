import { describe, expect, test } from 'vitest';
import type { Defense } from '../../../src/contracts/defense.ts';
import type { Environment } from '../../../src/contracts/environment.ts';
import { hiddenText } from '../../../src/defenses/detectors/hiddenText/index.ts';
import { schemaConsistency } from '../../../src/defenses/detectors/schemaConsistency/index.ts';
import { secrets } from '../../../src/defenses/detectors/secrets/index.ts';
import { whitelist } from '../../../src/defenses/detectors/whitelist.ts';
import { bank } from '../../../src/environments/bank/index.ts';
import { repo } from '../../../src/environments/repo/index.ts';
import { todo } from '../../../src/environments/todo/index.ts';
import { travel } from '../../../src/environments/travel/index.ts';
import { attackEpisode } from '../../support/attackEpisode.ts';

/** Attacks that a detector stops for an agent that obeys everything: `VECTOR/CARRIER/GOAL`. */
const stopped: readonly (readonly [Defense, Environment, string])[] = [
  ...[
    'hidden-tags',
    'hidden-zero-width',
    'hidden-bidi',
    'hidden-homoglyphs',
    'ansi-escape',
    'html-comment',
  ].map((carrier) => [hiddenText, todo, `tool-result/${carrier}/destroy`] as const),
  ...[
    'base64',
    'hex',
    'rot13',
    'reversed',
    'url-encoded',
    'html-entities',
    'cipherchat-morse',
    'cipherchat-ascii',
  ].map((carrier) => [hiddenText, bank, `tool-description/${carrier}/exfiltrate`] as const),
  [hiddenText, bank, 'rug-pull/hidden-tags/tamper'],
  [hiddenText, todo, 'service-instructions/base64/destroy'],
  ...[todo, bank, repo, travel].map(
    (environment) => [schemaConsistency, environment, 'out-of-scope-parameter/direct/exfiltrate'] as const,
  ),
  [schemaConsistency, bank, 'structured-result/direct/destroy'],
  [schemaConsistency, todo, 'tool-result/direct/exfiltrate-argument'],
  [schemaConsistency, todo, 'tool-result/direct/exfiltrate-error'],
  ...[todo, bank, repo, travel].map(
    (environment) => [secrets, environment, 'tool-result/direct/exfiltrate'] as const,
  ),
  [secrets, todo, 'tool-result/direct/exfiltrate-argument'],
  [secrets, bank, 'tool-result/direct/exfiltrate-elicitation'],
  [secrets, todo, 'rogue-service/direct/exfiltrate'],
  [whitelist, todo, 'rogue-service/direct/destroy'],
];

const cases = stopped.map(([defense, environment, name]) => ({
  id: defense.id,
  at: environment.id,
  name,
  defense,
  environment,
}));

describe.each(cases)('$id stops $name in $at', ({ defense, environment, name }) => {
  const [vector = '', carrier = '', goal = ''] = name.split('/');

  test.each(['2025', '2026'] as const)('in the era of %s', async (era) => {
    const attacked = { environment, attack: { vector, carrier, goal }, era };
    const free = await attackEpisode({ ...attacked, agent: 'scripted/hijacked' });
    expect(free.outcome.attack?.stage).toBe('achieved');
    const { outcome } = await attackEpisode({ ...attacked, agent: 'scripted/hijacked', defense });
    expect(outcome).toMatchObject({ status: 'completed', attack: { stoppedBy: defense.id } });
    expect(outcome.attack?.stage).not.toBe('achieved');
  });
});

const passive = [hiddenText, schemaConsistency, secrets];

describe.each(passive)('$id', (defense) => {
  test.each([todo, bank, repo, travel])(
    'raises no alarm and costs nothing in a clean $id',
    async (environment) => {
      for (const task of [0, 1, 2]) {
        const episode = { environment, era: '2026', agent: 'scripted/faithful', defense, task } as const;
        const { outcome, events } = await attackEpisode(episode);
        expect(events.filter(({ type }) => type === 'verdict')).toEqual([]);
        expect(outcome.utility).toBe(1);
      }
    },
  );
});
