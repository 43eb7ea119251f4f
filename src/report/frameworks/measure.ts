import type { AttackId } from '../../contracts/attack.ts';
import type { Metric } from '../../contracts/cell.ts';
import { attackStages } from '../../contracts/events.ts';
import type { EpisodeSummary, Run } from '../../contracts/experiment.ts';
import { clusteredShare } from '../../experiment/statistics/mean.ts';
import { isScripted } from '../overview.ts';
import {
  type AgentResult,
  type AttackParts,
  type CoverageReport,
  type CoveringPart,
  type FrameworkCoverage,
  partKey,
  partKinds,
} from './join.ts';

export interface RunScope {
  readonly run: Run;
  /** The defense set whose episodes count. */
  readonly defense: string;
  /** What is known of the parts that ran. */
  readonly parts: AttackParts;
}

/** Adds to every covered technique what happened in a run. Reads the episodes once. */
export async function measureCoverage(
  frameworks: readonly FrameworkCoverage[],
  summaries: AsyncIterable<EpisodeSummary>,
  scope: RunScope,
): Promise<CoverageReport> {
  const gathered = await gather(techniquesByPart(frameworks), summaries, scope.defense);
  const { id, name, state, planned, stored, experiment } = scope.run;
  const known = keysOf(scope.parts);
  const resultOf = (technique: string, parts: readonly CoveringPart[]) => ({
    ran: parts.filter((part) => gathered.ran.has(partKey(part.kind, part.id))),
    agents: experiment.agents.flatMap((agent): AgentResult[] => {
      const counts = gathered.counts.get(countsKey(technique, agent));
      return counts === undefined ? [] : [agentResult(agent, counts)];
    }),
  });
  return {
    run: {
      id,
      name,
      state,
      planned,
      stored,
      defense: scope.defense,
      episodes: gathered.episodes,
      severalAttacks: gathered.severalAttacks,
      unknownParts: [...gathered.ran].filter((key) => !known.has(key)),
    },
    frameworks: frameworks.map((framework) => ({
      ...framework,
      techniques: framework.techniques.map((technique) =>
        technique.verdict === 'covered'
          ? { ...technique, result: resultOf(techniqueKey(framework, technique.id), technique.parts) }
          : technique,
      ),
    })),
  };
}

interface Counts {
  episodes: number;
  invalid: number;
  /** Delivered episodes by task, and how many of them achieved. */
  readonly tasks: Map<string, { n: number; sum: number }>;
}

interface Gathered {
  episodes: number;
  severalAttacks: number;
  /** Keys of the parts that ran. */
  readonly ran: Set<string>;
  /** By technique and agent. */
  readonly counts: Map<string, Counts>;
}

async function gather(
  techniquesOf: ReadonlyMap<string, readonly string[]>,
  summaries: AsyncIterable<EpisodeSummary>,
  defense: string,
): Promise<Gathered> {
  const gathered: Gathered = { episodes: 0, severalAttacks: 0, ran: new Set(), counts: new Map() };
  for await (const summary of summaries) {
    const { attack, agent } = summary.key;
    if (attack === undefined || summary.key.defense !== defense) continue;
    if (attack.together?.length) {
      gathered.severalAttacks++;
      continue;
    }
    gathered.episodes++;
    const parts = partKeys(attack);
    for (const part of parts) gathered.ran.add(part);
    for (const technique of new Set(parts.flatMap((part) => techniquesOf.get(part) ?? [])))
      countEpisode(countsOf(gathered.counts, countsKey(technique, agent)), summary);
  }
  return gathered;
}

function countsOf(all: Map<string, Counts>, key: string): Counts {
  const found = all.get(key) ?? { episodes: 0, invalid: 0, tasks: new Map() };
  all.set(key, found);
  return found;
}

function countEpisode(counts: Counts, { key, outcome }: EpisodeSummary): void {
  counts.episodes++;
  if (outcome.status !== 'completed' && outcome.status !== 'limit') {
    counts.invalid++;
    return;
  }
  const stage = outcome.attack?.stage ?? 'planned';
  if (attackStages.indexOf(stage) < attackStages.indexOf('delivered')) return;
  const name = `${key.environment}/${key.task}`;
  const task = counts.tasks.get(name) ?? { n: 0, sum: 0 };
  task.n++;
  if (stage === 'achieved') task.sum++;
  counts.tasks.set(name, task);
}

function agentResult(agent: string, counts: Counts): AgentResult {
  const { episodes, invalid } = counts;
  return { agent, scripted: isScripted(agent), episodes, invalid, asr: successOf(counts) };
}

function successOf({ episodes, invalid, tasks }: Counts): Metric {
  if (tasks.size > 0) return clusteredShare([...tasks.values()]);
  return { absent: invalid === episodes ? 'no valid episodes' : 'the attack was never delivered' };
}

/** The covered techniques that each part is mapped to. */
function techniquesByPart(frameworks: readonly FrameworkCoverage[]): ReadonlyMap<string, readonly string[]> {
  const byPart = new Map<string, string[]>();
  for (const framework of frameworks)
    for (const technique of framework.techniques) {
      const parts = technique.verdict === 'covered' ? technique.parts : [];
      for (const { kind, id } of parts) {
        const techniques = byPart.get(partKey(kind, id)) ?? [];
        techniques.push(techniqueKey(framework, technique.id));
        byPart.set(partKey(kind, id), techniques);
      }
    }
  return byPart;
}

function partKeys(attack: AttackId): string[] {
  return partKinds.map((kind) => partKey(kind, attack[kind]));
}

function keysOf({ vectors, carriers, goals }: AttackParts): ReadonlySet<string> {
  const keys = (kind: (typeof partKinds)[number], parts: readonly { readonly id: string }[]): string[] =>
    parts.map(({ id }) => partKey(kind, id));
  return new Set([...keys('vector', vectors), ...keys('carrier', carriers), ...keys('goal', goals)]);
}

function techniqueKey({ framework }: FrameworkCoverage, id: string): string {
  return `${framework} ${id}`;
}

function countsKey(technique: string, agent: string): string {
  return `${technique} ${agent}`;
}
