import type { Exchange, McpNotification, PassedNotification, Tap, WireContext } from '../contracts/wire.ts';

/** Composes the `hostRequest` steps; the first tap is the outermost. */
export function composeHostRequest(taps: readonly Tap[], last: Exchange): Exchange {
  return taps.reduceRight((next, tap) => tap.hostRequest?.(next) ?? next, last);
}

/** Composes the `serviceRequest` steps; the service's end is the outermost, so the last tap comes first. */
export function composeServiceRequest(taps: readonly Tap[], last: Exchange): Exchange {
  return taps.reduce((next, tap) => tap.serviceRequest?.(next) ?? next, last);
}

/** Takes a notification through `taps` in the order given; undefined when one dropped it. */
export function passNotification(
  taps: readonly Tap[],
  message: McpNotification,
  context: WireContext,
): PassedNotification {
  let current = message;
  for (const [index, tap] of taps.entries()) {
    const passed = tap.notification ? tap.notification(current, context) : current;
    if (passed instanceof Promise)
      return passed.then((later) => later && passNotification(taps.slice(index + 1), later, context));
    if (passed === undefined) return undefined;
    current = passed;
  }
  return current;
}
