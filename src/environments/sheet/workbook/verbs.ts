import { cellVerbs } from './cellVerbs.ts';
import { readingVerbs } from './readingVerbs.ts';
import { structureVerbs } from './structureVerbs.ts';
import type { Verb } from './verb.ts';

/** Everything that can be done with a workbook, by name. */
export const verbs: ReadonlyMap<string, Verb> = new Map(
  [...structureVerbs, ...cellVerbs, ...readingVerbs].map((verb) => [verb.name, verb]),
);
