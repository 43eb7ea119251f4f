import type { Vector } from '../../../contracts/attack.ts';
import { rogueInstructions } from './instructions.ts';
import { lookAlikeName, nameCollision } from './names.ts';
import { parasiticChain } from './parasiticChain.ts';
import { preference, redirection } from './persuasion.ts';
import { rogueService } from './rogueService.ts';
import { toolTransfer } from './transfer.ts';

/** What one service does to the use of another. */
export const betweenVectors: readonly Vector[] = [
  rogueService,
  nameCollision,
  lookAlikeName,
  preference,
  redirection,
  toolTransfer,
  parasiticChain,
  rogueInstructions,
];
