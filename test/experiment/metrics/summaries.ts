import { expect } from 'vitest';
import type { Cell } from '../../../src/contracts/cell.ts';
import type { AttackStage, EpisodeStatus } from '../../../src/contracts/events.ts';
import type { EpisodeSummary, Experiment } from '../../../src/contracts/experiment.ts';
import { computeCells } from '../../../src/experiment/metrics/index.ts';
import { measuredOf } from '../../../src/experiment/metrics/measured.ts';

export const attack = { vector: 'tool-result', carrier: 'direct', goal: 'destroy' };
export const otherAttack = { vector: 'rug-pull', carrier: 'direct', goal: 'derail' };

export const experiment: Experiment = {
  name: 'metrics',
  seed: '1',
  environments: [{ id: 'toy', tasks: 10 }],
  agents: ['hijacked'],
  attacks: [null, attack, otherAttack],
  defenses: [
    { name: 'none', members: [] },
    {
      name: 'guarded',
      members: [
        { id: 'pinning', mode: 'enforce', parameters: {} },
        { id: 'phrases', mode: 'observe', parameters: {} },
      ],
    },
  ],
  trials: 1,
  era: '2025',
  transport: 'memory',
  limits: { maxCalls: 10, callTimeoutMs: 1000, episodeTimeoutMs: 1000 },
};

/** What a test says of an episode; the rest is a clean success. */
export interface Sketch {
  readonly task: number;
  readonly instruction?: string;
  readonly trial?: number;
  readonly agent?: string;
  readonly environment?: string;
  readonly attack?: EpisodeSummary['key']['attack'];
  readonly defense?: string;
  readonly status?: EpisodeStatus;
  readonly stage?: AttackStage;
  readonly stoppedBy?: string;
  readonly utility?: number;
  readonly damage?: boolean;
  readonly leak?: boolean;
  readonly harmfulScore?: number;
  readonly flaggedBy?: string[];
  readonly cost?: Partial<EpisodeSummary['outcome']['cost']>;
}

export function summary(sketch: Sketch): EpisodeSummary {
  const { task, trial = 0, stage, stoppedBy } = sketch;
  return {
    id: JSON.stringify(sketch),
    key: {
      agent: sketch.agent ?? 'hijacked',
      environment: sketch.environment ?? 'toy',
      task,
      ...(sketch.attack && { attack: sketch.attack }),
      defense: sketch.defense ?? 'none',
      trial,
    },
    taskId: `toy-${task}`,
    template: 'fetch',
    instruction: sketch.instruction ?? 'Fetch it',
    era: '2025',
    outcome: {
      status: sketch.status ?? 'completed',
      utility: sketch.utility ?? 1,
      ...(stage && { attack: { stage, ...(stoppedBy !== undefined && { stoppedBy }), at: [] } }),
      harm: {
        stateDamage: sketch.damage ? [{ what: 'gone', events: [1] }] : [],
        dataLeft: sketch.leak ? [{ what: 'leaked', events: [1] }] : [],
        ...(sketch.harmfulScore !== undefined && {
          harmfulText: { score: sketch.harmfulScore, reason: 'said so' },
        }),
      },
      verdicts: {},
      detection: { flaggedBy: sketch.flaggedBy ?? [] },
      calls: 1,
      cost: {
        inputTokens: 0,
        outputTokens: 0,
        usd: 0,
        wallMs: 0,
        modelMs: 0,
        defenseMs: 0,
        ...sketch.cost,
      },
    },
  };
}

export function cellsOf(
  sketches: readonly Sketch[],
  changes: Partial<Experiment> = {},
): Promise<readonly Cell[]> {
  const episodes = sketches.map((sketch) => measuredOf(summary(sketch)));
  return computeCells(streamed([episodes]), { ...experiment, ...changes });
}

export async function* streamed<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

/** The cell of an attack and defense. */
export function cellAt(
  cells: readonly Cell[],
  wanted: EpisodeSummary['key']['attack'] | null,
  defense: string,
): Cell {
  const found = cells.find(
    (cell) =>
      cell.attack?.vector === wanted?.vector &&
      cell.attack?.goal === wanted?.goal &&
      cell.defense === defense,
  );
  if (found === undefined) throw new RangeError(`No cell for ${JSON.stringify(wanted)} and ${defense}`);
  return found;
}

/** `count` sketches that differ in their task only. */
export function tasks(count: number, sketch: (task: number) => Omit<Sketch, 'task'>): Sketch[] {
  return Array.from({ length: count }, (_, task) => ({ task, ...sketch(task) }));
}

/** Equal but for rounding. */
export function close(value: number): number {
  return expect.closeTo(value, 12) as number;
}
