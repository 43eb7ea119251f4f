import type { AttackPart, Framework, Mapping } from '../../contracts/attack.ts';
import type { Metric } from '../../contracts/cell.ts';
import type { Run } from '../../contracts/experiment.ts';
import type { FrameworkCatalog, Technique } from '../../contracts/framework.ts';

export const partKinds = ['vector', 'carrier', 'goal'] as const;
export type PartKind = (typeof partKinds)[number];

/** A part of attacks that is mapped to a technique. */
export interface CoveringPart {
  readonly kind: PartKind;
  readonly id: string;
  readonly basis: Mapping['basis'];
}

/** What happened to one agent in the episodes whose attack has a part that is mapped to a technique. */
export interface AgentResult {
  readonly agent: string;
  readonly scripted: boolean;
  readonly episodes: number;
  /** Episodes that are no valid measurement. */
  readonly invalid: number;
  /** `k` attacks that achieved their goal of `n` delivered ones, with Wilson's interval; tasks are what is independent. */
  readonly asr: Metric;
}

/** A covered technique in a run. */
export interface TechniqueResult {
  /** The parts that ran; none where the technique is not in this run. */
  readonly ran: readonly CoveringPart[];
  /** One per agent, in the order of the experiment. Agents are never counted together. */
  readonly agents: readonly AgentResult[];
}

/** Whether a technique is covered, by which parts, or why it cannot be. */
export type Coverage =
  | {
      readonly verdict: 'covered';
      readonly parts: readonly CoveringPart[];
      /** Present when a run was looked at. */
      readonly result?: TechniqueResult;
    }
  | { readonly verdict: 'not covered' }
  | { readonly verdict: 'out of scope'; readonly reason: string };

export type TechniqueCoverage = Technique & Coverage;

/** A framework with its techniques in its own order. */
export interface FrameworkCoverage extends Omit<FrameworkCatalog, 'techniques' | 'outOfScope'> {
  readonly counts: { readonly covered: number; readonly notCovered: number; readonly outOfScope: number };
  readonly techniques: readonly TechniqueCoverage[];
  /** Ids that parts are mapped to and the framework's list does not have. */
  readonly unlisted: readonly { readonly id: string; readonly parts: readonly CoveringPart[] }[];
}

/** A run, looked at with one defense set. */
export interface RunFacts extends Pick<Run, 'id' | 'name' | 'state' | 'planned' | 'stored'> {
  readonly defense: string;
  /** Attacked episodes with this defense set that stand in the results. */
  readonly episodes: number;
  /** Episodes with several attacks at once: what was achieved cannot be put down to one, so they are left out. */
  readonly severalAttacks: number;
  /** Parts of the run that the catalog does not have, so that nothing is known of their mappings. */
  readonly unknownParts: readonly string[];
}

/** What the report is made from. */
export interface CoverageReport {
  readonly run?: RunFacts;
  readonly frameworks: readonly FrameworkCoverage[];
}

/** The parts of attacks, as a catalog has them. */
export interface AttackParts {
  readonly vectors: readonly AttackPart[];
  readonly carriers: readonly AttackPart[];
  readonly goals: readonly AttackPart[];
}

/** Joins the parts of attacks with the techniques of a framework; a part of a sub-technique covers its parent too. */
export function coverageOf(framework: FrameworkCatalog, parts: AttackParts): FrameworkCoverage {
  const { techniques: listed, outOfScope, ...facts } = framework;
  const mapped = partsById(framework.framework, parts);
  const techniques = listed.map((technique): TechniqueCoverage => {
    const { id } = technique;
    const subs = [...mapped.keys()].filter((other) => other === id || other.startsWith(`${id}.`));
    const covering = distinct(subs.flatMap((other) => mapped.get(other) ?? []));
    if (covering.length > 0) return { ...technique, verdict: 'covered', parts: covering };
    const reason = outOfScope[id];
    if (reason !== undefined) return { ...technique, verdict: 'out of scope', reason };
    return { ...technique, verdict: 'not covered' };
  });
  const known = new Set(listed.map(({ id }) => id));
  const count = (verdict: Coverage['verdict']): number =>
    techniques.filter((technique) => technique.verdict === verdict).length;
  return {
    ...facts,
    counts: {
      covered: count('covered'),
      notCovered: count('not covered'),
      outOfScope: count('out of scope'),
    },
    techniques,
    unlisted: [...mapped].flatMap(([id, covering]) =>
      known.has(id) ? [] : [{ id, parts: distinct(covering) }],
    ),
  };
}

function partsById(
  framework: Framework,
  { vectors, carriers, goals }: AttackParts,
): ReadonlyMap<string, readonly CoveringPart[]> {
  const byId = new Map<string, CoveringPart[]>();
  const add = (kind: PartKind, part: AttackPart): void => {
    for (const mapping of part.mappings ?? []) {
      if (mapping.framework !== framework) continue;
      const covering = byId.get(mapping.id) ?? [];
      covering.push({ kind, id: part.id, basis: mapping.basis });
      byId.set(mapping.id, covering);
    }
  };
  for (const vector of vectors) add('vector', vector);
  for (const carrier of carriers) add('carrier', carrier);
  for (const goal of goals) add('goal', goal);
  return byId;
}

/** Each part once, by the best of its bases; vectors first, then carriers, then goals. */
function distinct(parts: readonly CoveringPart[]): CoveringPart[] {
  const best = ['published', 'ours', 'unverified'].flatMap((basis) =>
    parts.filter((part) => part.basis === basis),
  );
  const seen = new Set<string>();
  const once = best.filter((part) => {
    const key = partKey(part.kind, part.id);
    return !seen.has(key) && seen.add(key);
  });
  return partKinds.flatMap((kind) => once.filter((part) => part.kind === kind));
}

/** One text for a part; vectors, carriers and goals may have equal ids. */
export function partKey(kind: PartKind, id: string): string {
  return `${kind} ${id}`;
}
