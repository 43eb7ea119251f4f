import { expect, test } from 'vitest';
import { builtInCatalog } from '../../src/experiment/catalog.ts';
import { defineExperiment } from '../../src/experiment/definition/index.ts';
import { runEpisode } from '../../src/experiment/episode.ts';
import { createPlan } from '../../src/experiment/plan.ts';
import { timeless } from '../support/timeless.ts';

const catalog = builtInCatalog();

/** One telling episode each: environment, era, attack, defense. */
const scenes = [
  { name: 'textcraft-clean', environment: 'textcraft', era: '2026' },
  {
    name: 'textcraft-rug-pull-pinned',
    environment: 'textcraft',
    era: '2026',
    attack: 'rug-pull',
    defense: 'pinning',
  },
  {
    name: 'todo-result-marked',
    environment: 'todo',
    era: '2025',
    attack: 'tool-result',
    defense: 'spotlighting',
  },
  {
    name: 'todo-rogue-allowed',
    environment: 'todo',
    era: '2025',
    attack: 'rogue-service',
    defense: 'whitelist',
  },
] as const;

test.each(scenes)('the trace of $name is as recorded', async (scene) => {
  const attack =
    'attack' in scene ? { vector: scene.attack, carrier: 'important-notice', goal: 'destroy' } : undefined;
  const defense = 'defense' in scene ? scene.defense : 'none';
  const { experiment } = defineExperiment(
    {
      name: 'golden',
      seed: 'golden',
      environments: [scene.environment],
      tasks: 1,
      agents: ['scripted/hijacked'],
      attacks: [attack ?? 'none'],
      defenses: [defense],
      era: scene.era,
    },
    catalog,
  );
  const planned = createPlan(experiment, catalog).episodes.find(
    ({ key }) => key.defense === defense && (key.attack !== undefined) === (attack !== undefined),
  );
  if (!planned) throw new Error('The plan lacks the episode');
  const record = await runEpisode(planned, { experiment, catalog, signal: new AbortController().signal });
  const text = `${JSON.stringify(timeless(record), null, 1)}\n`;
  await expect(text).toMatchFileSnapshot(`../golden/${scene.name}.json`);
});
