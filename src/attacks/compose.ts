import {
  attackName,
  type Carrier,
  type Deliver,
  type Goal,
  type GoalInstance,
  type Payload,
  type Surroundings,
  type Vector,
  type VectorInstance,
  type Wish,
} from '../contracts/attack.ts';
import type { Environment, Task, World } from '../contracts/environment.ts';
import { SafeMcpError } from '../contracts/errors.ts';
import { type Impossible, isImpossible } from '../contracts/goal.ts';
import type { TextModel } from '../contracts/model.ts';
import type { Rng, Seed } from '../contracts/seed.ts';
import type { Tap } from '../contracts/wire.ts';
import { checkGoal, checkVector, ofPart } from './ownPart.ts';

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

/** Where an attack meets a world. */
export interface AttackScope {
  readonly environment: Environment;
  readonly task: Task;
  readonly world: World;
  /** Vector, goal and carrier draw from children of their own, so the payload is the same on every vector. */
  readonly seed: Seed;
  /** Lets carriers use the form that the literature runs with a model. */
  readonly model?: TextModel;
}

/**
 * Seats the vector, aims the goal and renders the payload. The same scope gives the same attack.
 * @throws INVALID_DEFINITION when a goal or carrier loses a literal
 */
export async function composeAttack(
  parts: AttackParts,
  scope: AttackScope,
): Promise<ComposedAttack | Impossible> {
  const { task, world, seed } = scope;
  const rngOf = (part: string, id: string): Rng => seed.child(part, id).rng();
  const vector = ofPart(`vector ${parts.vector.id}`, () =>
    checkVector(parts.vector.place({ task, world, rng: rngOf('vector', parts.vector.id) })),
  );
  const goal = ofPart(`goal ${parts.goal.id}`, () =>
    checkGoal(parts.goal.aim(world, vector.seat, rngOf('goal', parts.goal.id))),
  );
  if (isImpossible(goal)) return goal;
  checkLiterals(goal.wish, `the wish of ${parts.goal.id}`, task.id);
  const rendered = await ofPart(`carrier ${parts.carrier.id}`, () =>
    render(parts, { wish: goal.wish, service: vector.seat.service }, scope),
  );
  const payload = vector.shape?.(rendered) ?? rendered;
  checkLiterals(payload, `the payload of ${nameOf(parts)}`, task.id);
  return { vector, goal, payload };
}

function render(
  { carrier, goal }: AttackParts,
  { wish, service }: { readonly wish: Wish; readonly service: string },
  { environment, seed, model }: AttackScope,
): Payload | Promise<Payload> {
  const rng = seed.child('carrier', carrier.id, goal.id).rng();
  const surroundings: Surroundings = {
    service,
    topic: environment.title,
    tools: environment.services.flatMap(({ name, tools }) => tools.map((tool) => ({ service: name, tool }))),
  };
  return model && carrier.rewrite
    ? carrier.rewrite(wish, { rng, surroundings, model })
    : carrier.render(wish, rng, surroundings);
}

/** What the attack puts on the wires, at the services' ends, by service. */
export function attackTaps(
  { vector, goal, payload }: ComposedAttack,
  deliver: Deliver,
): ReadonlyMap<string, Tap> {
  const own = vector.tap(payload, deliver, goal);
  return new Map([...(vector.others?.(payload, deliver) ?? []), [vector.seat.service, own]]);
}

type Compatibility = 'compatible' | Impossible;

/** Whether the parts can meet in an environment, decided without opening a world. */
export function compatibility(environment: Environment, parts: AttackParts): Compatibility {
  return createCompatibility(environment)(parts);
}

/** {@link compatibility} for many attacks in one environment: every vector, and every goal on it, is asked once. */
export function createCompatibility(environment: Environment): (parts: AttackParts) => Compatibility {
  const seats = new Map<Vector, { readonly seat: Compatibility; readonly goals: Map<Goal, Compatibility> }>();
  return (parts) => {
    const { vector, goal } = parts;
    const known = seats.get(vector) ?? {
      seat: vector.compatible(environment),
      goals: new Map<Goal, Compatibility>(),
    };
    seats.set(vector, known);
    if (isImpossible(known.seat)) return known.seat;
    const travels = carriage(parts);
    if (isImpossible(travels)) return travels;
    const reached = known.goals.get(goal) ?? goal.compatible(environment, vector);
    known.goals.set(goal, reached);
    return reached;
  };
}

/** Whether the carrier's text, or its goal, can travel on the vector at all. */
function carriage({ vector, carrier, goal }: AttackParts): Compatibility {
  if (vector.actsAlone && carrier.id !== 'direct')
    return { impossible: `${vector.id} needs no words, so it comes with the carrier direct only` };
  if (vector.actsAlone && !goal.actsAlone)
    return { impossible: `${goal.id} needs an agent that obeys, and ${vector.id} acts without one` };
  if (carrier.readability === 'split' && vector.places === 'one')
    return { impossible: `${vector.id} has one place, and ${carrier.id} needs several` };
  return 'compatible';
}

function checkLiterals({ text, literals }: Wish, what: string, task: string): void {
  const lost = literals.find((literal) => !text.includes(literal));
  if (lost === undefined) return;
  throw new SafeMcpError('INVALID_DEFINITION', `${JSON.stringify(lost)} is missing in ${what}`, {
    where: task,
    hint: 'Literals must survive verbatim',
  });
}

/** The name of an attack by its parts: `VECTOR/CARRIER/GOAL`. */
export function nameOf({ vector, carrier, goal }: AttackParts): string {
  return attackName({ vector: vector.id, carrier: carrier.id, goal: goal.id });
}
