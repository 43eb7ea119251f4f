import { type AttackParts, compatibility } from '../../../src/attacks/compose.ts';
import { carriers, goals, vectors } from '../../../src/attacks/index.ts';
import { type AttackId, attackName } from '../../../src/contracts/attack.ts';
import type { Environment } from '../../../src/contracts/environment.ts';
import { createSeed, type Rng } from '../../../src/contracts/seed.ts';
import type { Era } from '../../../src/contracts/wire.ts';

/** One attack in one environment. */
export interface Combination {
  readonly name: string;
  readonly parts: AttackParts;
  readonly attack: AttackId;
  readonly era: Era;
  /** Number of the task. */
  readonly task: number;
}

/** Tasks of each environment that take turns. */
const taskCount = 12;

/** Whether all combinations are to be tried (`npm run test:full`), which takes hours. */
export const isFull = process.env['SAFEMCP_FULL'] === '1';

/** Combinations that make one test: each for itself, or all of a vector when there are too many to be listed. */
export function groupsOf(combinations: readonly Combination[]): [string, readonly Combination[]][] {
  if (!isFull) return combinations.map((each) => [each.name, [each]]);
  return vectors.flatMap(({ id }) => {
    const own = combinations.filter(({ attack }) => attack.vector === id);
    return own.length > 0 ? [[id, own] as [string, readonly Combination[]]] : [];
  });
}

/** All that is possible in an environment, or enough of it that every vector, carrier and goal takes part. */
export function combinationsIn(environment: Environment): Combination[] {
  if (isFull) return all(environment);
  const rng = createSeed('attack contract').child(environment.id).rng();
  return environment.id === 'office' ? sample(environment, rng, 'vectors') : sample(environment, rng, 'all');
}

function all(environment: Environment): Combination[] {
  return vectors.flatMap((vector) =>
    carriers.flatMap((carrier) =>
      goals.flatMap((goal) => possible(environment, { vector, carrier, goal }, goal.id.length)),
    ),
  );
}

/** Each part once, with others that change by seed; environments that start processes get their share of vectors only. */
function sample(environment: Environment, rng: Rng, size: 'all' | 'vectors'): Combination[] {
  const drawn = new Map<string, Combination>();
  const draw = (fixed: Partial<AttackParts>): void => {
    for (let attempt = 0; attempt < 60; attempt++) {
      const parts = {
        vector: rng.pick(vectors),
        carrier: rng.pick(carriers),
        goal: rng.pick(goals),
        ...fixed,
        ...(fixed.vector?.actsAlone && { carrier: carriers[0] ?? rng.pick(carriers) }),
      };
      const [found] = possible(environment, parts, rng.int(0, taskCount - 1));
      if (!found) continue;
      drawn.set(found.name, found);
      return;
    }
  };
  if (size === 'vectors') for (const vector of rng.sample(vectors, 8)) draw({ vector });
  else {
    for (const vector of vectors) draw({ vector });
    for (const carrier of carriers) draw({ carrier });
    for (const goal of goals) draw({ goal });
  }
  return [...drawn.values()];
}

/** The combination in the era that is its turn, if it is possible. */
function possible(environment: Environment, parts: AttackParts, turn: number): Combination[] {
  if (compatibility(environment, parts) !== 'compatible') return [];
  const { vector, carrier, goal } = parts;
  const attack = { vector: vector.id, carrier: carrier.id, goal: goal.id };
  const eras = vector.eras.filter((each) => goal.eras?.includes(each) ?? true);
  const era = eras[turn % Math.max(1, eras.length)];
  if (era === undefined) return [];
  const task = turn % taskCount;
  return [{ name: `${attackName(attack)} in task ${task}, ${era} era`, parts, attack, era, task }];
}
