import type { Carrier } from '../../contracts/attack.ts';
import { mapped } from '../mappings.ts';

/** The baseline that every other carrier is compared with: the wish as it is. */
export const direct: Carrier = {
  id: 'direct',
  title: 'Direct',
  definition: 'The wish in plain words, without frame or disguise.',
  source: 'Baseline; the wording is ours',
  mappings: mapped('LLM01 ASI01'),
  readability: 'plain',
  render: ({ text, literals }) => ({ text, literals }),
};
