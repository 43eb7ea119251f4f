import { attackName } from '../contracts/attack.ts';
import type { Budget, Plan } from '../contracts/experiment.ts';
import type { Forecast } from '../experiment/forecast.ts';
import { type Overspending, overspendingIn } from '../experiment/planning/budget.ts';
import { type DetectableDrop, detectableDrops } from '../experiment/planning/detectable.ts';
import { detectableText } from './detectable.ts';
import { count, safe, wrap } from './text.ts';

/** What a plan comes to, before anything has run. */
export interface PlanSummary {
  readonly name: string;
  readonly episodes: number;
  /** Attacked episodes, each of which has a clean twin in the plan. */
  readonly attackPairs: number;
  /** Defended episodes, each of which has an undefended twin in the plan. */
  readonly defensePairs: number;
  readonly environments: readonly {
    readonly id: string;
    readonly tasks: number;
    /** Attacks that are possible there. */
    readonly attacks: number;
    readonly episodes: number;
  }[];
  readonly agents: readonly string[];
  readonly defenses: readonly string[];
  readonly trials: number;
  /** What the plan can show. */
  readonly detectable: readonly DetectableDrop[];
  /** What will be asked of models; absent when no agent has one. */
  readonly models?: Forecast;
  /** Where that exceeds the budget. */
  readonly overspending?: readonly Overspending[];
  /** Combinations that cannot exist, by environment and reason, the most frequent first. */
  readonly skipped: readonly {
    readonly environment: string;
    readonly reason: string;
    readonly attacks: number;
    readonly example: string;
  }[];
}

/** @param budget in place of the experiment's */
export function summarizePlan(plan: Plan, models?: Forecast, budget?: Budget): PlanSummary {
  const { experiment, episodes, skipped } = plan;
  const clean = new Set<string>();
  const undefended = new Set<string>();
  const attacked = new Map<string, Set<string>>();
  const perEnvironment = new Map<string, number>();
  for (const { key } of episodes) {
    const { agent, environment, task, attack, defense, trial } = key;
    const name = attack ? attackName(attack) : '';
    if (name === '') clean.add([agent, environment, task, defense, trial].join('\n'));
    else attacked.set(environment, (attacked.get(environment) ?? new Set()).add(name));
    if (defense === 'none') undefended.add([agent, environment, task, name, trial].join('\n'));
    perEnvironment.set(environment, (perEnvironment.get(environment) ?? 0) + 1);
  }
  const twins = (kind: 'clean' | 'undefended'): number =>
    episodes.filter(({ key: { agent, environment, task, attack, defense, trial } }) =>
      kind === 'clean'
        ? attack && clean.has([agent, environment, task, defense, trial].join('\n'))
        : defense !== 'none' &&
          undefended.has([agent, environment, task, attack ? attackName(attack) : '', trial].join('\n')),
    ).length;
  return {
    name: experiment.name,
    episodes: episodes.length,
    attackPairs: twins('clean'),
    defensePairs: twins('undefended'),
    environments: experiment.environments.map(({ id, tasks }) => ({
      id,
      tasks,
      attacks: attacked.get(id)?.size ?? 0,
      episodes: perEnvironment.get(id) ?? 0,
    })),
    agents: experiment.agents,
    defenses: experiment.defenses.map(({ name }) => name),
    trials: experiment.trials,
    detectable: detectableDrops(plan),
    ...(models && {
      models,
      overspending: overspendingIn(models, { ...experiment.budget, ...budget }),
    }),
    skipped: skipped
      .map(({ example, ...rest }) => ({ ...rest, example: attackName(example) }))
      .sort((a, b) => b.attacks - a.attacks),
  };
}

/** Reasons printed; the JSON has all. */
const maxReasons = 40;

/** The summary for people. */
export function planText(summary: PlanSummary, width: number): string {
  const { environments, skipped } = summary;
  const idWidth = Math.max(...environments.map(({ id }) => id.length));
  const lines = [
    `${safe(summary.name)}: ${count(summary.episodes)} episodes would run; nothing has run`,
    ...wrap(`agents: ${summary.agents.map((id) => safe(id)).join(', ')}`, width, 2),
    ...wrap(`defense sets: ${summary.defenses.map((id) => safe(id)).join(', ')}`, width, 2),
    `trials: ${summary.trials}`,
    `pairs: ${count(summary.attackPairs)} attacked with clean, ${count(summary.defensePairs)} defended with undefended`,
    '',
    ...environments.map(
      ({ id, tasks, attacks, episodes }) =>
        `  ${safe(id).padEnd(idWidth)}  ${`${tasks} tasks`.padStart(9)}  ${`${count(attacks)} attacks`.padStart(15)}  ${`${count(episodes)} episodes`.padStart(18)}`,
    ),
    ...detectableText(summary.detectable, width),
  ];
  if (summary.models) lines.push('', ...forecastText(summary.models, width));
  lines.push(...(summary.overspending ?? []).flatMap((each) => wrap(overspendingText(each), width, 2)));
  if (skipped.length === 0) return `${lines.join('\n')}\n`;
  const total = skipped.reduce((sum, { attacks }) => sum + attacks, 0);
  const shown = skipped
    .slice(0, maxReasons)
    .flatMap(({ environment, reason, attacks, example }) =>
      wrap(
        `  ${count(attacks)} x ${safe(environment)}: ${safe(reason)} (such as ${safe(example)})`,
        width,
        6,
      ),
    );
  const hidden = skipped.length - maxReasons;
  return `${[
    ...lines,
    '',
    `skipped, because impossible: ${count(total)} combinations`,
    ...shown,
    ...(hidden > 0 ? [`  and ${hidden} more reasons; --json has all`] : []),
  ].join('\n')}\n`;
}

function forecastText({ agents, assumptions }: Forecast, width: number): string[] {
  const total = agents.every(({ usd }) => usd !== undefined)
    ? `about ${dollars(agents.reduce((sum, { usd = 0 }) => sum + usd, 0))} USD`
    : 'not all prices are known';
  return [
    `estimated calls of models: ${count(agents.reduce((sum, { calls }) => sum + calls, 0))}, ${total}`,
    ...agents.flatMap(({ agent, model, calls, inputTokens, outputTokens, usd }) =>
      wrap(
        `  ${safe(agent)}${agent.endsWith(model) ? '' : ` (${safe(model)})`}: ${count(calls)} calls, ${count(inputTokens)} tokens in, ${count(outputTokens)} tokens out, ${usd === undefined ? 'price not known' : `${dollars(usd)} USD`}`,
        width,
        6,
      ),
    ),
    ...assumptions.flatMap((each) => wrap(`  assumed: ${safe(each)}`, width, 6)),
  ];
}

function overspendingText({ unit, expected, budget }: Overspending): string {
  const [wanted, limit] =
    unit === 'usd'
      ? [`${dollars(expected)} USD`, `${budget} USD`]
      : [`${count(expected)} tokens`, `${count(budget)} tokens`];
  return `Over the budget: about ${wanted} are expected, and ${limit} may be spent. The run would stop before its end; raise it with --budget-${unit}, or plan fewer episodes.`;
}

function dollars(usd: number): string {
  return usd > 0 && usd < 0.01 ? 'less than 0.01' : usd.toFixed(2);
}
