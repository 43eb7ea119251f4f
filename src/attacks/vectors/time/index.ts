import type { Vector } from '../../../contracts/attack.ts';
import { rugPullPrompts, toolInjection } from './appearing.ts';
import { behaviorTurn } from './behaviorTurn.ts';
import { cloakingCaller, cloakingHistory } from './cloaking.ts';
import { rugPull, rugPullCached, rugPullIdentity, rugPullSilent } from './rugPull.ts';

/** Services that are honest at first, or to some. */
export const timeVectors: readonly Vector[] = [
  rugPull,
  rugPullSilent,
  rugPullCached,
  rugPullIdentity,
  rugPullPrompts,
  toolInjection,
  behaviorTurn,
  cloakingCaller,
  cloakingHistory,
];
