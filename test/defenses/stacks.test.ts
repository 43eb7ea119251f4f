import { describe, expect, test } from 'vitest';
import { defenses } from '../../src/defenses/index.ts';
import { findStack, stackName, stacks } from '../../src/defenses/stacks.ts';
import { builtInCatalog, extendCatalog } from '../../src/experiment/catalog.ts';
import { defineExperiment } from '../../src/experiment/definition/index.ts';

const catalog = builtInCatalog();
const setsOf = (...wanted: readonly (string | { use: string[]; name?: string })[]) =>
  defineExperiment(
    {
      name: 'x',
      environments: ['todo'],
      agents: ['scripted/faithful'],
      defenses: [...wanted],
      baselines: false,
    },
    catalog,
  ).experiment.defenses;

test('the three stacks are there, versioned, each once', () => {
  expect(stacks.map(({ id }) => id)).toEqual(['observe', 'balanced', 'strict']);
  for (const stack of stacks) {
    expect(Number.isInteger(stack.version) && stack.version >= 1).toBe(true);
    expect(stackName(stack)).toBe(`${stack.id}@${stack.version}`);
    expect(findStack(stack.id)).toBe(stack);
    expect(findStack(stackName(stack))).toBe(stack);
  }
  expect(findStack('balanced@0')).toBeUndefined();
});

describe.each(stacks)('$id', (stack) => {
  test('has members that exist, need no model, can do what is asked of them, and stand in it once', () => {
    for (const { id, mode, why } of stack.members) {
      const defense = defenses.find((each) => each.id === id);
      expect(defense?.modes, id).toContain(mode);
      expect(defense?.needsModel ?? false, id).toBe(false);
      expect(why).toMatch(/^[^\n]{10,120}$/);
    }
    expect(new Set(stack.members.map(({ id }) => id)).size).toBe(stack.members.length);
  });

  test('is a defense set by its name, with or without version', () => {
    const [plain] = setsOf(stack.id);
    expect(plain?.name).toBe(stackName(stack));
    expect(plain?.members).toEqual(
      stack.members.map(({ id, mode, parameters }) => ({ id, mode, parameters })),
    );
    expect(setsOf(stackName(stack))).toEqual([plain]);
  });

  test('can be added to', () => {
    const [set] = setsOf({ use: [stack.id, 'spotlighting'] });
    expect(set?.name).toBe(`${stackName(stack)}+spotlighting`);
    expect(set?.members).toHaveLength(stack.members.length + 1);
  });
});

test('observe only observes', () => {
  expect(findStack('observe')?.members.every(({ mode }) => mode === 'observe')).toBe(true);
});

test('says what is wrong with a name', () => {
  expect(() => setsOf('balancd')).toThrow('did you mean balanced?');
  expect(() => setsOf('balanced:observe')).toThrow('balanced is a stack, which takes no mode');
});

test('no defense of the user’s takes the name of a stack', () => {
  const [defense] = defenses;
  expect(() => extendCatalog(catalog, { defenses: [{ ...defense, id: 'strict' } as never] })).toThrow(
    'taken',
  );
});
