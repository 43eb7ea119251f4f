import type { Vector } from '../../../contracts/attack.ts';
import { lineJumping, toolFlood, toolName } from './decoys.ts';
import { serverIdentity, serviceInstructions } from './opening.ts';
import { listPages } from './pages.ts';
import { schemaBomb, schemaRef } from './references.ts';
import {
  defaultValue,
  enumValue,
  fullSchema,
  outputSchema,
  parameterName,
  schemaExample,
} from './schemas.ts';
import { splitSchema, splitTools } from './split.ts';
import { annotationTitle, parameterDescription, toolDescription, toolTitle } from './texts.ts';

/** What an agent reads when it plans. */
export const metadataVectors: readonly Vector[] = [
  toolDescription,
  toolTitle,
  toolName,
  parameterDescription,
  parameterName,
  enumValue,
  defaultValue,
  annotationTitle,
  outputSchema,
  schemaExample,
  fullSchema,
  serviceInstructions,
  serverIdentity,
  splitTools,
  splitSchema,
  lineJumping,
  schemaRef,
  schemaBomb,
  toolFlood,
  listPages,
];
