import type { Goal } from '../../contracts/attack.ts';
import { actionGoals } from './action.ts';
import { crossService } from './crossService.ts';
import { disinform } from './disinform.ts';
import { sinkGoals } from './exfiltrate.ts';
import { exfiltrateArgument } from './exfiltrateArgument.ts';
import { exfiltrateElicitation } from './exfiltrateElicitation.ts';
import { exfiltrateError } from './exfiltrateError.ts';
import { exfiltrateHeader } from './exfiltrateHeader.ts';
import { exfiltrateLink } from './exfiltrateLink.ts';
import { phish } from './phish.ts';
import { stall } from './stall.ts';

export { createBehaviorGoal } from './behaviors/behaviorSet.ts';
export { readBehaviors } from './behaviors/rows.ts';

/** All goals that ship with SafeMCP; a behavior set is the user's own. */
export const goals: readonly Goal[] = [
  ...sinkGoals,
  exfiltrateLink,
  exfiltrateArgument,
  exfiltrateError,
  exfiltrateElicitation,
  exfiltrateHeader,
  crossService,
  ...actionGoals,
  disinform,
  phish,
  stall,
];
