import { isJsonObject, type JsonObject, type JsonValue } from '../../contracts/json.ts';
import { effectsOfTool } from './effects.ts';
import type { ToolNames } from './naming.ts';
import { isIdentifier, leavesOf, tokensIn, wordsOf } from './values.ts';

/** A tool as its service describes it. */
export interface OfferedTool {
  readonly name: string;
  /** What its service says of its effects. */
  readonly annotations: JsonObject;
  /** Whether a call changes something, as far as name and annotations tell. */
  readonly changes: boolean;
  /** Whether what a call does cannot be taken back or reaches others. */
  readonly grave: boolean;
  /** Whether the definition proposes this value: a word of it, or a member of an enumeration. */
  proposes(value: string): boolean;
}

/** Characters of a definition whose words are taken for proposals. */
const maxDefinition = 50_000;

/** A tool of which no definition has been seen. */
export function unknownTool(name: string): OfferedTool {
  return readTool(name, {}, undefined);
}

/** @param names all tools known by now, when the definition is to be read for proposals */
export function readTool(name: string, definition: JsonObject, names: ToolNames | undefined): OfferedTool {
  const annotations = isJsonObject(definition['annotations']) ? definition['annotations'] : {};
  const effects = effectsOfTool(name);
  // Annotations are the service's own words: they may make a call graver than its name does, never lighter.
  const strong = [...effects].some((effect) => effect !== 'write' && effect !== 'move');
  const readOnly = annotations['readOnlyHint'] === true && !strong;
  const outward = annotations['openWorldHint'] === true || annotations['destructiveHint'] === true;
  const stated =
    typeof annotations['readOnlyHint'] === 'boolean' || typeof annotations['destructiveHint'] === 'boolean';
  let words: ReadonlySet<string> | undefined;
  return {
    name,
    annotations,
    changes: !readOnly && (stated || effects.size > 0),
    grave: !readOnly && (strong || (outward && stated)),
    proposes(value) {
      words ??= proposals(definition, names);
      return words.has(wordsOf(value).trim());
    },
  };
}

function proposals(definition: JsonObject, names: ToolNames | undefined): ReadonlySet<string> {
  const found = new Set<string>();
  const addEnums = (node: JsonValue | undefined, depth: number): void => {
    if (depth > 12 || typeof node !== 'object' || node === null) return;
    const members = isJsonObject(node) ? node['enum'] : undefined;
    if (Array.isArray(members))
      for (const member of members.slice(0, 500))
        if (typeof member === 'string' && member.length <= 40 && !tokensIn(member).some(isIdentifier))
          found.add(wordsOf(member).trim());
    for (const item of Object.values(node)) addEnums(item, depth + 1);
  };
  addEnums(definition['inputSchema'], 0);
  let rest = maxDefinition;
  for (const { value } of leavesOf([definition['description'], definition['inputSchema']])) {
    if (typeof value !== 'string' || value.length > rest) continue;
    rest -= value.length;
    const { data } = names?.split(value) ?? { data: '' };
    for (const word of wordsOf(data).trim().split(' ')) if (/^\p{L}+$/u.test(word)) found.add(word);
  }
  return found;
}
