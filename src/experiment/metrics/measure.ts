import { type AttackId, attackName } from '../../contracts/attack.ts';
import { attackStages, type EpisodeStatus, type ModelIdentity } from '../../contracts/events.ts';
import type { MeasuredEpisode } from '../../contracts/experiment.ts';
import { isValid } from './measured.ts';

/** Name of the defense set without members. */
export const noDefense = 'none';

/** The numbers of one valid episode that metrics need; all that is kept of it. */
export interface Measure {
  readonly task: number;
  readonly trial: number;
  /** Index into the stages of an attack. */
  readonly stage: number;
  /** The defense that stopped the attack. */
  readonly stoppedBy?: string;
  readonly harmed: boolean;
  /** Absent when no judge looked. */
  readonly refused?: boolean;
  readonly utility: number;
  readonly flaggedBy: readonly string[];
  readonly defenseMs: number;
  readonly wallMs: number;
  readonly tokens: number;
  readonly usd: number;
}

/** Names a cell. */
export interface CellPlace {
  readonly agent: string;
  readonly environment: string;
  readonly attack: AttackId | null;
  readonly defense: string;
}

/** What has been gathered of a cell while episodes stream by. */
export interface CellData {
  readonly place: CellPlace;
  episodes: number;
  /** What went wrong in one of the episodes that are no valid measurement. */
  problem?: string;
  readonly invalidBy: Map<EpisodeStatus, number>;
  /** By id and version, as one text. */
  readonly models: Map<string, ModelIdentity>;
  /** Of valid episodes, in any order; task and trial make the pair key together with the place. */
  readonly measures: Measure[];
}

/** One text per cell. */
export function cellKey({ agent, environment, attack, defense }: CellPlace): string {
  return JSON.stringify([agent, environment, attack && attackName(attack), defense]);
}

export function emptyCell(place: CellPlace): CellData {
  return {
    place,
    episodes: 0,
    invalidBy: new Map(),
    models: new Map(),
    measures: [],
  };
}

export function addEpisode(cell: CellData, episode: MeasuredEpisode): void {
  const { key, status, problem, stoppedBy, stage = 'planned', refused } = episode;
  cell.episodes++;
  for (const model of episode.models ?? []) cell.models.set(JSON.stringify([model.id, model.version]), model);
  if (!isValid(status)) {
    count(cell.invalidBy, status);
    if (problem !== undefined) cell.problem = firstOf(cell.problem, problem);
    return;
  }
  cell.measures.push({
    task: key.task,
    trial: key.trial,
    stage: attackStages.indexOf(stage),
    ...(stoppedBy !== undefined && { stoppedBy }),
    harmed: episode.harmed,
    ...(refused !== undefined && { refused }),
    utility: episode.utility,
    flaggedBy: episode.flaggedBy,
    defenseMs: episode.defenseMs,
    wallMs: episode.wallMs,
    tokens: episode.tokens,
    usd: episode.usd,
  });
}

/** The one that sorts first, so that the order in which episodes were stored makes no difference. */
function firstOf(known: string | undefined, what: string): string {
  return known === undefined || what < known ? what : known;
}

function count<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
