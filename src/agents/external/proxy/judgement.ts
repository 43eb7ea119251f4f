import { SafeMcpError } from '../../../contracts/errors.ts';
import type { FailureKind } from '../../../contracts/model.ts';
import { meaningOfRefusal, refusalHints, refusalText } from '../../../contracts/modelRefusal.ts';
import type { Ending } from './observer.ts';

/** What a call of a host's model has come to; neither is there when it was answered. */
export interface Judgement {
  readonly failure?: FailureKind;
  /** No other call would do better: the whole run has to stop. */
  readonly hopeless?: SafeMcpError;
}

/** @param where the endpoint */
export function judge(ending: Ending, where: string): Judgement {
  if (ending.kind === 'lost') {
    const { failure, what, nobody } = ending;
    return {
      failure,
      ...(nobody && hopeless('MODEL_NOT_FOUND', `Nothing answers at the address: ${what}`, where)),
    };
  }
  if (ending.status < 400) return {};
  const { means } = meaningOfRefusal(ending.status, ending.body);
  return means === 'MODEL_KEY' || means === 'MODEL_NOT_FOUND'
    ? { failure: 'bad-request', ...hopeless(means, refusalText(ending.status, ending.body), where) }
    : { failure: means };
}

function hopeless(code: keyof typeof refusalHints, message: string, where: string): Judgement {
  return {
    hopeless: new SafeMcpError(code, `The host's model: ${message}`, { where, hint: refusalHints[code] }),
  };
}
