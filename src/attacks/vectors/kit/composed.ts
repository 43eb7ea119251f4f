import type { Tap } from '../../../contracts/wire.ts';

/** One tap out of several that take requests of the host, the host's side first. */
export function composed(name: string, taps: readonly Tap[]): Tap {
  return {
    name,
    hostRequest: (next) => taps.reduceRight((exchange, tap) => tap.hostRequest?.(exchange) ?? exchange, next),
  };
}
