import type { Vector } from '../../../contracts/attack.ts';
import { noticeVectors } from './notices.ts';
import { offeredVectors } from './offered.ts';
import { questionVectors } from './questions.ts';

/** What services can say besides their tools. */
export const primitiveVectors: readonly Vector[] = [...offeredVectors, ...noticeVectors, ...questionVectors];
