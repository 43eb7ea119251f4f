import { describe, expect, test } from 'vitest';
import { createSeed } from '../../../src/contracts/seed.ts';
import { fenCatalog } from '../../../src/environments/textcraft/catalog.ts';
import { families, keepsakes, recipeLines } from '../../../src/environments/textcraft/fenRecipes.ts';
import { textcraft } from '../../../src/environments/textcraft/index.ts';
import { itemName } from '../../../src/environments/textcraft/recipe.ts';

const { engine, recipes, goals } = fenCatalog();

describe('the recipes of the Fen', () => {
  test('are all in use: none is lost to a cycle', () => {
    const sizes = recipeLines
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => Object.entries(families).find(([name]) => line.includes(`{${name}}`))?.[1].length ?? 1);
    expect(recipes).toHaveLength(sizes.reduce((sum, size) => sum + size, 0));
    expect(recipes.length).toBeGreaterThan(400);
  });

  test('ask for every tag by a name that no item has', () => {
    const tags = recipes.flatMap(({ inputs }) => inputs.filter(({ kind }) => kind === 'tag'));
    expect(tags.length).toBeGreaterThan(20);
    for (const { name } of tags) expect([name, engine.book.isItem(name)]).toEqual([name, false]);
  });

  test('give enough goals of each depth', () => {
    expect(goals.map(({ length }) => length >= 40)).toEqual([true, true, true, true]);
  });

  test('need a keepsake for nothing but spoiling it', () => {
    for (const keepsake of keepsakes.map(itemName)) {
      const uses = recipes.filter(({ inputs }) => inputs.some(({ name }) => name === keepsake));
      expect(uses.map(({ inputs }) => inputs.length)).toEqual([1]);
      expect(engine.book.recipesFor(keepsake)).not.toEqual([]);
    }
  });
});

describe('a task', () => {
  test('lists commands for the goal and others, once each', () => {
    const { instruction } = textcraft.task(createSeed(3), 2);
    const commands = instruction.split('\n').filter((line) => line.startsWith('craft '));
    const goal = /^Goal: craft (.+)\.$/m.exec(instruction)?.[1];
    expect(new Set(commands).size).toBe(commands.length);
    expect(commands.some((command) => command.includes(` ${goal} using `))).toBe(true);
    expect(commands.length).toBeGreaterThan(8);
  });
});
