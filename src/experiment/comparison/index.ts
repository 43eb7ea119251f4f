import type { EpisodeSummary, Run } from '../../contracts/experiment.ts';
import { holm } from '../statistics/holm.ts';
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
  /** p after Holm's correction over the rows of all attacks together, or over those of single attacks. */
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

/**
 * The second run against the first. Episodes are pairs where their keys are equal up to what changed, and the user
 * asked for the same; where nothing pairs, the figures are compared as independent ones.
 */
export async function compareRuns(before: RunEpisodes, after: RunEpisodes): Promise<Comparison> {
  const facts = [await gatherFacts(before.summaries()), await gatherFacts(after.summaries())] as const;
  const { agents, defenses } = counterpartsOf(before.run.experiment, after.run.experiment);
  const places = agents.flatMap((agent) => defenses.map((defense) => meet(facts, agent, defense)));
  const pairs = places.reduce((sum, place) => sum + place.pairs.length, 0);
  return {
    before: factsOf(before.run, facts[0]),
    after: factsOf(after.run, facts[1]),
    changes: changesBetween(before.run.experiment, after.run.experiment),
    rows: corrected(places.flatMap(rowsOf)),
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
  /** Episodes of the second run without a twin. */
  readonly alone: readonly Fact[];
}

function meet([one, other]: readonly [Facts, Facts], agent: Counterpart, defense: Counterpart): Meeting {
  const before = one.byPlace.get(placeOf(agent.before, defense.before)) ?? new Map<string, Fact>();
  const after = other.byPlace.get(placeOf(agent.after, defense.after)) ?? new Map<string, Fact>();
  const pairs = [...before].flatMap(([key, fact]): FactPair[] => {
    const twin = after.get(key);
    const same = one.instructions.get(fact.task) === other.instructions.get(fact.task);
    return twin && same ? [{ before: fact, after: twin }] : [];
  });
  const paired = new Set(pairs.map((pair) => pair.after));
  const alone = [...after.values()].filter((fact) => !paired.has(fact));
  return { agent, defense, before: [...before.values()], after: [...after.values()], pairs, alone };
}

/** All episodes together first, then attack by attack. */
function rowsOf(meeting: Meeting): ComparedRow[] {
  const attacks = new Set(meeting.after.flatMap(({ attack }) => attack ?? []));
  return [undefined, ...attacks].flatMap((attack) =>
    pooledMeasures.flatMap((measure): ComparedRow[] => {
      if (attack !== undefined && (measure.id === 'fpr' || measure.id === 'utility')) return [];
      const difference = differenceIn(meeting, attack, measure);
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
  { before, after, pairs, alone }: Meeting,
  attack: string | undefined,
  measure: PooledMeasure,
): Difference | undefined {
  const inScope = (fact: Fact): boolean => attack === undefined || fact.attack === attack;
  return pairs.length > 0
    ? pairedDifference(
        pairs.filter((pair) => inScope(pair.after)),
        alone.filter(inScope),
        measure,
      )
    : unpairedDifference(before.filter(inScope), after.filter(inScope), measure);
}

/**
 * All attacks together are one family of tests, single attacks another: whoever asks what a change did gets an answer
 * that does not fade with the number of attacks, and whoever looks for the attack that changed pays for looking.
 */
function corrected(rows: readonly ComparedRow[]): ComparedRow[] {
  const family = (single: boolean): readonly ComparedRow[] =>
    rows.filter((row) => (row.attack !== undefined) === single);
  const [together, single] = [family(false), family(true)].map((own) =>
    holm(own.flatMap(({ p }) => p ?? [])).values(),
  );
  return rows.map((row) => {
    if (row.p === undefined) return row;
    const pHolm = row.attack === undefined ? together : single;
    return { ...row, pHolm: pHolm?.next().value ?? 1 };
  });
}
