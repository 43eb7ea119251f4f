import type { Defense } from '../../contracts/defense.ts';
import { whitelist } from './whitelist.ts';

/** Deterministic passive detectors. */
export const detectors: readonly Defense[] = [whitelist];
