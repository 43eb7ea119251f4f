import type { Vector } from '../../contracts/attack.ts';
import { betweenVectors } from './between/index.ts';
import { metadataVectors } from './metadata/index.ts';
import { parameterVectors } from './parameters/index.ts';
import { primitiveVectors } from './primitives/index.ts';
import { resultVectors } from './results/index.ts';
import { timeVectors } from './time/index.ts';

/** All vectors that ship with SafeMCP. */
export const vectors: readonly Vector[] = [
  ...metadataVectors,
  ...betweenVectors,
  ...parameterVectors,
  ...resultVectors,
  ...timeVectors,
  ...primitiveVectors,
];
