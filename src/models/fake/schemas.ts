import { z } from 'zod';

/** Shapes that several formats share. */

export const jsonObject = z.record(z.string(), z.json());

/** What OpenAI and Anthropic accept as the name of a tool. */
export const toolName = z.string().regex(/^[a-zA-Z0-9_-]{1,128}$/, 'does not match ^[a-zA-Z0-9_-]{1,128}$');

export const contentParts = z.array(
  z.looseObject({ type: z.string().max(100), text: z.string().optional() }),
);

export const textOrParts = z.union([z.string(), contentParts]);
