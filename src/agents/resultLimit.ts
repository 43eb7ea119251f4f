import { z } from 'zod';

/** About 25,000 tokens: what popular hosts let a result have, and a fraction of every usual window. */
const usualMost = 100_000;

/** How much an agent reads of one result; what overflows a model's window ends the episode. */
export const maxResultCharacters = z
  .number()
  .int()
  .min(100)
  .max(10_000_000)
  .default(usualMost)
  .describe('Characters of a result that the model is shown; it is told how many were left out.');
