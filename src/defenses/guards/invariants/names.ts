import { isJsonObject, type JsonValue } from '../../../contracts/json.ts';
import { toolKey } from '../../toolGuard.ts';
import {
  type OfferedItem,
  type OfferKind,
  type OfferObjection,
  type OfferPage,
  promptKind,
  resourceKind,
  theOffer,
  toolKind,
} from '../kit/offers.ts';
import type { NameDirectory } from '../names/directory.ts';

/** Names remembered per listing. */
const maxNames = 5000;
/** Letters, digits and `_-./`, at most 128 (specification, server/tools; SEP-986 allows the slash). */
const toolName = /^[A-Za-z0-9_./-]{1,128}$/;
/** Visible characters and plain spaces. */
const visible = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]+$/u;
const longestTitle = 128;
const address = /^[^\s\p{C}]{1,2000}$/u;

/** Objects to names that are not allowed, that occur twice in a list, or that another service has. */
export function createNameRules(
  service: string,
  directory: NameDirectory,
): (page: OfferPage) => readonly OfferObjection[] {
  const seen = new Map<OfferKind, Set<string>>();
  return ({ kind, items, first }) => {
    const names = (first ? undefined : seen.get(kind)) ?? new Set<string>();
    seen.set(kind, names);
    return items.flatMap((item): OfferObjection[] => {
      const key = toolKey(item.key);
      const twice = names.has(key);
      if (names.size < maxNames) names.add(key);
      const why = wrongName(kind, item) ?? (twice ? 'is listed twice' : takenFrom(kind, item));
      if (why === undefined) return [];
      const reason = `${theOffer(kind, item.key, service)} ${why}`;
      const span = { path: `${item.path}/${kind.key}`, text: item.key };
      return [{ key: item.key, score: 1, reason, spans: [span], remedy: { kind: 'withhold' } }];
    });
  };

  function takenFrom(kind: OfferKind, { key }: OfferedItem): string | undefined {
    if (kind !== toolKind && kind !== promptKind) return undefined;
    const rival = directory.rival(service, kind, key);
    return rival && `has the name of one of ${rival.service}`;
  }
}

function wrongName(kind: OfferKind, { key, definition }: OfferedItem): string | undefined {
  if (kind === toolKind) {
    if (!toolName.test(key)) return 'has a name that is not allowed';
    return schemaOf(definition) ? undefined : 'has no input schema for an object';
  }
  if (kind === promptKind) return isTitle(key) ? undefined : 'has a name that is not allowed';
  if (!address.test(key)) return 'has an address that is not allowed';
  const name = isJsonObject(definition) ? definition['name'] : undefined;
  return kind === resourceKind && name !== undefined && !(typeof name === 'string' && isTitle(name))
    ? 'has a name that is not allowed'
    : undefined;
}

function isTitle(name: string): boolean {
  return name.length <= longestTitle && visible.test(name);
}

function schemaOf(definition: JsonValue): boolean {
  const schema = isJsonObject(definition) ? definition['inputSchema'] : undefined;
  return isJsonObject(schema) && schema['type'] === 'object';
}
