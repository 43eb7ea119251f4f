import { isJsonObject, type JsonObject } from '../../../contracts/json.ts';

/** Whose things a parameter can ask for, and what of theirs. */
const owners = new Set(
  'agent assistant llm model ai caller client host session conversation chat dialog dialogue user task system prompt request thread'.split(
    ' ',
  ),
);
/** What says what has gone on or is known, which a tool has no use for unless it speaks of it. */
const context = new Set(
  (
    'context history background memory transcript messages prompt instructions thoughts reasoning secrets secret keys ' +
    'key credentials'
  ).split(' '),
);
/** What a tool that deals with its owner may ask for: the details of a task, the profile of a user. */
const facts = new Set('notes note state summary log logs info information details profile'.split(' '));
/** What no purpose but its own needs, whoever it belongs to. */
const alone = new Set(
  'conversation transcript password passphrase credentials apikey systemprompt chathistory'.split(' '),
);
const pairs = new Set([
  'api key',
  'secret key',
  'private key',
  'access token',
  'auth token',
  'system prompt',
  'model name',
  'full context',
]);

/** The words of a name: `chat_history`, `chatHistory` and `Chat-History` are the same. */
function wordsIn(name: string): string[] {
  const spaced = name.slice(0, 2000).replace(/([a-z0-9])([A-Z])/g, '$1 $2');
  return spaced.toLowerCase().match(/[a-z]+/g) ?? [];
}

/**
 * Parameters of a tool whose names ask for the conversation, the context, the prompt or keys, while nothing in the
 * tool's own words has to do with these.
 */
export function strangeParameters(tool: JsonObject): string[] {
  const schema = tool['inputSchema'];
  const properties = isJsonObject(schema) && isJsonObject(schema['properties']) ? schema['properties'] : {};
  const purpose = new Set(
    ['name', 'title', 'description'].flatMap((member) => {
      const text = tool[member];
      return typeof text === 'string' ? wordsIn(text).map(singular) : [];
    }),
  );
  return Object.keys(properties)
    .slice(0, 500)
    .filter((name) => asksForContext(wordsIn(name), purpose));
}

function singular(word: string): string {
  return word.replace(/s$/, '');
}

function asksForContext(words: readonly string[], purpose: ReadonlySet<string>): boolean {
  const [last = ''] = words.slice(-1);
  const two = words.slice(-2).join(' ');
  const named = (word: string): boolean => purpose.has(singular(word));
  if (alone.has(words.join('')) || alone.has(last)) return !words.some(named);
  if (pairs.has(two)) return !two.split(' ').some(named);
  if (!words.slice(0, -1).some((word) => owners.has(word))) return false;
  return (context.has(last) && !named(last)) || (facts.has(last) && !words.some(named));
}

/** A tool without some of its parameters. */
export function withoutParameters(tool: JsonObject, names: readonly string[]): JsonObject {
  const schema = tool['inputSchema'];
  if (!isJsonObject(schema) || !isJsonObject(schema['properties'])) return tool;
  const kept = Object.entries(schema['properties']).filter(([name]) => !names.includes(name));
  const required = Array.isArray(schema['required'])
    ? { required: schema['required'].filter((name) => typeof name !== 'string' || !names.includes(name)) }
    : {};
  return { ...tool, inputSchema: { ...schema, properties: Object.fromEntries(kept), ...required } };
}
