import type { Defense } from '../contracts/defense.ts';
import { classifiers } from './classifier/index.ts';
import { detectors } from './detectors/index.ts';
import { flowDefenses } from './flow/index.ts';
import { guards } from './guards/index.ts';
import { modelDefenses } from './models/index.ts';
import { phraseDetector } from './phraseDetector.ts';
import { pinning } from './pinning/index.ts';
import { policyDefenses } from './policy/index.ts';
import { spotlighting } from './spotlighting.ts';

/** All defenses that come with SafeMCP. */
export const defenses: readonly Defense[] = [
  pinning,
  ...detectors,
  ...classifiers,
  ...guards,
  ...flowDefenses,
  ...policyDefenses,
  ...modelDefenses,
  spotlighting,
  phraseDetector,
];
