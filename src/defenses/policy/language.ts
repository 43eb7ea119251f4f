import { type CelInput, celEnv, isCelError, parse, plan } from '@bufbuild/cel';
import { strings } from '@bufbuild/cel/ext';
import { SafeMcpError } from '../../contracts/errors.ts';

/** What an expression says of the facts. `unclear`: it cannot be worked out, such as for an argument that is absent. */
export type Answer = 'yes' | 'no' | 'unclear';

/** An expression of the Common Expression Language (cel.dev), ready to be asked. */
export type Condition = (facts: Readonly<Record<string, CelInput>>) => Answer;

const environment = celEnv({ funcs: strings });
/** Longest expression; what evaluating costs grows with it. */
const maxLength = 4000;

/**
 * Matching uses RE2, so no pattern takes longer than linear time.
 * @throws INVALID_EXPERIMENT when `expression` is no CEL
 */
export function readCondition(expression: string, where: string): Condition {
  if (expression.length > maxLength) throw invalid('it is too long', where);
  let evaluate: (facts: Readonly<Record<string, CelInput>>) => unknown;
  try {
    evaluate = plan(environment, parse(expression));
  } catch (error) {
    throw invalid(error instanceof Error ? error.message : String(error), where);
  }
  return (facts) => {
    try {
      const answer = evaluate(facts);
      if (typeof answer !== 'boolean' || isCelError(answer)) return 'unclear';
      return answer ? 'yes' : 'no';
    } catch {
      return 'unclear';
    }
  };
}

function invalid(problem: string, where: string): SafeMcpError {
  const [line = ''] = problem.split('\n');
  return new SafeMcpError('INVALID_EXPERIMENT', `The condition cannot be read: ${line.slice(0, 200)}`, {
    where,
    hint: 'Conditions are written in CEL, https://cel.dev',
  });
}
