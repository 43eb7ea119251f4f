import { isValid } from '../experiment/metrics/measured.ts';
import type { Progress } from '../experiment/runner.ts';
import { count } from '../report/text.ts';

const redrawMs = 100;
const barWidth = 24;

/** How far a run is: a bar on a terminal, a line at every tenth elsewhere. */
export interface ProgressBar {
  update(progress: Progress): void;
  /** Removes the bar. */
  end(): void;
}

/** The part of a terminal stream that a bar needs. */
export type BarStream = Pick<NodeJS.WriteStream, 'isTTY' | 'columns'> & { write(text: string): unknown };

export function createProgressBar(stream: BarStream): ProgressBar {
  return stream.isTTY ? drawnBar(stream) : writtenLines(stream);
}

function drawnBar(stream: BarStream): ProgressBar {
  const textOf = createProgressText();
  let drawnAt = 0;
  return {
    update(progress) {
      const text = textOf(progress);
      const now = performance.now();
      const { done, planned } = progress;
      if (now - drawnAt < redrawMs && done < planned) return;
      drawnAt = now;
      const filled = Math.floor((barWidth * done) / Math.max(1, planned));
      const line = `[${'#'.repeat(filled)}${'.'.repeat(barWidth - filled)}]  ${text}`;
      stream.write(`\r\u001b[2K${line.slice(0, Math.max(10, (stream.columns || 80) - 1))}`);
    },
    end() {
      if (drawnAt > 0) stream.write('\r\u001b[2K');
      drawnAt = 0;
    },
  };
}

/** The end needs no line: the report follows. */
function writtenLines(stream: BarStream): ProgressBar {
  const textOf = createProgressText();
  const tenthOf = (done: number, planned: number): number => Math.floor((10 * done) / Math.max(1, planned));
  let written: number | undefined;
  return {
    update(progress) {
      const text = textOf(progress);
      const { done, planned } = progress;
      written ??= tenthOf(done - 1, planned);
      const tenth = tenthOf(done, planned);
      if (tenth === written || done >= planned) return;
      written = tenth;
      stream.write(`${tenth * 10}%  ${text}\n`);
    },
    end: () => undefined,
  };
}

/** Words for where a run is; must be told of every episode. */
function createProgressText(): (progress: Progress) => string {
  let first: { readonly done: number; readonly at: number } | undefined;
  let invalid = 0;
  return ({ done, planned, status }) => {
    const now = performance.now();
    first ??= { done: done - 1, at: now };
    if (!isValid(status)) invalid++;
    const seconds = ((now - first.at) / Math.max(1, done - first.done)) * (planned - done) * 0.001;
    return [
      `${count(done)}/${count(planned)} episodes`,
      ...(invalid > 0 ? [`${count(invalid)} invalid`] : []),
      `${Math.ceil(seconds)} s left`,
    ].join('  ');
  };
}
