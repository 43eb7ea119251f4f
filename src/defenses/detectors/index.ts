import type { Defense } from '../../contracts/defense.ts';
import { hiddenText } from './hiddenText/index.ts';
import { schemaConsistency } from './schemaConsistency/index.ts';
import { secrets } from './secrets/index.ts';
import { whitelist } from './whitelist.ts';

/** Deterministic passive detectors. */
export const detectors: readonly Defense[] = [whitelist, hiddenText, schemaConsistency, secrets];
