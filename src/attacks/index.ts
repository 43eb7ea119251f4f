import type { Carrier, Goal, Vector } from '../contracts/attack.ts';
import { direct } from './carriers/direct.ts';
import { importantNotice } from './carriers/importantNotice.ts';
import { derail } from './goals/derail.ts';
import { destroy } from './goals/destroy.ts';
import { exfiltrate } from './goals/exfiltrate.ts';
import { rogueService } from './vectors/rogueService.ts';
import { rugPull, rugPullSilent } from './vectors/rugPull.ts';
import { toolDescription } from './vectors/toolDescription.ts';
import { toolResult } from './vectors/toolResult.ts';

/** All vectors, carriers and goals that ship with SafeMCP; an attack is one of each. */
export const vectors: readonly Vector[] = [toolDescription, toolResult, rugPull, rugPullSilent, rogueService];

export const carriers: readonly Carrier[] = [direct, importantNotice];

export const goals: readonly Goal[] = [exfiltrate, destroy, derail];
