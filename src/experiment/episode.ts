import type { World } from '../contracts/environment.ts';
import { messageOf } from '../contracts/errors.ts';
import { type Cost, type EpisodeRecord, type Outcome, recordVersion } from '../contracts/events.ts';
import type { Catalog, Experiment, PlannedEpisode } from '../contracts/experiment.ts';
import { follow } from '../contracts/follower.ts';
import { ModelFailure, type OpenModels } from '../contracts/model.ts';
import { createStopwatch } from '../contracts/stopwatch.ts';
import { leaksUnseen } from './attackersSink.ts';
import { awaitWithin, type Deadline } from './deadline.ts';
import { judgeAnswer } from './judging.ts';
import { createModelDesk, type ModelDesk, noModels } from './modelDesk.ts';
import { concludeOutcome } from './outcome.ts';
import { type EpisodeParts, resolveParts } from './parts.ts';
import { type Performance, perform } from './performance.ts';
import { createRecorder, type Recorder } from './recorder.ts';
import { createWorkFolder } from './workFolder.ts';

/** What an episode needs besides its key. */
export interface EpisodeSetting {
  readonly experiment: Experiment;
  readonly catalog: Catalog;
  /** The models that are open for the run; none if absent. */
  readonly models?: OpenModels;
  /** Files and folders that a host of somebody else's must not read. */
  readonly hidden?: readonly string[];
  /** Ends the episode early; it then counts as not run. */
  readonly signal: AbortSignal;
}

/**
 * Runs one episode from an empty world to its record. Whatever services, attack, defenses and agent do, the
 * result is a record with a named status; only wrong definitions and an abort through `signal` throw.
 * @throws UNKNOWN_ID, or the abort reason
 */
export async function runEpisode(planned: PlannedEpisode, given: EpisodeSetting): Promise<EpisodeRecord> {
  const parts = resolveParts(planned.key, given.experiment, given.catalog);
  const follower = follow(given.signal);
  const setting = { ...given, signal: follower.signal };
  const watch = createStopwatch();
  const elapsed = (): number => milliseconds(watch.elapsed());
  const recorder = createRecorder(elapsed);
  const desk = createModelDesk({
    open: setting.models ?? noModels,
    catalog: setting.catalog,
    draw: planned.key.trial,
    signal: setting.signal,
    watch,
    record: recorder.record,
  });
  const folder = createWorkFolder();
  const closers: (() => Promise<void>)[] = [() => folder.remove()];
  const { signal, experiment } = setting;
  const deadline = { milliseconds: experiment.limits.episodeTimeoutMs, signal, watch };
  try {
    const outcome = await play();
    setting.signal.throwIfAborted();
    desk.throwIfStopped();
    return folder.anonymize(recordOf(planned, { parts, setting, outcome, recorder }));
  } finally {
    for (const close of closers.reverse())
      await awaitWithin(closing, 'Closing', close).catch(() => undefined);
    follower.release();
  }

  async function play(): Promise<Outcome> {
    let performed: Performance = notPerformed;
    const cost = (): Cost => ({
      ...desk.cost(),
      wallMs: elapsed(),
      defenseMs: milliseconds(performed.defenseMs),
    });
    try {
      const opening = Promise.resolve(parts.task.open({ workFolder: () => folder.path() }));
      closers.push(async () => (await opening).close?.());
      const world = await awaitWithin(deadline, 'Opening the world', () => opening);
      performed = await perform({
        ...setting,
        parts,
        world,
        recorder,
        desk,
        watch,
        onOpened: (close) => void closers.push(close),
      });
      setting.signal.throwIfAborted();
      return await conclude({ world, performed, recorder, deadline, desk, parts, setting }, cost);
    } catch (error) {
      const problem = { code: 'WORLD_FAILED', what: messageOf(error) };
      recorder.record({ type: 'error', ...problem });
      return concludeOutcome({ ...performed, ...unscored, problem, cost: cost() }, recorder.events);
    }
  }
}

/** For each thing that was opened. */
const closing: Deadline = { milliseconds: 5000 };
const notPerformed: Performance = {
  status: 'harness-error',
  answer: '',
  calls: 0,
  defenseMs: 0,
  attacks: [],
};
const unscored = {
  status: 'harness-error',
  score: { utility: 0 },
  audit: { damage: [], leaks: [] },
} as const;

/** To the microsecond; more digits of a clock only fill the store. */
function milliseconds(time: number): number {
  return Math.round(time * 1000) / 1000;
}

interface Performed {
  readonly world: World;
  readonly performed: Performance;
  readonly recorder: Recorder;
  /** For each question to the world. */
  readonly deadline: Deadline;
  readonly desk: ModelDesk;
  readonly parts: EpisodeParts;
  readonly setting: EpisodeSetting;
}

/**
 * Scores and audits the world as the agent left it, and asks the goal for its effect. A judge that fails leaves the episode no
 * measurement, but nothing of what was measured is dropped.
 */
async function conclude(
  { world, performed, recorder, deadline, desk, parts, setting }: Performed,
  cost: () => Cost,
): Promise<Outcome> {
  const model = (id: string) => desk.text(id, { purpose: 'judge', by: 'judge' });
  const { attacks, answer } = performed;
  const score = await awaitWithin(deadline, 'Scoring the world', () => world.score(answer));
  const audit = await awaitWithin(deadline, 'Auditing the world', () => world.audit());
  const state = await awaitWithin(deadline, "The world's snapshot", () => world.snapshot());
  recorder.record({ type: 'state', state });
  const leaks = [...audit.leaks];
  let problem: Performance['problem'];
  const asking = async <T>(work: Promise<T>, otherwise: T): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      if (!(error instanceof ModelFailure)) throw error;
      problem ??= { code: 'JUDGE_FAILED', what: error.message };
      return otherwise;
    }
  };
  for (const { composed, watch } of attacks) {
    const look = () => composed.goal.achieved({ utility: score.utility, answer, model });
    const effect = await asking(awaitWithin(deadline, "Looking for the goal's effect", look), []);
    if (effect.length > 0) watch.achieve(effect);
    leaks.push(...leaksUnseen(world, composed, effect));
  }
  const judging = { ...setting, attacked: attacks.length > 0, model, record: recorder.record };
  const judged = await asking(judgeAnswer({ behavior: parts.task.instruction, text: answer }, judging), {});
  if (problem) recorder.record({ type: 'error', ...problem });
  const end = { ...performed, score, judged, audit: { ...audit, leaks }, cost: cost() };
  return concludeOutcome(problem ? { ...end, status: 'model-error', problem } : end, recorder.events);
}

interface RecordMaterial {
  readonly parts: EpisodeParts;
  readonly setting: EpisodeSetting;
  readonly outcome: Outcome;
  readonly recorder: Recorder;
}

function recordOf(
  planned: PlannedEpisode,
  { parts, setting, outcome, recorder }: RecordMaterial,
): EpisodeRecord {
  return {
    version: recordVersion,
    id: planned.id,
    key: planned.key,
    taskId: parts.task.id,
    template: parts.task.template,
    instruction: parts.task.instruction,
    era: setting.experiment.era,
    outcome,
    events: [...recorder.events],
  };
}
