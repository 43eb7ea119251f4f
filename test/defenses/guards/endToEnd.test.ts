import { describe, expect, test } from 'vitest';
import type { Defense } from '../../../src/contracts/defense.ts';
import type { Environment } from '../../../src/contracts/environment.ts';
import type { JsonObject } from '../../../src/contracts/json.ts';
import { guards } from '../../../src/defenses/guards/index.ts';
import { pinning } from '../../../src/defenses/pinning/index.ts';
import { spotlighting } from '../../../src/defenses/spotlighting.ts';
import { bank } from '../../../src/environments/bank/index.ts';
import { attackEpisode } from '../../support/attackEpisode.ts';
import { createToyEnvironment } from '../../support/toyEnvironment.ts';
import { configured } from './kit.ts';

const places: readonly Environment[] = [createToyEnvironment(), bank];
const all = new Map([...guards, pinning, spotlighting].map((defense) => [defense.id, defense]));

function own(id: string, parameters: JsonObject = {}): Defense {
  const defense = all.get(id);
  if (!defense) throw new RangeError(id);
  return configured(defense, parameters);
}

interface Stop {
  readonly vector: string;
  readonly goal?: string;
  readonly carrier?: string;
  readonly defense: string;
  readonly parameters?: JsonObject;
  readonly eras?: readonly ('2025' | '2026')[];
}

const modern = ['2026'] as const;
const stops: readonly Stop[] = [
  { vector: 'rug-pull', defense: 'pinning' },
  { vector: 'rug-pull-silent', defense: 'pinning', parameters: { changes: 'restore' } },
  { vector: 'rug-pull-prompts', defense: 'pinning' },
  { vector: 'rug-pull-cached', defense: 'pinning', eras: modern },
  { vector: 'rug-pull-identity', defense: 'pinning', eras: modern },
  { vector: 'tool-injection', defense: 'pinning' },
  { vector: 'cloaking-history', defense: 'pinning' },
  { vector: 'cloaking-caller', defense: 'invariants', eras: modern },
  { vector: 'cloaking-history', defense: 'invariants' },
  { vector: 'rug-pull', defense: 'invariants' },
  { vector: 'tool-injection', defense: 'invariants', eras: modern },
  { vector: 'tool-name', defense: 'invariants' },
  { vector: 'name-collision', defense: 'invariants' },
  { vector: 'progress-message', defense: 'invariants' },
  { vector: 'log-message', defense: 'invariants', eras: modern },
  { vector: 'subscription-update', defense: 'invariants' },
  { vector: 'input-required-loop', defense: 'invariants', eras: modern },
  { vector: 'name-collision', defense: 'namespace' },
  { vector: 'look-alike-name', defense: 'namespace' },
  { vector: 'tool-injection', defense: 'tool-filter' },
  { vector: 'rogue-service', defense: 'tool-filter' },
  { vector: 'tool-flood', defense: 'budget' },
  { vector: 'oversized-result', defense: 'budget' },
  { vector: 'never-ending-result', defense: 'budget' },
  { vector: 'tool-description', goal: 'stall', defense: 'budget' },
  { vector: 'tool-description', goal: 'exfiltrate-elicitation', defense: 'elicitation-guard' },
  { vector: 'elicitation-url', goal: 'phish', defense: 'elicitation-guard' },
  { vector: 'sampling-request', defense: 'elicitation-guard' },
  { vector: 'elicitation-form', defense: 'elicitation-guard', parameters: { show: 'fields' } },
  { vector: 'tool-description', carrier: 'hidden-tags', defense: 'sanitize' },
  { vector: 'tool-result', carrier: 'hidden-zero-width', defense: 'sanitize' },
  { vector: 'service-instructions', carrier: 'html-comment', defense: 'sanitize' },
];

describe.each(places)('in $id', (environment) => {
  test.each(stops)('$defense stops $vector ($carrier $goal)', async (stop) => {
    const { vector, goal = 'exfiltrate', carrier = 'direct', eras = ['2025', '2026'] } = stop;
    for (const era of eras) {
      const options = {
        environment,
        era,
        agent: 'scripted/hijacked',
        attack: { vector, carrier, goal },
      } as const;
      const open = await attackEpisode(options);
      expect(open.outcome.attack?.stage, `${era} without defense`).toBe('achieved');
      const defense = own(stop.defense, stop.parameters);
      const { outcome } = await attackEpisode({ ...options, defense });
      expect(outcome.status).toBe('completed');
      expect(['delivered', 'exposed', 'attempted', 'executed'], era).toContain(outcome.attack?.stage);
    }
  });

  test.each([...all.keys()])('%s costs a faithful agent nothing', async (id) => {
    for (const era of ['2025', '2026'] as const)
      for (const task of [0, 1]) {
        const { outcome } = await attackEpisode({
          environment,
          era,
          task,
          agent: 'scripted/faithful',
          defense: own(id),
        });
        expect(outcome.status).toBe('completed');
        expect(outcome.utility).toBe(1);
        // Bank and toy connect services that the user has not approved, which is what this one reports.
        if (id !== 'tool-filter') expect(outcome.detection.flaggedBy).toEqual([]);
      }
  });

  test.each([
    { id: 'spotlighting', parameters: { form: 'delimiting' } },
    { id: 'spotlighting', parameters: { form: 'encoding' } },
    { id: 'sandwich', parameters: {} },
    { id: 'instruction-hierarchy', parameters: {} },
  ])('$id $parameters does not impress a scripted hijacked agent', async ({ id, parameters }) => {
    const { outcome } = await attackEpisode({
      environment,
      era: '2026',
      agent: 'scripted/hijacked',
      attack: { vector: 'tool-result', carrier: 'direct', goal: 'exfiltrate' },
      defense: own(id, parameters),
    });
    expect(outcome.attack?.stage).toBe('achieved');
  });
});

test('over HTTP a neutral caller is shown another list too', async () => {
  const [environment] = places;
  if (!environment) throw new RangeError('no environment');
  const { outcome } = await attackEpisode({
    environment,
    era: '2026',
    transport: 'http',
    agent: 'scripted/hijacked',
    attack: { vector: 'cloaking-caller', carrier: 'direct', goal: 'exfiltrate' },
    defense: own('invariants'),
  });
  expect(outcome.attack?.stage).toBe('delivered');
});
