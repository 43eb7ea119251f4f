import { agents, createAgent, resolveAgent } from '../agents/index.ts';
import type { AgentModel } from '../agents/kind.ts';
import { carriers, goals, vectors } from '../attacks/index.ts';
import type { Agent } from '../contracts/agent.ts';
import { SafeMcpError } from '../contracts/errors.ts';
import type { Catalog, Experiment, ModelChoice } from '../contracts/experiment.ts';
import type { ExternalAgent } from '../contracts/externalAgent.ts';
import { defenses } from '../defenses/index.ts';
import { stacks } from '../defenses/stacks.ts';
import { environments } from '../environments/index.ts';
import { providers } from '../models/index.ts';
import { suggestion } from './definition/nearest.ts';

/** All parts that come with SafeMCP. */
export function builtInCatalog(): Catalog {
  return { environments, vectors, carriers, goals, defenses, agents, models: [], judges: [] };
}

/**
 * A catalog with the user's own parts after those of `catalog`.
 * @throws INVALID_DEFINITION when an id is taken or cannot be used as one
 */
export function extendCatalog(catalog: Catalog, parts: Partial<Catalog>): Catalog {
  const extended = {
    environments: [...catalog.environments, ...(parts.environments ?? [])],
    vectors: [...catalog.vectors, ...(parts.vectors ?? [])],
    carriers: [...catalog.carriers, ...(parts.carriers ?? [])],
    goals: [...catalog.goals, ...(parts.goals ?? [])],
    defenses: [...catalog.defenses, ...(parts.defenses ?? [])],
    agents: [...catalog.agents, ...(parts.agents ?? [])],
    models: [...catalog.models, ...(parts.models ?? [])],
    judges: [...catalog.judges, ...(parts.judges ?? [])],
  };
  for (const [kind, entries] of Object.entries(extended)) checkIds(kind, entries);
  return extended;
}

/** Ids stand in file names, defense sets (`a+b`, `a:observe`) and attack names (`a/b/c`). */
const idPattern = /^[a-z0-9][a-z0-9.-]{0,79}$/;
/** Agents and models are called as providers call models: `openrouter/meta-llama/llama-3.1-8b:free`. */
const namePattern = /^[\w@][\w.:/@+-]{0,159}$/;

function checkIds(kind: string, entries: readonly { readonly id: string }[]): void {
  const seen = new Set<string>(['none', ...(kind === 'defenses' ? stacks.map(({ id }) => id) : [])]);
  for (const { id } of entries) {
    const isName = kind === 'agents' || kind === 'models';
    if (!(isName ? namePattern : idPattern).test(id))
      throw new SafeMcpError('INVALID_DEFINITION', `${JSON.stringify(id)} cannot be an id`, {
        where: kind,
        hint: isName
          ? 'Use letters, digits, and the characters . : / @ + - _, at most 160'
          : 'Use lower-case letters, digits, "-" and ".", at most 80',
      });
    if (seen.has(id))
      throw new SafeMcpError('INVALID_DEFINITION', `The id ${id} is taken`, {
        where: kind,
        hint: 'Give your own part another id',
      });
    seen.add(id);
  }
}

/** @throws UNKNOWN_ID, with the nearest id */
export function findIn<Entry extends { readonly id: string }>(
  entries: readonly Entry[],
  id: string,
  kind: string,
): Entry {
  const entry = entries.find((each) => each.id === id);
  if (entry) return entry;
  throw unknownId(
    kind,
    id,
    entries.map((each) => each.id),
  );
}

/**
 * The agent with this id: of the catalog, or made from a choice of the experiment, or with a parameter in its id
 * (`scripted/compliant-0.5`).
 * @throws UNKNOWN_ID, with the nearest id
 */
export function findAgent(
  catalog: Catalog,
  id: string,
  { agentChoices = [], models = [] }: Pick<Experiment, 'agentChoices' | 'models'> = {},
): Agent | ExternalAgent {
  const choice = agentChoices.find((each) => each.id === id);
  const listed = catalog.agents.find((each) => each.id === id);
  const agent = choice ? createAgent(choice, models.map(withUsualUrl)) : (listed ?? resolveAgent(id));
  if (agent) return agent;
  throw unknownId(
    'agent',
    id,
    catalog.agents.map((each) => each.id),
  );
}

function withUsualUrl(model: ModelChoice): AgentModel {
  const usualUrl = providers.find(({ id }) => id === model.provider)?.baseUrl;
  return { ...model, ...(usualUrl !== undefined && { usualUrl }) };
}

/** Whether the agent of this id is a host of somebody's, run as a command. */
export function isExternal({ agentChoices = [] }: Pick<Experiment, 'agentChoices'>, id: string): boolean {
  return agentChoices.some((each) => each.id === id && each.kind === 'external');
}

function unknownId(kind: string, id: string, ids: readonly string[]): SafeMcpError {
  const shown = JSON.stringify(id.slice(0, 80));
  return new SafeMcpError('UNKNOWN_ID', `There is no ${kind} ${shown}; ${suggestion(id, ids)}`, {
    hint: 'safemcp list environments|attacks|presets|defenses|stacks|agents|hosts shows what comes with SafeMCP',
  });
}
