import { attackName } from '../../contracts/attack.ts';
import type { Metric } from '../../contracts/cell.ts';
import type { EpisodeSummary, Experiment } from '../../contracts/experiment.ts';
import { createSeed } from '../../contracts/seed.ts';
import { type Fact, type Facts, factKey, gatherFacts, placeOf } from '../comparison/gather.ts';
import { type PooledMeasure, pooledMeasures, pooledMetric } from '../comparison/measures.ts';
import { lossOfUtility, pairSums } from '../metrics/loss.ts';
import { createResamples, type Resamples } from '../statistics/resamples.ts';

/** How often a detector flagged attacks, and clean episodes. */
export interface DetectorRow {
  readonly agent: string;
  /** Name of the defense set, with the member where it has several. */
  readonly detector: string;
  readonly dr: Metric;
  readonly fpr: Metric;
}

/** ASR and HR of one vector with one family of carriers, by defense set; `none` is before, the others are after. */
export interface AttackViewRow {
  readonly agent: string;
  readonly vector: string;
  /** Carriers that the paper counts as one attack, such as `cipherchat`. */
  readonly carrier: string;
  readonly byDefense: Readonly<Record<string, { readonly asr: Metric; readonly hr: Metric }>>;
}

/** Relative loss of utility; definitions are ours. */
export interface LossRow {
  readonly agent: string;
  readonly defense: string;
  /** By the attacks without defense. */
  readonly before: Metric;
  /** By the attacks with the defense. */
  readonly after: Metric;
  /** By the defense without attacks. */
  readonly price: Metric;
}

/** The three views of the pilot study's figures: detection, success and harm, loss of utility. */
export interface PaperViews {
  readonly detectors: readonly DetectorRow[];
  readonly attacks: readonly AttackViewRow[];
  readonly losses: readonly LossRow[];
}

const noDefense = 'none';
const bootstrapResamples = 2_000;

/** The views of a run's episodes. */
export async function paperViews(
  summaries: AsyncIterable<EpisodeSummary>,
  experiment: Experiment,
): Promise<PaperViews> {
  const facts = await gatherFacts(summaries);
  const resamples = createResamples(createSeed(experiment.seed).child('paper'), bootstrapResamples);
  const { agents, defenses } = experiment;
  const defended = defenses.filter(({ name }) => name !== noDefense);
  return {
    detectors: agents.flatMap((agent) =>
      defended.flatMap(({ name, members }) => {
        const own = factsAt(facts, agent, name);
        return members.map(({ id }) => ({
          agent,
          detector: members.length === 1 ? name : `${name}: ${id}`,
          dr: flaggedRate(own, id, 'attacked'),
          fpr: flaggedRate(own, id, 'clean'),
        }));
      }),
    ),
    attacks: agents.flatMap((agent) => attackRows(facts, agent, experiment)),
    losses: agents.flatMap((agent) =>
      defended.map(({ name }) => ({
        agent,
        defense: name,
        before: lossOf(facts, { agent, defense: noDefense, attacked: true }, resamples),
        after: lossOf(facts, { agent, defense: name, attacked: true }, resamples),
        price: lossOf(facts, { agent, defense: name, attacked: false }, resamples),
      })),
    ),
  };
}

function factsAt({ byPlace }: Facts, agent: string, defense: string): Fact[] {
  return [...(byPlace.get(placeOf(agent, defense))?.values() ?? [])];
}

function flaggedRate(facts: readonly Fact[], detector: string, which: 'attacked' | 'clean'): Metric {
  return pooledMetric(facts, {
    id: 'fpr',
    label: '',
    of: ({ attack }) => (attack !== null) === (which === 'attacked'),
    counts: ({ delivered }) => which === 'clean' || delivered,
    value: ({ flaggedBy }) => (flaggedBy.includes(detector) ? 1 : 0),
    better: 'higher',
  });
}

/** The paper's names of carriers that come in several forms here. */
const families = ['autodan', 'codechameleon', 'cipherchat', 'deepinception', 'renellm'];

function familyOf(carrier: string): string {
  return families.find((family) => carrier === family || carrier.startsWith(`${family}-`)) ?? carrier;
}

function attackRows(
  facts: Facts,
  agent: string,
  { attacks, environments, defenses }: Experiment,
): AttackViewRow[] {
  const groups = new Map<string, { vector: string; carrier: string; names: Set<string> }>();
  for (const attack of [...attacks, ...environments.flatMap((entry) => entry.attacks ?? [])]) {
    if (!attack || attack.together) continue;
    const { vector, carrier } = attack;
    const key = `${vector}\n${familyOf(carrier)}`;
    const group = groups.get(key) ?? { vector, carrier: familyOf(carrier), names: new Set() };
    groups.set(key, group);
    group.names.add(attackName(attack));
  }
  return [...groups.values()].map(({ vector, carrier, names }) => ({
    agent,
    vector,
    carrier,
    byDefense: Object.fromEntries(
      defenses.map(({ name }) => {
        const own = factsAt(facts, agent, name).filter(({ attack }) => attack !== null && names.has(attack));
        return [name, { asr: pooledMetric(own, measureOf('asr')), hr: pooledMetric(own, measureOf('hr')) }];
      }),
    ),
  }));
}

function measureOf(id: PooledMeasure['id']): PooledMeasure {
  const measure = pooledMeasures.find((each) => each.id === id);
  if (!measure) throw new RangeError(`There is no measure ${id}`);
  return measure;
}

interface Condition {
  readonly agent: string;
  readonly defense: string;
  readonly attacked: boolean;
}

/** Against the clean undefended episode of the same task and trial; a task is the independent unit. */
function lossOf(facts: Facts, { agent, defense, attacked }: Condition, resamples: Resamples): Metric {
  const reference = facts.byPlace.get(placeOf(agent, noDefense));
  const pairs = factsAt(facts, agent, defense).flatMap((fact): [Fact, Fact][] => {
    const clean = reference?.get(factKey(fact.task, fact.trial, null));
    return (fact.attack !== null) === attacked && clean ? [[clean, fact]] : [];
  });
  return lossOfUtility(
    pairSums(
      pairs,
      ({ task }) => task,
      ({ utility }) => utility,
    ),
    resamples,
  );
}
