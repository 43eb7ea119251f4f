/**
 * Lets one caller on in each turn of the event loop, in the order they came. Many that become ready at the same
 * moment then do not hold up everything else.
 */
export function createTurnstile(): () => Promise<void> {
  let last = Promise.resolve();
  return () => {
    last = last.then(() => new Promise((resolve) => setImmediate(resolve)));
    return last;
  };
}
