import type { Exchange } from '../../../contracts/wire.ts';

/** One defense's step on the way of a request. */
export type Step = (next: Exchange) => Exchange;

/** Several steps as one; the first is nearest to the host. */
export function inOrder(...steps: readonly Step[]): Step {
  return (next) => steps.reduceRight((exchange, step) => step(exchange), next);
}
