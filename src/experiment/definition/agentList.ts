import { agentKinds } from '../../agents/index.ts';
import type { AgentKind } from '../../agents/kind.ts';
import type { AgentChoice, Catalog } from '../../contracts/experiment.ts';
import type { JsonObject } from '../../contracts/json.ts';
import { findAgent } from '../catalog.ts';
import { suggestion } from './nearest.ts';
import { type Path, problemsOf, quoted } from './problems.ts';
import type { Complain } from './resolve.ts';
import type { ExperimentFile } from './schema.ts';

/** An agent of the list: one that exists, or one that is made. */
export interface ListedAgent {
  readonly id: string;
  readonly choice?: AgentChoice;
}

interface AgentScope {
  readonly catalog: Catalog;
  readonly path: Path;
  complain: Complain;
}

type Entry = ExperimentFile['agents'][number];

/** What an entry under `agents` means: an id, `PROVIDER/NAME`, `KIND:PROVIDER/NAME`, or a map. */
export function resolveAgent(entry: Entry, scope: AgentScope): ListedAgent {
  if (typeof entry !== 'string') return fromMap(entry, scope);
  const kind = agentKinds.find(({ id }) => entry.startsWith(`${id}:`));
  if (kind) return fromMap({ kind: kind.id, model: entry.slice(kind.id.length + 1) }, scope);
  const { catalog, path, complain } = scope;
  try {
    return { id: findAgent(catalog, entry).id };
  } catch (error) {
    if (isModel(entry, catalog)) return fromMap({ kind: 'tool-loop', model: entry }, scope);
    complain({ path, what: error instanceof Error ? error.message : String(error) });
    return { id: entry };
  }
}

/** Agents of ours that have a slash in their id are no models. */
function isModel(id: string, { models, agents }: Catalog): boolean {
  if (models.some((model) => model.id === id)) return true;
  const [first = '', ...rest] = id.split('/');
  return rest.length > 0 && !agents.some((agent) => agent.id.startsWith(`${first}/`));
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
    return { id };
  }
  if (kind.needsModel && (model === undefined || model === ''))
    complain({ path, what: `${kind.id} needs a model, add model: PROVIDER/NAME` });
  const parameters = checkedParameters(kind, rest, { path, complain });
  return { id, choice: { id, kind: kind.id, ...(model !== undefined && { model }), parameters } };
}

function defaultId(kind: string, model: string | undefined): string {
  if (model === undefined) return kind;
  return kind === 'tool-loop' ? model : `${kind}:${model}`;
}

function checkedParameters(
  kind: AgentKind,
  given: JsonObject,
  { path, complain }: Pick<AgentScope, 'path' | 'complain'>,
): JsonObject {
  const parsed = kind.parameters.safeParse(given, { reportInput: true });
  if (parsed.success) return parsed.data as JsonObject;
  for (const problem of problemsOf(parsed.error.issues, kind.parameters))
    complain({ ...problem, path: [...path, ...problem.path] });
  return {};
}
