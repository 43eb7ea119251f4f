import { SafeMcpError } from '../../../contracts/errors.ts';
import type { FailureKind } from '../../../contracts/model.ts';
import { meaningOfRefusal, refusalHints, refusalText } from '../../../contracts/modelRefusal.ts';
import type { Ending } from './observer.ts';

/** What a call of a host's model has come to; neither is there when it was answered. */
interface Judgement {
  readonly failure?: FailureKind;
  /** No other call would do better: the whole run has to stop. */
  readonly hopeless?: SafeMcpError;
}

/** What all calls of a host's model have come to so far. */
export interface Standing {
  /**
   * How the call that ended last has failed; undefined when it gave an answer. Only calls of the model that the host was told
   * to ask count, if there are any: hosts also ask small models of their own choice, and go on without.
   */
  readonly failure: FailureKind | undefined;
  /** Notes how a call has ended; gives the reason when the whole run has to stop. */
  add(model: string, ending: Ending): SafeMcpError | undefined;
}

/** @param model what the host was told to ask; empty when it chooses by itself */
export function createStanding(model: string, endpoint: string): Standing {
  let told: Judgement | undefined;
  let other: Judgement | undefined;
  let answered = false;
  return {
    get failure() {
      return (told ?? other)?.failure;
    },
    add(asked, ending) {
      const judgement = judge(ending, endpoint);
      if (model !== '' && asked !== model) {
        other = judgement;
        return undefined;
      }
      told = judgement;
      answered ||= judgement.failure === undefined;
      return answered ? undefined : judgement.hopeless;
    },
  };
}

/** @param where the endpoint */
function judge(ending: Ending, where: string): Judgement {
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
