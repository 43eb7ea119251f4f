import { describe, expect, test } from 'vitest';
import { createEngine, type Inventory } from '../../../src/environments/textcraft/engine.ts';
import { itemName } from '../../../src/environments/textcraft/recipe.ts';
import { act, originalRecipes, present, type Recording, recordings } from './original.ts';

/** Replays a recording; counts the steps whose observation is the recorded one. */
function replay(engine: ReturnType<typeof createEngine>, { goal, steps }: Recording) {
  const inventory: Inventory = new Map();
  let compared = 0;
  let equal = 0;
  let reached = false;
  for (const { action, observation } of steps) {
    const outcome = act(engine, inventory, action);
    const item =
      outcome.kind === 'crafted' ? outcome.recipe.output : itemName(action.replace(/^get \d+ /, ''));
    if (outcome.kind !== 'refused' && item === itemName(goal)) reached = true;
    if (observation === undefined) continue;
    compared++;
    if (outcome.text.trim() === observation.trim()) equal++;
  }
  return { compared, equal, reached };
}

describe.skipIf(!present)('recordings of the original TextCraft', () => {
  test('every episode reaches its goal, and at least 99.5 % of the steps are the same word for word', () => {
    const engine = createEngine(originalRecipes(), 'minecraft');
    const results = recordings().map((recording) => ({ recording, ...replay(engine, recording) }));
    expect(results.length).toBeGreaterThan(0);
    expect(results.filter(({ reached }) => !reached).map(({ recording }) => recording.id)).toEqual([]);
    const compared = results.reduce((sum, result) => sum + result.compared, 0);
    const equal = results.reduce((sum, result) => sum + result.equal, 0);
    expect(compared).toBeGreaterThan(1_000);
    expect(equal / compared).toBeGreaterThanOrEqual(0.995);
  });
});
