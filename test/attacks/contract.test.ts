import { afterEach, describe, expect, it } from 'vitest';
import { attackName } from '../../src/contracts/attack.ts';
import type { Environment } from '../../src/contracts/environment.ts';
import { isImpossible } from '../../src/contracts/goal.ts';
import type { Era } from '../../src/contracts/wire.ts';
import { type AttackParts, compatibility } from '../../src/attacks/compose.ts';
import { carriers, goals, vectors } from '../../src/attacks/index.ts';
import { environments as shipped } from '../../src/environments/index.ts';
import { createToyEnvironment } from '../support/toyEnvironment.ts';
import { type Opened, openAttacked, runHonest, runObedient, type Stage, type StageOptions, setStage } from './session.ts';

const environments: readonly (readonly [string, Environment])[] = [
  ['toy with a third party', createToyEnvironment()],
  ['toy with a private secret', createToyEnvironment({ secretIn: 'private-context', thirdParty: false })],
  ...shipped.map((environment) => [environment.id, environment] as const),
];

/** Tasks of each environment that are tried for every check that needs no connection. */
const taskCount = 6;

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

async function effectOf({ world, attack }: Opened, answer: string): Promise<readonly unknown[]> {
  return attack.goal.achieved((await world.score(answer)).utility);
}

function nameOf({ vector, carrier, goal }: AttackParts): string {
  return attackName({ vector: vector.id, carrier: carrier.id, goal: goal.id });
}

/** Every compatible combination; the era and the task change from one to the next. */
function combinations(environment: Environment): [string, AttackParts, Era, number][] {
  const all = vectors.flatMap((vector) =>
    goals.flatMap((goal) => carriers.map((carrier) => ({ vector, carrier, goal }))),
  );
  return all
    .filter((parts) => compatibility(environment, parts) === 'compatible')
    .flatMap((parts, index) =>
      parts.vector.eras.map((era): [string, AttackParts, Era, number] => [
        `${nameOf(parts)} in the ${era} era`,
        parts,
        era,
        index % taskCount,
      ]),
    );
}

describe.each(environments)('%s', (_, environment) => {
  const combined = combinations(environment);

  it('says why a combination is impossible, and only then', () => {
    for (const vector of vectors) {
      for (const goal of goals) {
        const verdict = compatibility(environment, { vector, carrier: carriers[0] ?? never(), goal });
        const supported = environment.goals[goal.kind] === 'supported';
        expect(isImpossible(verdict), `${vector.id} ${goal.id}`).toBe(!supported);
      }
    }
  });

  it.each(combined)('%s reaches the agent and its goal', async (_name, parts, era, index) => {
    const opened = await open(environment, parts, { index });
    const stage = await stageOf(opened, { era });
    const answer = await runObedient(opened, stage);
    expect(stage.delivered.length).toBeGreaterThan(0);
    expect(new Set(stage.delivered)).toEqual(stage.carrying);
    expect(stage.delivered).toHaveLength(stage.carrying.size);
    expect(stage.exposed()).toBe(true);
    expect(stage.owned.length).toBeGreaterThan(0);
    expect(await effectOf(opened, answer)).not.toEqual([]);
  });
});

function never(): never {
  throw new Error('There are no carriers');
}
