import { z } from 'zod';
import { httpsOrigin } from './addresses.ts';

const address = z.string().refine((text) => httpsOrigin(text) !== undefined, 'Expected an https address');

export const elicitationParameters = z.strictObject({
  /** Origins (or addresses, of which the origin counts) that any service may ask the user to open. */
  origins: z.array(address).default([]),
  /** The services' own addresses, by name; each may ask the user to open pages of its own origin. */
  urls: z.record(z.string(), address).default({}),
  /** Whether services may ask the host's model. */
  sampling: z.boolean().default(false),
  /** Questions per service and connection. */
  questions: z.int().min(0).default(5),
  /** Fields of one form. */
  fields: z.int().min(0).default(8),
  /** Longest text above a form, and longest text of a field, in characters. */
  textLength: z.int().min(0).default(500),
  /** `fields`: the user reads which fields are asked for in the host's words, and none of the service's. */
  show: z.enum(['as-sent', 'fields']).default('as-sent'),
});

export type ElicitationParameters = z.output<typeof elicitationParameters>;
