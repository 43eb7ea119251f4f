import type { AttackId } from '../../contracts/attack.ts';
import type { Defense, DefenseMode } from '../../contracts/defense.ts';
import { messageOf } from '../../contracts/errors.ts';
import type { Budget, Catalog, DefenseChoice, DefenseSet, Experiment } from '../../contracts/experiment.ts';
import type { JsonObject } from '../../contracts/json.ts';
import { checkDefense } from '../../defenses/compose.ts';
import { findStack, stackName, stacks } from '../../defenses/stacks.ts';
import { findIn } from '../catalog.ts';
import { type ListedAgent, resolveAgents } from './agentList.ts';
import { expandAttacks } from './attackList.ts';
import { checkKinds, modelsOfDefenses } from './defenseModels.ts';
import { checkHostModels } from './hostModels.ts';
import { judgesModels, resolveJudges } from './judges.ts';
import { type ModelUse, resolveModels } from './modelList.ts';
import type { Path, Problem } from './problems.ts';
import { quoted } from './problems.ts';
import type { ExperimentFile } from './schema.ts';

/** Takes problems in; the experiment counts only if none came. */
export type Complain = (problem: Problem) => void;

const noDefense: DefenseSet = { name: 'none', members: [] };

/** Looks up every id and expands lists and wildcards. What is returned counts only without complaints. */
export function resolveExperiment(file: ExperimentFile, catalog: Catalog, complain: Complain): Experiment {
  const attacks = (entries: ExperimentFile['attacks'], path: Path): (AttackId | null)[] => {
    const expanded = expandAttacks(entries, { catalog, path, complain });
    if (expanded.some((attack) => (attack?.afterEpisodes ?? 0) >= file.trials))
      complain({ path, what: `afterEpisodes must be less than trials (${file.trials}), use fewer` });
    return withBaseline(expanded, null, file.baselines);
  };
  const agents = distinct(resolveAgents(file, catalog, complain), 'agents', complain);
  const agentChoices = agents.flatMap(({ choice }) => choice ?? []);
  const defenses = resolveDefenses(file, catalog, complain);
  const asked = modelsOfDefenses(defenses, file.defenses.length, catalog);
  const models = resolveModels(file, [...namedModels(file, agents), ...asked], catalog, complain);
  checkKinds(asked, models, complain);
  checkHostModels(agents, { file, models, catalog, complain });
  return {
    name: file.name,
    seed: String(file.seed),
    ...(file.environmentFiles.length > 0 && { environmentFiles: file.environmentFiles }),
    ...(file.parts.length > 0 && { partFiles: file.parts }),
    ...(file.behaviors !== undefined && { behaviorFile: file.behaviors }),
    ...(file.judges && { judges: resolveJudges(file.judges, catalog, complain) }),
    ...(models.length > 0 && { models }),
    ...(file.budget && { budget: budgetOf(file.budget) }),
    ...(file.attackModel !== undefined && { attackModel: file.attackModel }),
    environments: distinct(
      file.environments.map((entry, index) => {
        const { id, tasks, attacks: own, ...original } = typeof entry === 'string' ? { id: entry } : entry;
        const path = ['environments', index, ...(typeof entry === 'string' ? [] : ['id'])];
        attempt(() => findIn(catalog.environments, id, 'environment'), path, complain);
        checkOriginal(original, { id, catalog, path: ['environments', index], complain });
        return {
          id,
          tasks: tasks ?? file.tasks,
          ...(own && { attacks: attacks(own, ['environments', index, 'attacks']) }),
          ...(original.import !== undefined && { import: original.import }),
          ...(original.textTool && { textTool: true }),
        };
      }),
      'environments',
      complain,
    ),
    agents: agents.map(({ id }) => id),
    ...(agentChoices.length > 0 && { agentChoices }),
    attacks: attacks(file.attacks, ['attacks']),
    defenses,
    ...(file.approver !== 'absent' && { approver: file.approver }),
    ...(file.design !== 'full' && { design: file.design }),
    ...(file.sample && { sample: file.sample }),
    trials: file.trials,
    era: String(file.era) === '2026' ? '2026' : '2025',
    transport: file.transport,
    limits: limitsOf(file, agents),
  };
}

/** A model takes its time. */
const episodeTimeoutMs = { scripted: 60_000, model: 600_000 };

function limitsOf({ limits }: ExperimentFile, agents: readonly ListedAgent[]): Experiment['limits'] {
  const slow = agents.some(({ choice }) => choice !== undefined);
  return {
    ...limits,
    episodeTimeoutMs: limits.episodeTimeoutMs ?? episodeTimeoutMs[slow ? 'model' : 'scripted'],
  };
}

/** Every place that names a model, but for defenses. */
function namedModels(
  { attackModel, judges }: ExperimentFile,
  agents: readonly ListedAgent[],
): readonly ModelUse[] {
  return [
    ...(attackModel === undefined ? [] : [{ id: attackModel, path: ['attackModel'] }]),
    ...agents.flatMap(({ choice, path }) =>
      choice?.model === undefined ? [] : [{ id: choice.model, path: [...path, 'model'] }],
    ),
    ...judgesModels(judges ?? {}),
  ];
}

function budgetOf({ usd, tokens }: NonNullable<ExperimentFile['budget']>): Budget {
  return { ...(usd !== undefined && { usd }), ...(tokens !== undefined && { tokens }) };
}

function attempt(action: () => unknown, path: Path, complain: Complain): void {
  try {
    action();
  } catch (error) {
    complain({ path, what: messageOf(error) });
  }
}

interface OriginalScope {
  readonly id: string;
  readonly catalog: Catalog;
  readonly path: Path;
  complain(problem: Problem): void;
}

/** Only environments that follow an original have its tasks and its text form. */
function checkOriginal(
  wishes: { readonly import?: string | undefined; readonly textTool?: boolean | undefined },
  { id, catalog, path, complain }: OriginalScope,
): void {
  const environment = catalog.environments.find((each) => each.id === id);
  if (!environment || environment.importTasks) return;
  for (const key of ['import', 'textTool'] as const)
    if (wishes[key])
      complain({ path: [...path, key], what: `${id} follows no original, remove ${key}`, atKey: true });
}

function distinct<Entry extends { readonly id: string }>(
  entries: readonly Entry[],
  key: string,
  complain: Complain,
): readonly Entry[] {
  entries.forEach(({ id }, index) => {
    if (entries.findIndex((each) => each.id === id) < index)
      complain({ path: [key, index], what: `${quoted(id)} is listed twice, remove one` });
  });
  return entries;
}

function withBaseline<Entry>(entries: readonly Entry[], baseline: Entry, add: boolean): Entry[] {
  if (entries.length === 0) return [baseline];
  return add && !entries.includes(baseline) ? [baseline, ...entries] : [...entries];
}

function resolveDefenses(file: ExperimentFile, catalog: Catalog, complain: Complain): DefenseSet[] {
  const sets = file.defenses.map((entry, index): DefenseSet => {
    const path: Path = ['defenses', index];
    if (entry === 'none') return noDefense;
    const parts =
      typeof entry === 'string'
        ? [resolvePart(entry, catalog, path, complain)]
        : entry.use.map((member, place) => resolvePart(member, catalog, [...path, 'use', place], complain));
    const name = typeof entry === 'string' ? undefined : entry.name;
    if (name === 'none')
      complain({ path: [...path, 'name'], what: 'none is the set without defenses, choose another name' });
    return {
      name: name ?? parts.map((part) => part.name).join('+'),
      members: parts.flatMap((part) => part.members),
    };
  });
  sets.forEach(({ name }, index) => {
    if (sets.findIndex((each) => each.name === name) < index)
      complain({
        path: ['defenses', index],
        what: `two defense sets are called ${quoted(name)}, give one another name with {name, use}`,
      });
  });
  return withBaseline(sets, sets.find(({ name }) => name === 'none') ?? noDefense, file.baselines);
}

type Member = Exclude<ExperimentFile['defenses'][number], string>['use'][number];

/** A stack with all its members, or a single defense; the mode is told in a name where it is not the usual one. */
function resolvePart(member: Member, catalog: Catalog, path: Path, complain: Complain): DefenseSet {
  const stack = typeof member === 'string' ? findStack(member) : undefined;
  if (stack) {
    const members = stack.members.map(({ id, mode, parameters }) => ({ id, mode, parameters }));
    return { name: stackName(stack), members };
  }
  const choice = resolveMember(member, catalog, path, complain);
  return { name: memberName(choice, catalog), members: [choice] };
}

function memberName({ id, mode }: DefenseChoice, catalog: Catalog): string {
  const defense = catalog.defenses.find((each) => each.id === id);
  return defense && mode !== defaultMode(defense) ? `${id}:${mode}` : id;
}

function resolveMember(member: Member, catalog: Catalog, path: Path, complain: Complain): DefenseChoice {
  const { id, mode, parameters } = readMember(member);
  const fallback: DefenseChoice = { id, mode: 'enforce', parameters };
  attempt(() => findIn([...catalog.defenses, ...stacks], id, 'defense'), path, complain);
  const defense = catalog.defenses.find((each) => each.id === id);
  if (!defense) {
    if (findStack(id)) complain({ path, what: `${id} is a stack, which takes no mode and no parameters` });
    return fallback;
  }
  const chosen = mode ?? defaultMode(defense);
  if (chosen === 'observe' || chosen === 'enforce') {
    if (!defense.modes.includes(chosen))
      complain({ path, what: `${id} has no mode ${chosen}, use ${defense.modes.join(' or ')}` });
    const choice: DefenseChoice = { id, mode: chosen, parameters };
    if (defense.modes.includes(chosen)) attempt(() => checkDefense(choice, catalog.defenses), path, complain);
    return choice;
  }
  complain({ path, what: `unknown mode ${quoted(chosen)}, use ${defense.modes.join(' or ')}` });
  return fallback;
}

function readMember(member: Member): { id: string; mode: string | undefined; parameters: JsonObject } {
  if (typeof member !== 'string') {
    const { id, mode, ...parameters } = member;
    return { id, mode, parameters };
  }
  const colon = member.indexOf(':');
  if (colon < 0) return { id: member, mode: undefined, parameters: {} };
  return { id: member.slice(0, colon), mode: member.slice(colon + 1), parameters: {} };
}

function defaultMode(defense: Defense): DefenseMode {
  return defense.modes.includes('enforce') ? 'enforce' : 'observe';
}
