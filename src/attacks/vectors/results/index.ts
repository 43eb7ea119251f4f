import type { Vector } from '../../../contracts/attack.ts';
import { embeddedResource, fakeTurnMarkers, structuredResult, userImpersonation } from './blocks.ts';
import { neverEndingResult, oversizedResult } from './floods.ts';
import { linkContents, resourceLink } from './links.ts';
import { falseError, suppressedResult } from './refusals.ts';
import { retrieval } from './retrieval.ts';
import { splitResults } from './splitResults.ts';
import { toolResult } from './toolResult.ts';

/** What results of tools can carry. */
export const resultVectors: readonly Vector[] = [
  toolResult,
  structuredResult,
  embeddedResource,
  resourceLink,
  linkContents,
  falseError,
  suppressedResult,
  userImpersonation,
  fakeTurnMarkers,
  retrieval,
  oversizedResult,
  neverEndingResult,
  splitResults,
];
