/** What was used in the last minute, against what may be. */
export interface MinuteWindow {
  /** Milliseconds until `amount` fits; 0 when it does now. More than the whole limit fits into an empty minute. */
  waitFor(amount: number): number;
  /** Uses it; the returned function puts in place of an estimate what it really was. */
  use(amount: number): (real: number) => void;
}

const minute = 60_000;

/** @param limit amount per minute; infinite for none */
export function createMinuteWindow(limit: number, now: () => number): MinuteWindow {
  const uses: { readonly at: number; amount: number }[] = [];
  const forget = (): void => {
    const oldest = now() - minute;
    const kept = uses.findIndex(({ at }) => at > oldest);
    uses.splice(0, kept < 0 ? uses.length : kept);
  };
  return {
    waitFor(amount) {
      if (limit === Number.POSITIVE_INFINITY) return 0;
      forget();
      let excess = uses.reduce((sum, use) => sum + use.amount, 0) + amount - limit;
      for (const use of uses) {
        if (excess <= 0) return 0;
        excess -= use.amount;
        if (excess <= 0 || use === uses.at(-1)) return use.at + minute - now();
      }
      return 0;
    },
    use(amount) {
      if (limit === Number.POSITIVE_INFINITY) return () => undefined;
      const use = { at: now(), amount };
      uses.push(use);
      return (real) => {
        use.amount = real;
      };
    },
  };
}
