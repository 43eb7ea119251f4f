import type { Cell, RunResult } from '../../contracts/cell.ts';
import type { EpisodeRecord } from '../../contracts/events.ts';
import type { Run } from '../../contracts/experiment.ts';
import { logHeader, taskIdOf } from './header.ts';
import type { SampleCounts } from './results.ts';
import { inspectSample, sampleId } from './sample.ts';
import { countScores, type ScorerName, scoresOf } from './scores.ts';
import { strictJson } from './strictJson.ts';
import { type Subject, subjectOf } from './subject.ts';
import { createUsage, type Usage } from './usage.ts';

/** What one log is about: Inspect has one task and one model in each. */
export interface LogPlace {
  readonly agent: string;
  readonly environment: string;
  readonly defense: string;
}

/** What went by while the samples of a log were made. */
export interface SeenSamples extends SampleCounts {
  readonly sampleIds: ReadonlySet<string>;
  readonly usage: Usage;
  /** Milliseconds that the episodes took, added up. */
  readonly wallMs: number;
}

/** All that a header is made from. */
export interface LogParts {
  readonly run: Run;
  readonly cells: readonly Cell[];
  readonly place: LogPlace;
  readonly subject: Subject;
  readonly seen: SeenSamples;
  /** Version of SafeMCP that writes the log. */
  readonly writer: string;
}

/** A log of Inspect in the making. What comes first in the file is known last, so that no more than a sample is held. */
export interface InspectLog {
  readonly fileName: string;
  readonly place: LogPlace;
  /** The samples of these episodes, as JSON, one after the other; to be read to the end, once. */
  samples(records: AsyncIterable<EpisodeRecord>): AsyncGenerator<string>;
  /** The text before and after the samples, which a comma separates. Complete once all samples were read. */
  frame(): { readonly head: string; readonly tail: string };
}

/** The logs of a run, one for every agent, environment and defense set. */
export function inspectLogs({ run, cells }: RunResult, writer: string): InspectLog[] {
  const groups = new Map<string, [LogPlace, Cell[]]>();
  for (const cell of cells) {
    const { agent, environment, defense } = cell;
    const name = JSON.stringify([agent, environment, defense]);
    const group = groups.get(name) ?? [{ agent, environment, defense }, []];
    group[1].push(cell);
    groups.set(name, group);
  }
  return [...groups.values()].map(([place, own]) => createLog({ run, cells: own, place, writer }));
}

function createLog(parts: Omit<LogParts, 'subject' | 'seen'>): InspectLog {
  const { run, place } = parts;
  const { experiment } = run;
  const subject = subjectOf(experiment, place.agent);
  const scope = {
    subject,
    runId: run.id,
    limits: experiment.limits,
    start: Date.parse(run.startedAt),
    defended: experiment.defenses.some(({ name, members }) => name === place.defense && members.length > 0),
  };
  const scored = new Map<ScorerName, number>();
  const sampleIds = new Set<string>();
  const usage = createUsage();
  const seen = { total: 0, completed: 0, scored, sampleIds, usage, wallMs: 0 };
  const note = (record: EpisodeRecord): void => {
    const scores = scoresOf(record, scope.defended);
    seen.total++;
    if (scores) {
      seen.completed++;
      countScores(scores, scored);
    }
    seen.wallMs += record.outcome.cost.wallMs;
    sampleIds.add(sampleId(record));
    for (const event of record.events)
      if (event.type === 'model' && event.reply.kind !== 'labels')
        usage.add(subject.modelName(event.model), event);
  };
  return {
    fileName: fileNameOf(run, place),
    place,
    async *samples(records) {
      for await (const record of records) {
        note(record);
        yield strictJson(inspectSample(record, scope));
      }
    },
    frame: () => ({
      head: `${strictJson(logHeader({ ...parts, subject, seen })).slice(0, -1)},"samples":[\n`,
      tail: '\n]}\n',
    }),
  };
}

/** As Inspect names its files, so that its list shows task and id without opening them. */
function fileNameOf(run: Run, place: LogPlace): string {
  const time = run.startedAt.slice(0, 19).replaceAll(':', '-');
  const task = place.environment.replace(/[^A-Za-z0-9]+/g, '-').slice(0, 80);
  return `${time}-00-00_${task}_${taskIdOf(run, place)}.json`;
}
