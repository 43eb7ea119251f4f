import { afterEach, describe, expect, it } from 'vitest';
import {
  type AttackParts,
  type AttackScope,
  type ComposedAttack,
  compatibility,
  composeAttack,
} from '../../src/attacks/compose.ts';
import { carriers, goals, vectors } from '../../src/attacks/index.ts';
import type { AttackId, Carrier, Goal } from '../../src/contracts/attack.ts';
import { isImpossible } from '../../src/contracts/goal.ts';
import type { TextModel } from '../../src/contracts/model.ts';
import { createSeed } from '../../src/contracts/seed.ts';
import { builtInCatalog } from '../../src/experiment/catalog.ts';
import { partsOf } from '../../src/experiment/parts.ts';
import { createToyEnvironment } from '../support/toyEnvironment.ts';

const toy = createToyEnvironment();
const parts = named({ vector: 'tool-result', carrier: 'important-notice', goal: 'exfiltrate' });

function named(attack: AttackId): AttackParts {
  return partsOf(attack, builtInCatalog());
}

const closers: (() => Promise<void> | undefined)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function scopeOf(seed = 'attack'): Promise<AttackScope> {
  const task = toy.task(createSeed('tasks'), 0);
  const world = await task.open({ workFolder: () => Promise.reject(new Error('not needed')) });
  closers.push(() => world.close?.());
  return { environment: toy, task, world, seed: createSeed(seed) };
}

async function compose(each: AttackParts, scope?: Partial<AttackScope>): Promise<ComposedAttack> {
  const attack = await composeAttack(each, { ...(await scopeOf()), ...scope });
  if (isImpossible(attack)) throw new Error(attack.impossible);
  return attack;
}

describe('the registries', () => {
  it('name every part once', () => {
    for (const registry of [vectors, carriers, goals]) {
      const ids = registry.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
    }
  });
});

describe('composeAttack', () => {
  it('renders the aimed wish', async () => {
    const attack = await compose(parts);
    expect(attack.payload.text).toContain(attack.goal.wish.text);
  });

  it('gives the same attack from the same seed, and others from others', async () => {
    const texts = [];
    for (const seed of ['a', 'a', 'b', 'c', 'd', 'e', 'f'])
      texts.push((await compose(parts, { seed: createSeed(seed) })).payload.text);
    expect(texts[0]).toBe(texts[1]);
    expect(new Set(texts).size).toBeGreaterThan(1);
  });

  it('gives the same payload on every vector that speaks from the same seat', async () => {
    const plain = vectors.filter(({ group, actsAlone }) => group === 'metadata' && !actsAlone);
    const texts = new Set<string>();
    for (const vector of plain.filter(({ places }) => places === 'one'))
      texts.add((await compose({ ...parts, vector })).payload.text);
    expect(plain.length).toBeGreaterThan(0);
    expect(texts.size).toBe(1);
  });

  it('passes on why a goal is impossible', async () => {
    const scope = await scopeOf();
    const bare = { ...scope, world: { ...scope.world, targets: {} } };
    expect(await composeAttack(parts, bare)).toHaveProperty('impossible');
  });

  it('lets a carrier write with a model when there is one', async () => {
    const model: TextModel = { id: 'test', complete: (prompt) => Promise.resolve(`(${prompt.user})`) };
    const carrier: Carrier = {
      ...parts.carrier,
      rewrite: async ({ text, literals }, scope) => ({
        text: await scope.model.complete({ system: '', user: text, maxTokens: 100 }),
        literals,
      }),
    };
    const attack = await compose({ ...parts, carrier }, { model });
    expect(attack.payload.text).toBe(`(${attack.goal.wish.text})`);
    const offline = await compose({ ...parts, carrier });
    expect(offline.payload.text).not.toBe(attack.payload.text);
  });

  it('refuses a carrier or goal that loses a literal', async () => {
    const shouting: Carrier = {
      ...parts.carrier,
      render: ({ text, literals }) => ({ text: text.toUpperCase(), literals }),
    };
    const careless: Goal = {
      ...parts.goal,
      aim: (...scope) => {
        const aimed = parts.goal.aim(...scope);
        return 'wish' in aimed ? { ...aimed, wish: { ...aimed.wish, literals: ['not there'] } } : aimed;
      },
    };
    for (const broken of [
      { ...parts, carrier: shouting },
      { ...parts, goal: careless },
    ])
      await expect(compose(broken)).rejects.toMatchObject({ code: 'INVALID_DEFINITION' });
  });
});

describe('compatibility', () => {
  it('gives the reason of the vector or of the goal', () => {
    expect(compatibility(toy, parts)).toBe('compatible');
    const idle = { ...toy, services: [] };
    expect(compatibility(idle, parts)).toEqual(parts.vector.compatible(idle));
    const reason = { impossible: 'Nothing is secret here' };
    expect(compatibility({ ...toy, goals: { ...toy.goals, exfiltrate: reason } }, parts)).toEqual(reason);
  });

  it('keeps split payloads from vectors with one place', () => {
    const split: Carrier = { ...parts.carrier, readability: 'split' };
    expect(compatibility(toy, { ...parts, carrier: split })).toHaveProperty('impossible');
    const vector = { ...parts.vector, places: 'several' as const };
    expect(compatibility(toy, { ...parts, vector, carrier: split })).toBe('compatible');
  });

  it('gives a vector that acts alone no words, and no goal that needs an agent', () => {
    const vector = { ...parts.vector, actsAlone: true };
    const calls = { ...parts.goal, actsAlone: true };
    const direct = named({ vector: 'tool-result', carrier: 'direct', goal: 'exfiltrate' }).carrier;
    expect(compatibility(toy, { vector, carrier: parts.carrier, goal: calls })).toHaveProperty('impossible');
    expect(compatibility(toy, { vector, carrier: direct, goal: parts.goal })).toHaveProperty('impossible');
    expect(compatibility(toy, { vector, carrier: direct, goal: calls })).toBe('compatible');
  });
});
