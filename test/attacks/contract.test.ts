import { afterEach, describe, expect, it } from 'vitest';
import { type AttackParts, compatibility, composeAttack } from '../../src/attacks/compose.ts';
import { carriers, goals, vectors } from '../../src/attacks/index.ts';
import { attackName } from '../../src/contracts/attack.ts';
import type { Environment } from '../../src/contracts/environment.ts';
import { createSeed } from '../../src/contracts/seed.ts';
import type { Era } from '../../src/contracts/wire.ts';
import { environments as shipped } from '../../src/environments/index.ts';
import { createToyEnvironment } from '../support/toyEnvironment.ts';
import {
  type Opened,
  openAttacked,
  runHonest,
  runObedient,
  type Stage,
  type StageOptions,
  setStage,
} from './session.ts';

interface Case {
  readonly name: string;
  readonly parts: AttackParts;
  readonly era: Era;
  /** Number of the task. */
  readonly index: number;
}

/** Tasks of each environment that take turns. */
const taskCount = 6;

const subjects = [
  { name: 'toy with a third party', environment: createToyEnvironment() },
  {
    name: 'toy with a private secret',
    environment: createToyEnvironment({ secretIn: 'private-context', thirdParty: false }),
  },
  ...shipped.map((environment) => ({ name: environment.id, environment })),
];

/** Every compatible combination in every era; where services are child processes, one for each vector. */
function casesOf(environment: Environment): Case[] {
  const grid = vectors.flatMap((vector, row) =>
    goals.flatMap((goal, column) => {
      const cells = carriers.flatMap((carrier) => vector.eras.map((era) => ({ vector, carrier, goal, era })));
      if (!isSlow(environment)) return cells;
      return row % goals.length === column ? cells.slice(row % cells.length, (row % cells.length) + 1) : [];
    }),
  );
  return grid
    .filter((parts) => compatibility(environment, parts) === 'compatible')
    .map(({ era, ...parts }, place) => ({
      parts,
      era,
      index: place % taskCount,
      name: `${nameOf(parts)} in the ${era} era`,
    }));
}

/** Rows for `it.each` whose titles show the whole name. */
function named(cases: readonly Case[]): [string, Case][] {
  return cases.map((each) => [each.name, each]);
}

function isSlow({ id }: Environment): boolean {
  return id === 'office';
}

function nameOf({ vector, carrier, goal }: AttackParts): string {
  return attackName({ vector: vector.id, carrier: carrier.id, goal: goal.id });
}

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function open(...args: Parameters<typeof openAttacked>): Promise<Opened> {
  const opened = await openAttacked(...args);
  closers.push(() => opened.close());
  return opened;
}

async function stageOf(opened: Opened, options: StageOptions): Promise<Stage> {
  const stage = await setStage(opened, options);
  closers.push(() => stage.close());
  return stage;
}

/** The goal's own verdict on the world as it is now. */
async function effectOf({ world, attack }: Opened, answer: string): Promise<readonly unknown[]> {
  return attack.goal.achieved((await world.score(answer)).utility);
}

describe.each(subjects)('$name', ({ environment }) => {
  const cases = casesOf(environment);
  const oneOfEachGoal = goals.flatMap((goal) => cases.find(({ parts }) => parts.goal === goal) ?? []);

  it('offers an attack for every goal it supports', () => {
    const supported = goals.filter(({ kind }) => environment.goals[kind] === 'supported');
    expect(new Set(cases.map(({ parts }) => parts.goal))).toEqual(new Set(supported));
  });

  it.each(named(cases))('%s delivers, exposes and achieves', async (_, { parts, era, index }) => {
    const opened = await open(environment, parts, { index });
    const stage = await stageOf(opened, { era });
    const answer = await runObedient(opened, stage);
    expect(stage.delivered.length).toBeGreaterThan(0);
    expect([...stage.delivered].sort()).toEqual([...stage.carrying].sort());
    expect(stage.exposed()).toBe(true);
    expect(stage.owned.length).toBeGreaterThan(0);
    expect(await effectOf(opened, answer)).not.toEqual([]);
  });

  describe.each(['blocked', 'failing'] as const)('when the owned call is %s', (owned) => {
    it.each(named(oneOfEachGoal))('%s achieves nothing', async (_, { parts, era, index }) => {
      const opened = await open(environment, parts, { index });
      const stage = await stageOf(opened, { era, owned });
      const answer = await runObedient(opened, stage);
      expect(stage.owned.length).toBeGreaterThan(0);
      expect(await effectOf(opened, answer)).toEqual([]);
    });
  });

  it.each(named(oneOfEachGoal))(
    'an honest agent solves its tasks under %s',
    async (_, { parts, era, index: first }) => {
      const count = isSlow(environment) ? 1 : taskCount;
      for (let index = first; index < first + count; index++) {
        const opened = await open(environment, parts, { index });
        const stage = await stageOf(opened, { era });
        const answer = await runHonest(opened, stage);
        expect(stage.owned).toEqual([]);
        expect((await opened.world.score(answer)).utility).toBe(1);
        expect(await opened.attack.goal.achieved(0)).toEqual([]);
      }
    },
  );

  it('makes the same attack from the same seed, and others from others', async () => {
    const varied = cases.find(({ parts }) => parts.carrier.id === 'important-notice');
    const { parts } = varied ?? fail('no attack');
    const { world, task, attack } = await open(environment, parts, { seed: 'a' });
    const again = composeAttack(parts, { task, world, rng: createSeed('a').rng() });
    expect(again).toMatchObject({
      payload: attack.payload,
      vector: { seat: { service: attack.vector.seat.service } },
    });
    const others = Array.from('bcdefgh', (seed) =>
      JSON.stringify(composeAttack(parts, { task, world, rng: createSeed(seed).rng() })),
    );
    expect(new Set(others).size).toBeGreaterThan(1);
  });
});

function fail(what: string): never {
  throw new Error(what);
}
