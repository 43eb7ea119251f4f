import { type AttackId, patienceOf } from '../contracts/attack.ts';
import type { Cell, RunResult } from '../contracts/cell.ts';
import { type Tally, tally } from './tally.ts';

/** One row of the table: attacks that are shown together. */
export interface AttackRow {
  readonly vector: string;
  readonly label: string;
  /** By defense set, in the order of the experiment. */
  readonly byDefense: ReadonlyMap<string, Tally>;
}

/** What happened to one agent. */
export interface AgentOverview {
  readonly agent: string;
  readonly defenses: readonly string[];
  readonly rows: readonly AttackRow[];
  /** All attacked, and all clean episodes, by defense set. */
  readonly attacked: ReadonlyMap<string, Tally>;
  readonly clean: ReadonlyMap<string, Tally>;
}

/** How much is pooled: `goals` shows each vector and goal, `attacks` every attack in every environment. */
export type Detail = 'goals' | 'attacks';

/** The cells of a run by agent, the agent that suffered most first. */
export function overviewOf(result: RunResult, detail: Detail): AgentOverview[] {
  return result.run.experiment.agents
    .map((agent) => agentOverview(agent, result, detail))
    .filter(({ attacked, clean }) => attacked.size + clean.size > 0)
    .sort((a, b) => undefended(b) - undefended(a));
}

/** Scripted agents carry it in their id; every report labels them. */
export function agentLabel(agent: string): string {
  return isScripted(agent) ? `${agent} (scripted, no language model)` : agent;
}

export function isScripted(agent: string): boolean {
  return agent.startsWith('scripted/');
}

/** Agents that never choose by chance: what a pair shows of them would show again. */
export function isDeterministic(agent: string): boolean {
  return agent === 'scripted/faithful' || agent === 'scripted/hijacked';
}

/** Whether no attack on the agent achieved its goal, with or without a defense. */
export function isUnharmed({ attacked }: AgentOverview): boolean {
  return [...attacked.values()].every(({ endedAt }) => endedAt.achieved === 0);
}

function undefended({ attacked }: AgentOverview): number {
  const asr = attacked.get('none')?.asr;
  return asr && 'estimate' in asr ? asr.estimate : -1;
}

function agentOverview(agent: string, { run, cells: all }: RunResult, detail: Detail): AgentOverview {
  const defenses = run.experiment.defenses.map(({ name }) => name);
  const cells = all.filter((cell) => cell.agent === agent);
  const byDefense = (of: readonly Cell[]): ReadonlyMap<string, Tally> =>
    new Map(
      defenses.flatMap((defense) => {
        const own = of.filter((cell) => cell.defense === defense);
        return own.length === 0 ? [] : [[defense, tally(own)] as const];
      }),
    );
  const attacked = cells.filter(({ attack }) => attack !== null);
  const groups = new Map<string, { vector: string; label: string; cells: Cell[] }>();
  for (const cell of attacked) {
    if (!cell.attack) continue;
    const { vector, label } = rowOf(cell.attack, detail === 'attacks' ? cell.environment : undefined);
    const group = groups.get(`${vector}/${label}`) ?? { vector, label, cells: [] };
    group.cells.push(cell);
    groups.set(`${vector}/${label}`, group);
  }
  return {
    agent,
    defenses,
    rows: [...groups.values()]
      .sort((a, b) => order(attacked, a.cells) - order(attacked, b.cells))
      .map(({ vector, label, cells: own }) => ({ vector, label, byDefense: byDefense(own) })),
    attacked: byDefense(attacked),
    clean: byDefense(cells.filter(({ attack }) => attack === null)),
  };
}

/**
 * Attacks that lie low, and attacks that are made together, are others than the single ones: they have rows of their
 * own. Carriers are told apart where the environment is given.
 */
export function rowOf(attack: AttackId, environment?: string): { vector: string; label: string } {
  const all = [attack, ...(attack.together ?? [])];
  const vector = all.map((each) => `${each.vector}${patienceOf(each)}`).join(' + ');
  const goal = all.map((each) => each.goal).join(' + ');
  const carrier = all.map((each) => each.carrier).join(' + ');
  return { vector, label: environment === undefined ? goal : `${environment} ${carrier}/${goal}` };
}

/** Vectors stay in the order in which they first appear. */
function order(cells: readonly Cell[], [first]: readonly Cell[]): number {
  return cells.findIndex(({ attack }) => attack?.vector === first?.attack?.vector);
}
