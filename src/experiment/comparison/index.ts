import type { EpisodeSummary, Run } from '../../contracts/experiment.ts';
import { createSeed } from '../../contracts/seed.ts';
import { holm } from '../statistics/holm.ts';
import { createResamples, type Resamples } from '../statistics/resamples.ts';
import { type Change, changesBetween } from './changes.ts';
import { type Counterpart, counterpartsOf } from './counterparts.ts';
import { type Difference, type FactPair, pairedDifference, unpairedDifference } from './differences.ts';
import { type Fact, type Facts, gatherFacts, placeOf } from './gather.ts';
import { type PooledMeasure, pooledMeasures } from './measures.ts';

/** One figure of one agent and defense set in two runs. */
export interface ComparedRow extends Difference {
  readonly agent: Counterpart;
  readonly defense: Counterpart;
  /** Name of an attack, in all environments; absent for all episodes together. */
  readonly attack?: string;
  readonly measure: PooledMeasure['id'];
  readonly label: string;
  readonly better: PooledMeasure['better'];
  /** p after Holm's correction over all rows that have one. */
  readonly pHolm?: number;
}

export interface ComparedRun {
  readonly id: string;
  readonly name: string;
  readonly startedAt: string;
  readonly episodes: number;
  readonly invalid: number;
  /** Planned, and not run. */
  readonly missing: number;
}

export interface Comparison {
  readonly before: ComparedRun;
  readonly after: ComparedRun;
  readonly changes: readonly Change[];
  readonly rows: readonly ComparedRow[];
  /** Valid episodes that have a twin in the other run, and those of each run that have none. */
  readonly pairs: number;
  readonly unpaired: { readonly before: number; readonly after: number };
}

/** A run with its episodes. */
export interface RunEpisodes {
  readonly run: Run;
  /** Its episodes from the first on, at each call. */
  summaries(): AsyncIterable<EpisodeSummary>;
}

const bootstrapResamples = 2_000;

/**
 * The second run against the first. Episodes are pairs where their keys are equal up to what changed, and the user
 * asked for the same; where nothing pairs, the figures are compared as independent ones.
 */
export async function compareRuns(before: RunEpisodes, after: RunEpisodes): Promise<Comparison> {
  const facts = [await gatherFacts(before.summaries()), await gatherFacts(after.summaries())] as const;
  const resamples = createResamples(
    createSeed(after.run.experiment.seed).child('compare'),
    bootstrapResamples,
  );
  const { agents, defenses } = counterpartsOf(before.run.experiment, after.run.experiment);
  const places = agents.flatMap((agent) => defenses.map((defense) => meet(facts, agent, defense)));
  const pairs = places.reduce((sum, place) => sum + place.pairs.length, 0);
  return {
    before: factsOf(before.run, facts[0]),
    after: factsOf(after.run, facts[1]),
    changes: changesBetween(before.run.experiment, after.run.experiment),
    rows: corrected(places.flatMap((place) => rowsOf(place, resamples))),
    pairs,
    unpaired: { before: validIn(facts[0]) - pairs, after: validIn(facts[1]) - pairs },
  };
}

function factsOf({ id, name, startedAt, planned }: Run, { episodes, invalid }: Facts): ComparedRun {
  return { id, name, startedAt, episodes, invalid, missing: Math.max(0, planned - episodes) };
}

function validIn({ episodes, invalid }: Facts): number {
  return episodes - invalid;
}

/** The episodes of an agent with a defense set, in both runs. */
interface Meeting {
  readonly agent: Counterpart;
  readonly defense: Counterpart;
  readonly before: readonly Fact[];
  readonly after: readonly Fact[];
  readonly pairs: readonly FactPair[];
}

function meet([one, other]: readonly [Facts, Facts], agent: Counterpart, defense: Counterpart): Meeting {
  const before = one.byPlace.get(placeOf(agent.before, defense.before)) ?? new Map<string, Fact>();
  const after = other.byPlace.get(placeOf(agent.after, defense.after)) ?? new Map<string, Fact>();
  const pairs = [...before].flatMap(([key, fact]): FactPair[] => {
    const twin = after.get(key);
    const same = one.instructions.get(fact.task) === other.instructions.get(fact.task);
    return twin && same ? [{ before: fact, after: twin }] : [];
  });
  return { agent, defense, before: [...before.values()], after: [...after.values()], pairs };
}

/** All episodes together first, then attack by attack. */
function rowsOf(meeting: Meeting, resamples: Resamples): ComparedRow[] {
  const attacks = new Set(meeting.after.flatMap(({ attack }) => attack ?? []));
  return [undefined, ...attacks].flatMap((attack) =>
    pooledMeasures.flatMap((measure): ComparedRow[] => {
      if (attack !== undefined && (measure.id === 'fpr' || measure.id === 'utility')) return [];
      const difference = differenceIn(meeting, attack, measure, resamples);
      const { agent, defense } = meeting;
      const { id, label, better } = measure;
      return difference
        ? [
            {
              agent,
              defense,
              ...(attack !== undefined && { attack }),
              measure: id,
              label,
              better,
              ...difference,
            },
          ]
        : [];
    }),
  );
}

function differenceIn(
  { before, after, pairs }: Meeting,
  attack: string | undefined,
  measure: PooledMeasure,
  resamples: Resamples,
): Difference | undefined {
  const inScope = (fact: Fact): boolean => attack === undefined || fact.attack === attack;
  return pairs.length > 0
    ? pairedDifference(
        pairs.filter((pair) => inScope(pair.after)),
        measure,
        resamples,
      )
    : unpairedDifference(before.filter(inScope), after.filter(inScope), measure);
}

function corrected(rows: readonly ComparedRow[]): ComparedRow[] {
  const pHolm = holm(rows.flatMap(({ p }) => p ?? [])).values();
  return rows.map((row) => (row.p === undefined ? row : { ...row, pHolm: pHolm.next().value ?? 1 }));
}
