import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { builtInCatalog } from '../../../src/experiment/catalog.ts';
import { parseExperiment } from '../../../src/experiment/definition/index.ts';
import { experimentJsonSchema } from '../../../src/experiment/definition/schema.ts';
import { createPlan } from '../../../src/experiment/plan.ts';

const fromRoot = (file: string): string => readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8');

test('the published JSON Schema is current (npm run generate writes it)', () => {
  expect(JSON.parse(fromRoot('schemas/experiment.schema.json'))).toEqual(experimentJsonSchema());
});

test('every key of the schema is described', () => {
  const { properties } = experimentJsonSchema() as { properties: Record<string, { description?: string }> };
  const undescribed = Object.entries(properties).filter(([, { description }]) => !description);
  expect(undescribed.map(([key]) => key)).toEqual([]);
});

test('the quick start is an experiment that everything can take part in', () => {
  const catalog = builtInCatalog();
  const { experiment } = parseExperiment(fromRoot('examples/quickstart.yaml'), 'quickstart.yaml', catalog);
  const plan = createPlan(experiment, catalog);
  expect(experiment.environments.map(({ id }) => id).sort()).toEqual(
    catalog.environments.map(({ id }) => id).sort(),
  );
  const vectors = new Set(plan.episodes.flatMap(({ key }) => key.attack?.vector ?? []));
  const groups = catalog.vectors.filter(({ id }) => vectors.has(id)).map(({ group }) => group);
  expect(new Set(groups).size).toBeGreaterThanOrEqual(4);
  expect(experiment.defenses.length).toBeGreaterThanOrEqual(4);
});
