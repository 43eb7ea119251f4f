import type { Progress } from '../experiment/runner.ts';
import { count } from '../report/text.ts';

const redrawMs = 100;
const barWidth = 24;

/** A progress bar on a terminal; nothing elsewhere. */
export interface ProgressBar {
  update(progress: Progress): void;
  /** Removes the bar. */
  end(): void;
}

/** The part of a terminal stream that a bar needs. */
export type BarStream = Pick<NodeJS.WriteStream, 'isTTY' | 'columns'> & { write(text: string): unknown };

export function createProgressBar(stream: BarStream): ProgressBar {
  if (!stream.isTTY) return { update: () => undefined, end: () => undefined };
  let first: { readonly done: number; readonly at: number } | undefined;
  let drawnAt = 0;
  let invalid = 0;
  return {
    update({ done, planned, status }) {
      const now = performance.now();
      first ??= { done: done - 1, at: now };
      if (status !== 'completed' && status !== 'limit') invalid++;
      if (now - drawnAt < redrawMs && done < planned) return;
      drawnAt = now;
      const filled = Math.floor((barWidth * done) / Math.max(1, planned));
      const seconds = ((now - first.at) / Math.max(1, done - first.done)) * (planned - done) * 0.001;
      const text = [
        `[${'#'.repeat(filled)}${'.'.repeat(barWidth - filled)}]`,
        `${count(done)}/${count(planned)} episodes`,
        ...(invalid > 0 ? [`${count(invalid)} invalid`] : []),
        `${Math.ceil(seconds)} s left`,
      ].join('  ');
      stream.write(`\r\u001b[2K${text.slice(0, Math.max(10, (stream.columns || 80) - 1))}`);
    },
    end() {
      if (drawnAt > 0) stream.write('\r\u001b[2K');
      drawnAt = 0;
    },
  };
}
