import type { EpisodeRecord } from '../../contracts/events.ts';
import type { Experiment, PlannedEpisode } from '../../contracts/experiment.ts';
import type { OpenModels } from '../../contracts/model.ts';
import { createTurnstile } from '../../contracts/turnstile.ts';
import { isExternal } from '../catalog.ts';
import { noModels } from '../modelDesk.ts';
import { startMember } from './member.ts';

/** Threads that run episodes, so that a run uses more than one processor. */
export interface Crew {
  /**
   * Runs an episode as `runEpisode` does, in the thread that has the fewest under way.
   * @throws as `runEpisode` does; INTERNAL when the thread ends
   */
  perform(planned: PlannedEpisode, signal: AbortSignal): Promise<EpisodeRecord>;
  /** Ends the threads, and what is still under way in them. */
  close(): Promise<void>;
}

export interface CrewOptions {
  readonly threads: number;
  /** The models that are open for the run; their calls are made in this thread. None if absent. */
  readonly models?: OpenModels;
}

/**
 * Starts threads for the episodes of an experiment. What its ids mean, each thread finds in the files that the experiment
 * names, and among the parts that come with SafeMCP: parts that are given from code cannot go to another thread.
 */
export function openCrew(experiment: Experiment, { threads, models = noModels }: CrewOptions): Crew {
  const data = {
    experiment,
    models: models.models.map(({ id }) => id),
    classifiers: models.classifiers.map(({ id }) => id),
  };
  const turn = createTurnstile();
  const members = Array.from({ length: threads }, () => startMember(data, models, turn));
  return {
    perform(planned, signal) {
      const [first, ...others] = members;
      if (!first) throw new RangeError('A crew has at least one thread');
      const idlest = others.reduce((best, each) => (each.load() < best.load() ? each : best), first);
      return idlest.perform(planned, signal);
    },
    async close() {
      await Promise.all(members.map((member) => member.close()));
    },
  };
}

/** Why the episodes of an experiment have to stay in the main thread; undefined if they need not. */
export function staysInMainThread(experiment: Experiment): string | undefined {
  // Processes are ended with the process that started them, which a thread cannot see to when it is ended itself.
  if (experiment.agents.some((id) => isExternal(experiment, id))) return 'an external agent starts programs';
  if (experiment.environmentFiles?.length) return 'environments from files start programs';
  return undefined;
}
