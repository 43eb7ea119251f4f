import type { AttackId } from '../../contracts/attack.ts';
import { SafeMcpError } from '../../contracts/errors.ts';
import type { EpisodeSummary, Run } from '../../contracts/experiment.ts';
import { type Fact, type Facts, gatherFacts, placeOf } from '../comparison/gather.ts';
import { compareRuns, type RunEpisodes } from '../comparison/index.ts';
import { type PooledMeasure, pooledMeasures } from '../comparison/measures.ts';
import { defenseNamed } from '../defenseNames.ts';
import type { Criterion, Decision } from './criterion.ts';
import { decideChange, decideMissing, decideShare } from './decide.ts';

/** What a run must keep to; shares from 0 to 1. */
export interface GateLimits {
  readonly maxAsr?: number;
  readonly maxHr?: number;
  readonly maxFpr?: number;
  readonly minUtility?: number;
  readonly minUtilityAttacked?: number;
  /** Of the ASR against the baseline. */
  readonly maxIncrease?: number;
  /** Of the clean utility against the baseline. */
  readonly maxDrop?: number;
  /** Share of planned episodes that may be missing or invalid. */
  readonly maxInvalid: number;
}

/** Which episodes are judged; all conditions hold at once. */
export interface GateScope {
  readonly agent?: string;
  readonly defense?: string;
  readonly environment?: string;
  /** A part of the attack's name; clean episodes are in every scope. */
  readonly attack?: string;
}

export type { Criterion, Decision };

export interface GateResult {
  readonly run: { readonly id: string; readonly name: string };
  readonly baseline?: { readonly id: string; readonly name: string };
  /** `fail` when a criterion fails, else `undecided` when one is. */
  readonly decision: Decision;
  readonly criteria: readonly Criterion[];
}

/** What a gate looks at. */
export interface Gated extends RunEpisodes {
  readonly baseline?: RunEpisodes;
}

/** Limits by the figure that they bound. */
const sides: readonly {
  readonly limit: keyof GateLimits;
  readonly measure: PooledMeasure['id'];
  readonly side: 'max' | 'min';
}[] = [
  { limit: 'maxAsr', measure: 'asr', side: 'max' },
  { limit: 'maxHr', measure: 'hr', side: 'max' },
  { limit: 'maxFpr', measure: 'fpr', side: 'max' },
  { limit: 'minUtility', measure: 'utility', side: 'min' },
  { limit: 'minUtilityAttacked', measure: 'utilityAttacked', side: 'min' },
];

/**
 * Judges a run by the bounds of intervals. Every agent with every defense set in scope is judged by itself; all
 * criteria must pass, so the chance of passing wrongly does not grow with their number.
 */
export async function judgeRun(gated: Gated, limits: GateLimits, wanted: GateScope): Promise<GateResult> {
  const { run, baseline } = gated;
  const scope = withVersion(run, wanted);
  checkScope(run, scope);
  const facts = await gatherFacts(inScope(gated.summaries(), scope));
  const criteria = [
    decideMissing(
      { invalid: facts.invalid, stored: facts.episodes, missing: missingIn(run) },
      limits.maxInvalid,
    ),
    ...[...facts.byPlace].flatMap(([place, episodes]) =>
      criteriaOf([...episodes.values()], limits, facts.invalidByPlace.get(place)),
    ),
    ...unmeasured(facts),
    ...(baseline ? await againstBaseline(gated, baseline, { limits, scope, facts }) : []),
  ];
  const decision = criteria.some((each) => each.decision === 'fail')
    ? 'fail'
    : criteria.some((each) => each.decision === 'undecided')
      ? 'undecided'
      : 'pass';
  return {
    run: { id: run.id, name: run.name },
    ...(baseline && { baseline: { id: baseline.run.id, name: baseline.run.name } }),
    decision,
    criteria,
  };
}

function withVersion({ experiment }: Run, scope: GateScope): GateScope {
  const { defense } = scope;
  return defense === undefined ? scope : { ...scope, defense: defenseNamed(experiment, defense) };
}

/** A name that the run does not know is a slip, and would leave nothing to judge. @throws INVALID_ARGUMENT */
function checkScope({ experiment }: Run, scope: GateScope): void {
  const known = {
    agent: experiment.agents,
    defense: experiment.defenses.map(({ name }) => name),
    environment: experiment.environments.map(({ id }) => id),
  };
  for (const kind of ['agent', 'defense', 'environment'] as const) {
    const name = scope[kind];
    if (name !== undefined && !known[kind].includes(name))
      throw new SafeMcpError('INVALID_ARGUMENT', `The run has no ${kind} ${name}`, {
        hint: `It has: ${known[kind].join(', ')}`,
      });
  }
  const { attack: part } = scope;
  const attacks = [...experiment.attacks, ...experiment.environments.flatMap((entry) => entry.attacks ?? [])];
  if (part !== undefined && !attacks.some((attack) => attack !== null && isNamed(attack, part)))
    throw new SafeMcpError('INVALID_ARGUMENT', `The run has no attack with ${part} in its name`, {
      hint: 'safemcp report --format csv names its attacks',
    });
}

function isNamed(attack: AttackId, part: string): boolean {
  return [attack, ...(attack.together ?? [])].some(({ vector, carrier, goal }) =>
    `${vector}/${carrier}/${goal}`.includes(part),
  );
}

function missingIn({ planned, stored }: Run): number {
  return Math.max(0, planned - stored);
}

async function* inScope(
  summaries: AsyncIterable<EpisodeSummary>,
  scope: GateScope,
): AsyncGenerator<EpisodeSummary> {
  for await (const summary of summaries) {
    const { agent, defense, environment, attack } = summary.key;
    const named = scope.attack === undefined || !attack || isNamed(attack, scope.attack);
    if (
      named &&
      (scope.agent ?? agent) === agent &&
      (scope.defense ?? defense) === defense &&
      (scope.environment ?? environment) === environment
    )
      yield summary;
  }
}

function criteriaOf(
  facts: readonly Fact[],
  limits: GateLimits,
  invalid: { readonly attacked: number; readonly clean: number } = { attacked: 0, clean: 0 },
): Criterion[] {
  const [first] = facts;
  if (!first) return [];
  return sides.flatMap(({ limit, measure: id, side }) => {
    const value = limits[limit];
    const measure = pooledMeasures.find((each) => each.id === id);
    // Without a defense nothing raises alarms.
    if (value === undefined || !measure || (id === 'fpr' && first.defense === 'none')) return [];
    const missing = id === 'fpr' || id === 'utility' ? invalid.clean : invalid.attacked;
    return [decideShare(facts, measure, { value, side, invalid: missing })];
  });
}

/** Agents and defense sets of which no episode at all is valid. */
function unmeasured({ byPlace, invalidByPlace }: Facts): Criterion[] {
  return [...invalidByPlace.keys()]
    .filter((place) => !byPlace.has(place))
    .map((place) => {
      const [agent, defense] = JSON.parse(place) as [string, string];
      return {
        name: 'something was measured',
        subject: `${agent} with ${defense}`,
        decision: 'undecided',
        reason: 'no episode is valid',
      };
    });
}

async function againstBaseline(
  gated: Gated,
  baseline: RunEpisodes,
  { limits, scope, facts }: { readonly limits: GateLimits; readonly scope: GateScope; readonly facts: Facts },
): Promise<Criterion[]> {
  const { agent: _, defense: __, ...places } = scope;
  const { rows } = await compareRuns(
    { run: baseline.run, summaries: () => inScope(baseline.summaries(), places) },
    { run: gated.run, summaries: () => inScope(gated.summaries(), scope) },
  );
  const wanted = [
    { measure: 'asr', limit: limits.maxIncrease, side: 'max' },
    { measure: 'utility', limit: limits.maxDrop, side: 'min' },
  ] as const;
  return wanted.flatMap(({ measure, limit, side }) => {
    if (limit === undefined) return [];
    const own = rows.filter((row) => row.measure === measure && row.attack === undefined);
    const compared = new Set(own.map(({ agent, defense }) => placeOf(agent.after, defense.after)));
    const name = side === 'max' ? 'ASR against the baseline' : 'clean utility against the baseline';
    const reason = 'nothing in the baseline can be compared with it';
    return [
      ...own.map((row) => decideChange(row, limit, side)),
      ...subjectsOf(facts)
        .filter(({ place }) => !compared.has(place))
        .map(({ subject }): Criterion => ({ name, subject, decision: 'undecided', reason })),
    ];
  });
}

function subjectsOf({ byPlace }: Facts): { readonly place: string; readonly subject: string }[] {
  return [...byPlace].flatMap(([place, episodes]) =>
    [...episodes.values()]
      .slice(0, 1)
      .map(({ agent, defense }) => ({ place, subject: `${agent} with ${defense}` })),
  );
}

/** Whether a limit is given at all. */
export function hasLimit(limits: GateLimits): boolean {
  return Object.entries(limits).some(([name, limit]) => name !== 'maxInvalid' && limit !== undefined);
}
