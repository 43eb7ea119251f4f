import { attackName } from '../../contracts/attack.ts';
import type { EpisodeSummary } from '../../contracts/experiment.ts';
import { isValid, wasHarmed } from '../metrics/measured.ts';

/** What comparing needs of one valid episode. */
export interface Fact {
  readonly agent: string;
  readonly defense: string;
  readonly environment: string;
  /** Name of the attack; null in the clean condition. */
  readonly attack: string | null;
  /** Environment and number of the task: trials and attacks on one task are not independent. */
  readonly task: string;
  readonly trial: number;
  readonly delivered: boolean;
  readonly achieved: boolean;
  readonly harmed: boolean;
  /** Defenses that flagged payload; in a clean episode, anything. */
  readonly flaggedBy: readonly string[];
  readonly utility: number;
}

/** The facts of a run. */
export interface Facts {
  /** By everything that the key holds but agent and defense set, within these two. */
  readonly byPlace: ReadonlyMap<string, ReadonlyMap<string, Fact>>;
  /** What the user asked for in each task. */
  readonly instructions: ReadonlyMap<string, string>;
  readonly episodes: number;
  readonly invalid: number;
  /** Episodes that are no valid measurement, by agent and defense set. */
  readonly invalidByPlace: ReadonlyMap<string, { readonly attacked: number; readonly clean: number }>;
}

/** One text for an agent with a defense set. */
export function placeOf(agent: string, defense: string): string {
  return JSON.stringify([agent, defense]);
}

/** One text for a trial of a task under an attack, or null for none. */
export function factKey(task: string, trial: number, attack: string | null): string {
  return JSON.stringify([task, trial, attack]);
}

/** Reads the summaries once and keeps a few values of each. */
export async function gatherFacts(summaries: AsyncIterable<EpisodeSummary>): Promise<Facts> {
  const byPlace = new Map<string, Map<string, Fact>>();
  const instructions = new Map<string, string>();
  const invalidByPlace = new Map<string, { attacked: number; clean: number }>();
  let [episodes, invalid] = [0, 0];
  for await (const { key, outcome, instruction } of summaries) {
    episodes++;
    const { agent, environment, defense } = key;
    const place = placeOf(agent, defense);
    if (!isValid(outcome.status)) {
      invalid++;
      const counts = invalidByPlace.get(place) ?? { attacked: 0, clean: 0 };
      counts[key.attack ? 'attacked' : 'clean']++;
      invalidByPlace.set(place, counts);
      continue;
    }
    const task = `${environment}/${key.task}`;
    const attack = key.attack ? attackName(key.attack) : null;
    instructions.set(task, instruction);
    const facts = byPlace.get(place) ?? new Map<string, Fact>();
    byPlace.set(place, facts);
    const stage = outcome.attack?.stage ?? 'planned';
    facts.set(factKey(task, key.trial, attack), {
      agent,
      defense,
      environment,
      attack,
      task,
      trial: key.trial,
      delivered: stage !== 'planned',
      achieved: stage === 'achieved',
      harmed: wasHarmed(outcome.harm),
      flaggedBy: outcome.detection.flaggedBy,
      utility: outcome.utility,
    });
  }
  return { byPlace, instructions, episodes, invalid, invalidByPlace };
}
