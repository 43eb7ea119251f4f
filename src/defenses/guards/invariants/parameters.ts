import { z } from 'zod';

export const invariantParameters = z.strictObject({
  /** Listings of the defense's own per connection: by a neutral caller, and after calls. */
  probes: z.int().min(0).max(1000).default(8),
  /** Longest wait for one of them, in milliseconds. */
  probeMs: z.int().min(1).max(60_000).default(2000),
  /** Rounds of questions in which one request may be answered. */
  rounds: z.int().min(0).max(100).default(2),
  /** Longest time for which a list or resource may be kept, in milliseconds. */
  maxTtlMs: z.int().min(0).default(3_600_000),
});

export type InvariantParameters = z.output<typeof invariantParameters>;
