import type { GoalInstance, VectorInstance } from '../contracts/attack.ts';
import { isSafeMcpError, messageOf, SafeMcpError } from '../contracts/errors.ts';
import { type Impossible, isImpossible } from '../contracts/goal.ts';

/**
 * What a part gives, which may come from code that no compiler has checked.
 * @throws INVALID_DEFINITION that names the part when it fails
 */
export function ofPart<T>(part: string, give: () => T): T {
  try {
    const given = give();
    return given instanceof Promise ? (given.catch((error: unknown) => blame(part, error)) as T) : given;
  } catch (error) {
    return blame(part, error);
  }
}

function blame(part: string, error: unknown): never {
  if (isSafeMcpError(error)) throw error;
  throw new SafeMcpError('INVALID_DEFINITION', `The ${part} failed: ${messageOf(error)}`, {
    where: part,
    hint: 'docs/own-parts.md says what each part gives',
    cause: error,
  });
}

/** @throws Error that names what is missing */
export function checkVector(instance: VectorInstance): VectorInstance {
  const given: Partial<VectorInstance> = instance;
  if (typeof given.seat?.service !== 'string') throw new TypeError('place() must give a seat with a service');
  if (typeof given.tap !== 'function') throw new TypeError('place() must give tap()');
  return instance;
}

/** @throws Error that names what is missing */
export function checkGoal(instance: GoalInstance | Impossible): GoalInstance | Impossible {
  if (isImpossible(instance)) return instance;
  const { wish, ...given }: Partial<GoalInstance> = instance;
  if (typeof wish?.text !== 'string' || !Array.isArray(wish.literals))
    throw new TypeError('aim() must give a wish with text and literals');
  for (const name of ['carryOut', 'owns', 'achieved'] as const)
    if (typeof given[name] !== 'function') throw new TypeError(`aim() must give ${name}()`);
  return instance;
}
