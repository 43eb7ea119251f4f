import { z } from 'zod';

/** An address as the tools of mail, calendar and contacts take it. */
export const address = z
  .string()
  .max(254)
  .regex(/^[^\s@<>]+@[^\s@<>]+$/, 'must be an address like name@company.example');
