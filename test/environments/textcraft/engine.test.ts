import { describe, expect, test } from 'vitest';
import { createEngine, type Inventory } from '../../../src/environments/textcraft/engine.ts';
import { planFor } from '../../../src/environments/textcraft/plan.ts';
import { commandOf, type Ingredient, type Recipe } from '../../../src/environments/textcraft/recipe.ts';
import { craftingDepths, loadRecipes } from '../../../src/environments/textcraft/recipeBook.ts';
import { fc } from '../../support/properties.ts';

function item(name: string, count = 1): Ingredient {
  return { kind: 'item', name, count };
}

function tag(name: string, count = 1): Ingredient {
  return { kind: 'tag', name, count };
}

function recipe(output: string, inputs: readonly Ingredient[], more: Partial<Recipe> = {}): Recipe {
  return { output, count: 1, inputs, ...more };
}

const oak = recipe('oak_planks', [item('oak_log')], { count: 4, group: 'planks' });
const elm = recipe('elm_planks', [item('elm_log')], { count: 4, group: 'planks' });
const stick = recipe('stick', [tag('planks', 2)], { count: 4 });
const sign = recipe('sign', [tag('planks', 3), item('stick')]);

describe('loading recipes', () => {
  test('leaves out a recipe whose input needs its output, so that load order decides what is raw', () => {
    const ingot = recipe('ingot', [item('nugget', 9)]);
    const nugget = recipe('nugget', [item('ingot')], { count: 9 });
    const ingotFirst = loadRecipes([ingot, nugget]);
    expect([ingotFirst.recipesFor('ingot').length, ingotFirst.recipesFor('nugget').length]).toEqual([1, 0]);
    const nuggetFirst = loadRecipes([nugget, ingot]);
    expect([nuggetFirst.recipesFor('ingot').length, nuggetFirst.recipesFor('nugget').length]).toEqual([0, 1]);
  });

  test('looks through several recipes for what an input needs', () => {
    const chain = [recipe('b', [item('a')]), recipe('c', [item('b')]), recipe('a', [item('c')])];
    expect(loadRecipes(chain).recipesFor('a')).toEqual([]);
  });

  test('leaves out single inputs that end in _block, but knows their items', () => {
    const book = loadRecipes([
      recipe('gem', [item('gem_block')], { count: 9 }),
      recipe('x', [item('y_block'), item('z')]),
    ]);
    expect(book.recipesFor('gem')).toEqual([]);
    expect([book.isItem('gem'), book.isItem('gem_block'), book.recipesFor('x').length]).toEqual([
      true,
      true,
      1,
    ]);
  });

  test('gives an output its group as a tag, unless both have the same name', () => {
    const book = loadRecipes([oak, recipe('dye', [item('root')], { group: 'dye' })]);
    expect([book.tagOf('oak_planks'), book.isTag('planks')]).toEqual(['planks', true]);
    expect([book.tagOf('dye'), book.isTag('dye')]).toEqual([undefined, false]);
  });

  test('makes an item of a tag that nothing craftable has', () => {
    const book = loadRecipes([recipe('fire', [tag('coals'), tag('planks')]), oak]);
    expect([book.isTag('coals'), book.isItem('coals')]).toEqual([false, true]);
    expect(book.recipesFor('fire')[0]?.inputs).toEqual([item('coals'), tag('planks')]);
  });

  test('measures depth along the shortest way', () => {
    const long = recipe('torch', [item('stick'), item('coal')]);
    const short = recipe('torch', [item('tar')]);
    const depths = craftingDepths(loadRecipes([oak, stick, long, short, sign]));
    expect(Object.fromEntries(depths)).toEqual({ oak_planks: 1, stick: 2, torch: 1, sign: 3 });
  });
});

describe('the engine', () => {
  const engine = createEngine(
    [oak, elm, stick, sign, recipe('sign', [item('nail', 2), item('elm_planks')])],
    'game',
  );
  const holding = (items: Record<string, number>): Inventory => new Map(Object.entries(items));

  test.each([
    ['oak log', 'Got 2 oak log'],
    ['nail', 'Got 2 nail'],
    ['oak_log', 'Got 2 oak_log'],
    ['stick', 'Could not find stick'],
    ['planks', 'Could not find planks'],
    ['nothing, 5 such', 'Could not find nothing, 5 such'],
    ['Oak log', 'Could not find Oak log'],
  ])('get 2 %s: %s', (name, text) => {
    const inventory = holding({});
    expect(engine.get(inventory, { item: name, count: 2 }).text).toBe(text);
    expect(inventory.size).toBe(text.startsWith('Got') ? 1 : 0);
  });

  test('lists the inventory in the order in which items came', () => {
    expect(engine.list(holding({})).text).toBe('Inventory: You are not carrying anything.');
    expect(engine.list(holding({ oak_log: 2, stick: 1 })).text).toBe('Inventory: [oak log] (2) [stick] (1) ');
  });

  test('crafts with any one item of a tag, and takes the inputs away', () => {
    const inventory = holding({ elm_planks: 5, stick: 1 });
    const order = {
      item: 'sign',
      count: 1,
      ingredients: [
        { item: 'stick', count: 1 },
        { item: 'elm planks', count: 3 },
      ],
    };
    expect(engine.craft(inventory, order)).toMatchObject({ kind: 'crafted', text: 'Crafted 1 game:sign' });
    expect(Object.fromEntries(inventory)).toEqual({ elm_planks: 2, sign: 1 });
  });

  test('takes an alternative recipe, and does not look at the claimed count', () => {
    const inventory = holding({ elm_planks: 1, nail: 2 });
    const order = {
      item: 'sign',
      count: 99,
      ingredients: [
        { item: 'nail', count: 2 },
        { item: 'elm planks', count: 1 },
      ],
    };
    expect(engine.craft(inventory, order).text).toBe('Crafted 1 game:sign');
  });

  const missing = 'Could not find enough items to craft game:';
  const invalid = (names: string, count: number): string =>
    `Could not find a valid recipe for ItemTagWithCount(item_tag=ItemTag(${names}), count=${count})`;
  test.each([
    ['too few', 'stick', [['oak planks', 9]], `${missing}stick`],
    ['the tag itself', 'stick', [['planks', 2]], `${missing}stick`],
    [
      'the same item twice',
      'stick',
      [
        ['oak planks', 5],
        ['oak planks', 5],
      ],
      `${missing}stick`,
    ],
    ['a wrong count', 'stick', [['oak planks', 3]], invalid("tag=None, item_id='game:stick'", 7)],
    [
      'two kinds of a tag',
      'stick',
      [
        ['oak planks', 1],
        ['elm planks', 1],
      ],
      invalid("tag=None, item_id='game:stick'", 7),
    ],
    [
      'an extra input',
      'stick',
      [
        ['oak planks', 2],
        ['stick', 1],
      ],
      invalid("tag=None, item_id='game:stick'", 7),
    ],
    ['a raw output', 'oak log', [['stick', 1]], invalid("tag=None, item_id='game:oak_log'", 7)],
    ['a tag as output', 'planks', [['stick', 1]], invalid("tag='game:planks', item_id=None", 7)],
  ] as const)('refuses %s', (_, output, inputs, text) => {
    const inventory = holding({ oak_planks: 8, elm_planks: 8, stick: 3 });
    const ingredients = inputs.map(([name, count]) => ({ item: name, count }));
    expect(engine.craft(inventory, { item: output, count: 7, ingredients })).toEqual({
      kind: 'refused',
      text,
    });
    expect(Object.fromEntries(inventory)).toEqual({ oak_planks: 8, elm_planks: 8, stick: 3 });
  });

  test('never holds less than nothing, whatever is ordered', () => {
    const amount = fc.record({
      item: fc.constantFrom(
        'oak log',
        'elm log',
        'oak planks',
        'elm planks',
        'stick',
        'planks',
        'sign',
        'nail',
      ),
      count: fc.integer({ min: 1, max: 4 }),
    });
    const step = fc.record({ output: amount, ingredients: fc.array(amount, { minLength: 1, maxLength: 3 }) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const inventory = holding({ oak_planks: 6, stick: 2 });
        for (const { output, ingredients } of steps) {
          engine.get(inventory, output);
          engine.craft(inventory, { ...output, ingredients });
          expect([...inventory.values()].every((count) => count > 0)).toBe(true);
        }
      }),
    );
  });
});

describe('planning', () => {
  const book = loadRecipes([oak, elm, stick, sign]);
  const commands = new Set([elm, stick, sign].map(commandOf));

  test('uses listed recipes only, and what earlier steps leave over', () => {
    const steps = planFor(book, commands, 'sign').map((step) =>
      step.kind === 'get' ? `get ${step.count} ${step.item}` : `craft ${step.order.item}`,
    );
    // Five planks are needed: three and two of the four that each log gives.
    expect(steps).toEqual([
      'get 1 elm log',
      'craft elm planks',
      'get 1 elm log',
      'craft elm planks',
      'craft stick',
      'craft sign',
    ]);
  });
});
