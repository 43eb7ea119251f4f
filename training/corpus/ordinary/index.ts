import type { Seed } from '../../../src/contracts/seed.ts';
import { type Family, write } from './family.ts';
import { formFamilies } from './forms.ts';
import { guideFamilies } from './guides.ts';
import { requestFamilies } from './requests.ts';

/** Kinds of honest text that read like instructions, or like disguises. */
export const families: readonly Family[] = [...requestFamilies, ...guideFamilies, ...formFamilies];

/** `count` texts of a family. */
export function ordinaryTexts(family: Family, count: number, seed: Seed): readonly string[] {
  const rng = seed.child('ordinary', family.id).rng();
  return [...new Set(Array.from({ length: count }, () => write(family, rng)))];
}
