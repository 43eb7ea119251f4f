import type { Defense } from '../../contracts/defense.ts';
import { budget } from './budget/index.ts';
import { elicitationGuard } from './elicitation/index.ts';
import { invariants } from './invariants/index.ts';
import { namespace } from './namespace.ts';
import { instructionHierarchy, sandwich, selfReminder } from './prompts/index.ts';
import { sanitize } from './sanitize/index.ts';
import { toolFilter } from './toolFilter.ts';

/** Active defenses that need no model of their own. */
export const guards: readonly Defense[] = [
  invariants,
  namespace,
  sanitize,
  toolFilter,
  budget,
  elicitationGuard,
  sandwich,
  selfReminder,
  instructionHierarchy,
];
