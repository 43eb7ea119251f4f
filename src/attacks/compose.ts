import {
  attackName,
  type Carrier,
  type Goal,
  type GoalInstance,
  type Payload,
  type Vector,
  type VectorInstance,
  type VectorScope,
} from '../contracts/attack.ts';
import type { Environment } from '../contracts/environment.ts';
import { SafeMcpError } from '../contracts/errors.ts';
import { type Impossible, isImpossible } from '../contracts/goal.ts';

/** An attack before it meets a world. */
export interface AttackParts {
  readonly vector: Vector;
  readonly carrier: Carrier;
  readonly goal: Goal;
}

/** An attack aimed at one world. */
export interface ComposedAttack {
  readonly vector: VectorInstance;
  readonly goal: GoalInstance;
  readonly payload: Payload;
}

/**
 * Seats the vector, aims the goal and renders the payload. The same scope and seed give the same attack.
 * @throws INVALID_DEFINITION when a goal or carrier loses a literal
 */
export function composeAttack(parts: AttackParts, scope: VectorScope): ComposedAttack | Impossible {
  const vector = parts.vector.place(scope);
  const goal = parts.goal.aim(scope.world, vector.seat);
  if (isImpossible(goal)) return goal;
  checkLiterals(goal.wish, `the wish of ${parts.goal.id}`, scope.task.id);
  const payload = parts.carrier.render(goal.wish, scope.rng);
  checkLiterals(payload, `the payload of ${nameOf(parts)}`, scope.task.id);
  return { vector, goal, payload };
}

/** Whether the parts can meet in an environment, decided without opening a world. */
export function compatibility(environment: Environment, parts: AttackParts): 'compatible' | Impossible {
  const seat = parts.vector.compatible(environment);
  if (isImpossible(seat)) return seat;
  const support = environment.goals[parts.goal.kind];
  return isImpossible(support) ? support : 'compatible';
}

function checkLiterals({ text, literals }: Payload, what: string, task: string): void {
  const lost = literals.find((literal) => !text.includes(literal));
  if (lost === undefined) return;
  throw new SafeMcpError('INVALID_DEFINITION', `${JSON.stringify(lost)} is missing in ${what}`, {
    where: task,
    hint: 'Literals must survive verbatim',
  });
}

function nameOf({ vector, carrier, goal }: AttackParts): string {
  return attackName({ vector: vector.id, carrier: carrier.id, goal: goal.id });
}
