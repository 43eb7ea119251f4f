import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { importantNotice } from '../../src/attacks/carriers/importantNotice.ts';
import { compatibility, composeAttack } from '../../src/attacks/compose.ts';
import { carriers, goals, vectors } from '../../src/attacks/index.ts';
import type { Carrier, Goal } from '../../src/contracts/attack.ts';
import { createSeed } from '../../src/contracts/seed.ts';
import { createToyEnvironment } from '../support/toyEnvironment.ts';
import { openAttacked, partsOf } from './session.ts';

const parts = partsOf({ vector: 'tool-result', carrier: 'important-notice', goal: 'exfiltrate' });
const toy = createToyEnvironment();

describe('the registries', () => {
  it('name every part once', () => {
    for (const registry of [vectors, carriers, goals]) {
      const ids = registry.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
    }
  });
});

describe.each(carriers)('the carrier $id', (carrier) => {
  const wishes = fc.record({ before: fc.string(), literal: fc.string({ minLength: 1 }), after: fc.string() });

  it('keeps the wish verbatim, by seed, at a bounded size', () => {
    fc.assert(
      fc.property(wishes, fc.nat(), ({ before, literal, after }, seed) => {
        const wish = { text: before + literal + after, literals: [literal] };
        const payload = carrier.render(wish, createSeed(seed).rng());
        expect(payload.text).toContain(wish.text);
        expect(payload.literals).toEqual([literal]);
        expect(payload.text.length).toBeLessThan(wish.text.length + 500);
        expect(carrier.render(wish, createSeed(seed).rng())).toEqual(payload);
      }),
    );
  });
});

describe('the important notice', () => {
  it('varies in all its parts', () => {
    const wish = { text: 'Do it.', literals: [] };
    const lines = Array.from({ length: 60 }, (_, seed) =>
      importantNotice.render(wish, createSeed(seed).rng()).text.split('\n'),
    );
    const variants = [0, 1, 2, 3].map((place) => new Set(lines.map((each) => each[place])).size);
    expect(variants).toEqual([3, 3, 1, 3]);
  });
});

describe('composeAttack', () => {
  it('renders the aimed wish', async () => {
    const { attack, close } = await openAttacked(toy, parts);
    expect(attack.payload.text).toContain(attack.goal.wish.text);
    await close();
  });

  it('passes on why a goal is impossible', async () => {
    const { task, world, close } = await openAttacked(toy, parts);
    const scope = { task, world: { ...world, targets: {} }, rng: createSeed(1).rng() };
    expect(composeAttack(parts, scope)).toHaveProperty('impossible');
    await close();
  });

  it('refuses a carrier or goal that loses a literal', async () => {
    const shouting: Carrier = {
      ...parts.carrier,
      render: ({ text, literals }) => ({ text: text.toUpperCase(), literals }),
    };
    const careless: Goal = {
      ...parts.goal,
      aim: (world, seat) => {
        const aimed = parts.goal.aim(world, seat);
        return 'wish' in aimed ? { ...aimed, wish: { ...aimed.wish, literals: ['not there'] } } : aimed;
      },
    };
    await expect(openAttacked(toy, { ...parts, carrier: shouting })).rejects.toMatchObject({
      code: 'INVALID_DEFINITION',
    });
    await expect(openAttacked(toy, { ...parts, goal: careless })).rejects.toMatchObject({
      code: 'INVALID_DEFINITION',
    });
  });
});

describe('compatibility', () => {
  it('gives the reason of the vector or of the environment', () => {
    expect(compatibility(toy, parts)).toBe('compatible');
    const idle = { ...toy, services: [] };
    expect(compatibility(idle, parts)).toEqual(parts.vector.compatible(idle));
    const kind = { impossible: 'Nothing is secret here' };
    expect(compatibility({ ...toy, goals: { ...toy.goals, exfiltrate: kind } }, parts)).toEqual(kind);
  });
});
