import type { Catalog, ModelChoice } from '../../contracts/experiment.ts';
import { modelChoice, objectionTo, providers } from '../../models/index.ts';
import type { ConfiguredModel } from './modelSchema.ts';
import { nearest, suggestion } from './nearest.ts';
import { type Path, quoted } from './problems.ts';
import type { Complain } from './resolve.ts';
import type { ExperimentFile } from './schema.ts';

/** A place in an experiment that names a model. */
export interface ModelUse {
  readonly id: string;
  readonly path: Path;
}

/** The models of an experiment: those it configures, and those of providers that it only names. */
export function resolveModels(
  file: ExperimentFile,
  uses: readonly ModelUse[],
  catalog: Catalog,
  complain: Complain,
): readonly ModelChoice[] {
  const taken = new Set(catalog.models.map(({ id }) => id));
  const models = file.models.flatMap((entry, index) => {
    const path = ['models', index];
    const choice = choiceOf(entry);
    const objection = choice ? objectionTo(choice) : 'expected an id PROVIDER/NAME, or provider and name';
    if (objection !== undefined) complain({ path, what: objection });
    if (choice && taken.has(choice.id))
      complain({ path, what: `another model is called ${quoted(choice.id)}, give one an id of its own` });
    if (choice) taken.add(choice.id);
    return choice && objection === undefined ? [choice] : [];
  });
  return [...models, ...named(uses, { models, catalog, complain })];
}

/** What to say of `PROVIDER/NAME` whose provider is none; undefined for anything else. */
export function unknownProvider(id: string): string | undefined {
  const slash = id.indexOf('/');
  const provider = id.slice(0, Math.max(0, slash));
  const known = providers.map((each) => each.id);
  if (provider === '' || known.includes(provider)) return undefined;
  const near = nearest(provider, known);
  const meant = near === undefined ? '' : `did you mean ${near}? `;
  return `there is no provider ${quoted(provider)}, ${meant}the providers are: ${known.join(', ')}`;
}

interface Known {
  readonly models: readonly ModelChoice[];
  readonly catalog: Catalog;
  complain: Complain;
}

/** Models that are named as `PROVIDER/NAME` without being configured. */
function named(uses: readonly ModelUse[], { models, catalog, complain }: Known): readonly ModelChoice[] {
  const known = [...models, ...catalog.models].map(({ id }) => id);
  const added = new Map<string, ModelChoice>();
  for (const { id, path } of uses) {
    if (known.includes(id) || added.has(id)) continue;
    const choice = modelChoice(id);
    const objection = choice
      ? objectionTo(choice)
      : (unknownProvider(id) ?? `there is no model ${quoted(id)}, ${suggestion(id, known)}`);
    if (objection !== undefined) complain({ path, what: objection });
    else if (choice) added.set(id, choice);
  }
  return [...added.values()];
}

function choiceOf(entry: string | ConfiguredModel): ModelChoice | undefined {
  if (typeof entry === 'string') return modelChoice(entry);
  const { id: given, provider, name, baseUrl, keyFrom, price } = entry;
  const id = given ?? `${provider ?? ''}/${name ?? ''}`;
  const fromId = modelChoice(id);
  const place = { provider: provider ?? fromId?.provider, name: name ?? fromId?.name };
  if (place.provider === undefined || place.name === undefined) return undefined;
  return {
    id,
    provider: place.provider,
    name: place.name,
    ...(baseUrl !== undefined && { baseUrl }),
    ...(keyFrom !== undefined && { keyFrom }),
    settings: present(entry, ['temperature', 'topP', 'seed', 'reasoningEffort', 'maxTokens']),
    limits: present(entry, [
      'requestsPerMinute',
      'tokensPerMinute',
      'concurrency',
      'timeoutMs',
      'maxRetries',
    ]),
    ...(price && { price }),
  };
}

/** The members of these names that are there. */
function present<Key extends keyof ConfiguredModel>(
  entry: ConfiguredModel,
  names: readonly Key[],
): { [Name in Key]?: NonNullable<ConfiguredModel[Name]> } {
  return Object.fromEntries(
    names.flatMap((name) => (entry[name] === undefined ? [] : [[name, entry[name]]])),
  ) as { [Name in Key]?: NonNullable<ConfiguredModel[Name]> };
}
