/** Measures time, but none in which somebody has to wait for a turn. */
export interface Stopwatch {
  /** Milliseconds that have run. */
  elapsed(): number;
  /** Stands still from `true` to `false`, and while any of several that wait at once does. */
  wait(waiting: boolean): void;
  /** Calls `reached` once so many more milliseconds have run. What it returns takes that back. */
  after(milliseconds: number, reached: () => void): () => void;
}

interface Alarm {
  readonly at: number;
  readonly reached: () => void;
  timer?: NodeJS.Timeout;
}

/** Runs from now on. */
export function createStopwatch(): Stopwatch {
  let ran = 0;
  let since = performance.now();
  let waiting = 0;
  const alarms = new Set<Alarm>();
  const elapsed = (): number => (waiting > 0 ? ran : ran + performance.now() - since);
  const arm = (alarm: Alarm): void => {
    alarm.timer = setTimeout(
      () => {
        alarms.delete(alarm);
        alarm.reached();
      },
      Math.max(0, alarm.at - elapsed()),
    );
  };
  const stop = (): void => {
    ran = elapsed();
    for (const { timer } of alarms) clearTimeout(timer);
  };
  const go = (): void => {
    since = performance.now();
    for (const alarm of alarms) arm(alarm);
  };
  return {
    elapsed,
    wait(begins) {
      if (begins && waiting === 0) stop();
      waiting += begins ? 1 : -1;
      if (!begins && waiting === 0) go();
    },
    after(milliseconds, reached) {
      const alarm: Alarm = { at: elapsed() + milliseconds, reached };
      alarms.add(alarm);
      if (waiting === 0) arm(alarm);
      return () => {
        clearTimeout(alarm.timer);
        alarms.delete(alarm);
      };
    },
  };
}
