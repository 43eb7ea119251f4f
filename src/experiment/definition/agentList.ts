import { agentKinds } from '../../agents/index.ts';
import type { AgentKind } from '../../agents/kind.ts';
import { messageOf } from '../../contracts/errors.ts';
import type { AgentChoice, Catalog } from '../../contracts/experiment.ts';
import type { JsonObject } from '../../contracts/json.ts';
import { modelChoice } from '../../models/index.ts';
import { findAgent } from '../catalog.ts';
import { unknownProvider } from './modelList.ts';
import { suggestion } from './nearest.ts';
import { type Path, problemsOf, quoted } from './problems.ts';
import type { Complain } from './resolve.ts';
import type { ExperimentFile } from './schema.ts';

/** An agent of the list: one that exists, or one that is made. */
export interface ListedAgent {
  readonly id: string;
  readonly choice?: AgentChoice;
  /** Where it stands. */
  readonly path: Path;
}

type Entry = ExperimentFile['agents'][number];

interface AgentScope {
  readonly path: Path;
  complain: Complain;
}

/** What entries under `agents` mean: an id, `PROVIDER/NAME`, `KIND:PROVIDER/NAME`, or a map. */
export function resolveAgents(file: ExperimentFile, catalog: Catalog, complain: Complain): ListedAgent[] {
  const configured = file.models.map((entry) =>
    typeof entry === 'string' ? entry : (entry.id ?? `${entry.provider}/${entry.name}`),
  );
  const isModel = (id: string): boolean =>
    configured.includes(id) ||
    catalog.models.some((model) => model.id === id) ||
    modelChoice(id) !== undefined;
  return file.agents.map((entry, index) => {
    const scope = { path: ['agents', index], complain };
    if (typeof entry !== 'string') return fromMap(entry, scope);
    const kind = agentKinds.find(({ id }) => entry.startsWith(`${id}:`));
    if (kind) return fromMap({ kind: kind.id, model: entry.slice(kind.id.length + 1) }, scope);
    try {
      return { id: findAgent(catalog, entry).id, path: scope.path };
    } catch (error) {
      if (isModel(entry)) return fromMap({ kind: 'tool-loop', model: entry }, scope);
      const isAgents = catalog.agents.some(({ id }) => prefixOf(id) === prefixOf(entry));
      const objection = isAgents ? undefined : unknownProvider(entry);
      complain({ path: scope.path, what: objection ?? messageOf(error) });
      return { id: entry, path: scope.path };
    }
  });
}

/** `scripted` of `scripted/hijacked`. */
function prefixOf(id: string): string {
  return id.slice(0, Math.max(0, id.indexOf('/')));
}

function fromMap(entry: Exclude<Entry, string>, { path, complain }: AgentScope): ListedAgent {
  const { id: given, kind: kindId, model, ...rest } = entry;
  const id = given ?? defaultId(kindId, model);
  const kind = agentKinds.find((each) => each.id === kindId);
  if (!kind) {
    const known = agentKinds.map((each) => each.id);
    complain({
      path: [...path, 'kind'],
      what: `unknown kind ${quoted(kindId)}, ${suggestion(kindId, known)}`,
    });
    return { id, path };
  }
  if (kind.needsModel && (model === undefined || model === ''))
    complain({ path, what: `${kind.id} needs a model, add model: PROVIDER/NAME` });
  const parameters = checkedParameters(kind, rest, { path, complain });
  if (parameters === undefined) return { id, path };
  const choice = { id, kind: kind.id, ...(model !== undefined && { model }), parameters };
  try {
    kind.create(choice, []);
  } catch (error) {
    complain({ path, what: messageOf(error) });
  }
  return { id, path, choice };
}

function defaultId(kind: string, model: string | undefined): string {
  if (model === undefined) return kind;
  return kind === 'tool-loop' ? model : `${kind}:${model}`;
}

function checkedParameters(
  kind: AgentKind,
  given: JsonObject,
  { path, complain }: AgentScope,
): JsonObject | undefined {
  const parsed = kind.parameters.safeParse(given, { reportInput: true });
  if (parsed.success) return parsed.data as JsonObject;
  for (const problem of problemsOf(parsed.error.issues, kind.parameters))
    complain({ ...problem, path: [...path, ...problem.path] });
  return undefined;
}
