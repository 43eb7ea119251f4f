import type { Verification } from '../../../contracts/environment.ts';
import type { JsonObject } from '../../../contracts/json.ts';
import { gridOf } from '../grid/sheet.ts';
import { carryOut, fullMatch, type Outcome, type Session } from '../session.ts';
import { sheetNamed } from '../workbook/book.ts';
import { verbs } from '../workbook/verbs.ts';
import { type Runnable, runnableTask } from './importTasks.ts';
import { readRecordings } from './recordings.ts';

/**
 * Carries out the reference path of every task. Of the original's observations only the last is recorded, the
 * answer; so an episode has one step that can be compared. Its recorded reward is 1.
 * @throws FILE_UNREADABLE
 */
export async function verify(folder: string): Promise<Verification> {
  const { tasks, sheets } = await readRecordings(folder);
  const results = tasks.map((recorded) => ({ id: recorded.id, run: runnableTask(recorded, sheets) }));
  const ends = results.flatMap(({ run }) => (run.kind === 'runnable' ? [endOf(run)] : []));
  const equal = ends.filter((end) => end.equal).length;
  return {
    environment: 'sheet',
    episodes: ends.length,
    steps: ends.length,
    equalSteps: equal,
    equalEpisodes: equal,
    rewardEpisodes: ends.filter((end) => end.reward === 1).length,
    skipped: results.flatMap(({ id, run }) => (run.kind === 'incomplete' ? [{ id, reason: run.why }] : [])),
  };
}

interface End {
  /** Whether the last observation is the recorded one. */
  readonly equal: boolean;
  readonly reward: number;
}

/** A call that is refused changes nothing, as in the original. */
function endOf({ task, calls }: Runnable & { readonly kind: 'runnable' }): End {
  const answer = task.expected().grid;
  const session: Session = { book: task.start, heard: [], best: 0, answer: () => answer };
  for (const { tool, args } of calls) called(session, tool, args);
  const sheet = sheetNamed(session.book, task.target);
  const { equal, cells } = fullMatch(sheet ? gridOf(sheet) : [], answer);
  return { equal: equal === cells, reward: session.best };
}

function called(session: Session, tool: string, args: JsonObject): Outcome {
  const verb = verbs.get(tool);
  const parsed = verb?.input.safeParse(args);
  if (!verb || !parsed?.success) return { kind: 'refused', text: 'These arguments do not fit' };
  return carryOut(session, verb, parsed.data as JsonObject);
}
