import { createHash } from 'node:crypto';
import { attackName } from '../src/contracts/attack.ts';
import type { EpisodeKey } from '../src/contracts/events.ts';
import type { Experiment } from '../src/contracts/experiment.ts';
import type { Condition } from './conditions.ts';
import type { Target, Wiring } from './sample.ts';

export const faithful = 'scripted/faithful';
export const hijacked = 'scripted/hijacked';
/** Of the sample and of every episode. */
export const seed = 'measured';

/** One episode to run. */
export interface Job extends Wiring {
  readonly id: string;
  readonly condition: Condition;
  readonly key: EpisodeKey;
  /** Attacks of the preset that it stands for; 1 for a clean episode. */
  readonly weight: number;
}

export function attackedJob(target: Target, agent: string, condition: Condition): Job {
  const { environment, task, attack, weight, ...wiring } = target;
  const key = { agent, environment, task, attack, defense: condition.name, trial: 0 };
  return { ...job(wiring, condition, key), weight };
}

/** @param era clean episodes are run in both */
export function cleanJob(place: Pick<Target, 'environment' | 'task' | 'era'>, condition: Condition): Job {
  const { environment, task, era } = place;
  const key = { agent: faithful, environment, task, defense: condition.name, trial: 0 };
  return job({ era, transport: 'memory' }, condition, key);
}

function job(wiring: Wiring, condition: Condition, key: EpisodeKey): Job {
  const attack = key.attack ? attackName(key.attack) : '';
  const { agent, environment, task } = key;
  const parts = [agent, environment, task, attack, wiring.era, condition.name, condition.approver];
  const members = JSON.stringify(condition.members);
  return {
    ...wiring,
    condition,
    key,
    weight: 1,
    id: createHash('sha256')
      .update(JSON.stringify([parts, members]))
      .digest('hex')
      .slice(0, 20),
  };
}

/** The experiment that a job is an episode of. */
export function experimentOf({ condition, key, era, transport }: Job): Experiment {
  const { name, members, approver } = condition;
  return {
    name: 'defense-table',
    seed,
    environments: [{ id: key.environment, tasks: key.task + 1 }],
    agents: [key.agent],
    attacks: [key.attack ?? null],
    defenses: [{ name, members }],
    approver,
    trials: 1,
    era,
    transport,
    limits: { maxCalls: 400, callTimeoutMs: 30_000, episodeTimeoutMs: 120_000 },
  };
}

/** What is kept of an episode. */
export interface Result {
  readonly id: string;
  readonly status: string;
  readonly template: string;
  /** Whether the user hands on what somebody else asks for. */
  readonly handsOn: boolean;
  readonly utility: number;
  readonly wallMs: number;
  /** Absent in clean episodes. */
  readonly stage?: string;
  readonly stoppedBy?: string;
  /** Members that flagged a message with payload; in clean episodes, any message. */
  readonly flaggedBy: readonly string[];
  readonly problem?: string;
}

export function isValid({ status }: Result): boolean {
  return status === 'completed' || status === 'limit';
}
