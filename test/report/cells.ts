import { attackName } from '../../src/contracts/attack.ts';
import type { Cell, CellMetrics, Metric, PairedDifference, RunResult } from '../../src/contracts/cell.ts';
import type { Experiment, Run } from '../../src/contracts/experiment.ts';
import { wilson } from '../../src/experiment/statistics/wilson.ts';

export const experiment: Experiment = {
  name: 'demo',
  seed: '1',
  environments: [{ id: 'todo', tasks: 8 }],
  agents: ['scripted/faithful', 'scripted/hijacked'],
  attacks: [
    null,
    { vector: 'tool-result', carrier: 'direct', goal: 'derail' },
    { vector: 'rug-pull', carrier: 'direct', goal: 'derail' },
  ],
  defenses: [
    { name: 'none', members: [] },
    { name: 'pinning', members: [{ id: 'pinning', mode: 'enforce', parameters: {} }] },
    {
      name: 'phrase-detector:observe',
      members: [{ id: 'phrase-detector', mode: 'observe', parameters: {} }],
    },
  ],
  trials: 1,
  era: '2025',
  transport: 'memory',
  limits: { maxCalls: 60, callTimeoutMs: 1000, episodeTimeoutMs: 1000 },
};

export const run: Run = {
  id: '20260101-000000-abcd',
  name: 'demo',
  state: 'finished',
  startedAt: '2026-01-01T00:00:00.000Z',
  planned: 144,
  stored: 144,
  experiment,
  skipped: [],
};

export interface Measured {
  readonly agent?: string;
  readonly environment?: string;
  readonly vector?: string;
  readonly defense?: string;
  /** Of 8 episodes. */
  readonly achieved?: number;
  readonly flagged?: number;
  readonly utility?: number;
  readonly invalid?: number;
  readonly floor?: boolean;
  /** Successes against the pairs without defense, and the p of the difference. */
  readonly change?: number;
  readonly p?: number;
}

const absent: Metric = { absent: 'not measured' };

function rate(k: number, n: number): Metric {
  return n === 0 ? { absent: 'no valid episodes' } : wilson(k, n);
}

function against({ change = 0, p = 1 }: Measured, pairs: number): PairedDifference {
  const difference = change / pairs;
  return {
    difference: { estimate: difference, low: -1, high: 1, k: change, n: pairs },
    p,
    pHolm: p,
    pairs,
  };
}

/** A cell of 8 episodes in which attacks that do not achieve their goal end at `delivered`, stopped by the defense. */
export function cell(measured: Measured): Cell {
  const { agent = 'scripted/hijacked', environment = 'todo', vector, defense = 'none' } = measured;
  const { achieved = 0, flagged = 0, utility = 8, invalid = 0, floor = false } = measured;
  const n = 8 - invalid;
  const metrics: CellMetrics = {
    asr: vector ? rate(achieved, n) : absent,
    hr: vector ? rate(achieved, n) : absent,
    dr: vector && defense !== 'none' ? rate(flagged, n) : absent,
    fpr: !vector && defense !== 'none' ? rate(flagged, n) : absent,
    utility: rate(Math.min(utility, n), n),
    ralAttack: absent,
    ralDefense: absent,
    ralBoth: absent,
    nrp: absent,
    defenseMs: defense === 'none' || n === 0 ? absent : { estimate: 0.5, low: 0.4, high: 0.6, k: n / 2, n },
    extraMs: absent,
    extraTokens: absent,
    extraUsd: absent,
  };
  const paired = vector !== undefined && defense !== 'none';
  const attack = vector ? { vector, carrier: 'direct', goal: 'derail' } : null;
  const stopped = vector && defense !== 'none' ? n - achieved : 0;
  return {
    agent,
    environment,
    attack: attack && { ...attack, id: attackName(attack) },
    defense,
    episodes: 8,
    invalid,
    invalidBy: invalid > 0 ? { timeout: invalid } : {},
    funnel: {
      delivered: vector ? n : 0,
      exposed: vector ? n - stopped : 0,
      attempted: achieved,
      executed: achieved,
      achieved,
    },
    // One episode of each task.
    tasks: Array.from({ length: n }, (_, task) => ({
      task,
      valid: 1,
      funnel: {
        delivered: vector ? 1 : 0,
        exposed: vector && task < n - stopped ? 1 : 0,
        attempted: task < achieved ? 1 : 0,
        executed: task < achieved ? 1 : 0,
        achieved: task < achieved ? 1 : 0,
      },
      stoppedBy: vector && task >= n - stopped ? { [defense]: 1 } : {},
      harmed: task < achieved ? 1 : 0,
      flagged: task < flagged ? 1 : 0,
      flaggedBy: {},
    })),
    stoppedBy: stopped > 0 ? { [defense]: stopped } : {},
    metrics,
    detectors: {},
    ...(paired && { against: against(measured, n) }),
    ...(floor && { floor: { reason: 'nothing achieved', smallestDetectable: 0.63 } }),
  };
}

/** A small run: pinning stops the rug pull, the detector sees half of everything, one episode has timed out. */
export const result: RunResult = {
  run,
  cells: [
    ...['none', 'pinning', 'phrase-detector:observe'].flatMap((defense) => {
      const agent = 'scripted/faithful';
      return [
        cell({ agent, defense }),
        cell({ agent, defense, vector: 'tool-result', floor: true }),
        cell({ agent, defense, vector: 'rug-pull', floor: true }),
      ];
    }),
    cell({}),
    cell({ vector: 'tool-result', achieved: 8, utility: 4 }),
    cell({ vector: 'rug-pull', achieved: 7, utility: 4, invalid: 1 }),
    cell({ defense: 'pinning', utility: 7 }),
    cell({ defense: 'pinning', vector: 'tool-result', achieved: 8, utility: 4 }),
    cell({ defense: 'pinning', vector: 'rug-pull', achieved: 0, utility: 8, flagged: 8, change: -7 }),
    cell({ defense: 'phrase-detector:observe', flagged: 1 }),
    cell({ defense: 'phrase-detector:observe', vector: 'tool-result', achieved: 8, utility: 4, flagged: 4 }),
    cell({ defense: 'phrase-detector:observe', vector: 'rug-pull', achieved: 8, utility: 4, flagged: 4 }),
  ],
};
