import type { Defense } from '../../contracts/defense.ts';
import { dualModel } from './dualModel/index.ts';
import { guardModel } from './guardModel/index.ts';
import { llmDetector } from './llmDetector.ts';
import { maskedRerun } from './maskedRerun.ts';
import { taskAlignment } from './taskAlignment.ts';

/** Defenses that ask a model. */
export const modelDefenses: readonly Defense[] = [
  llmDetector,
  guardModel,
  taskAlignment,
  maskedRerun,
  dualModel,
];
