import { isJsonObject, type JsonObject, type JsonValue } from '../../../contracts/json.ts';
import { itemsOf } from './poison.ts';

/** The name of a tool; empty where it has none. */
export function nameOf(tool: JsonObject): string {
  return typeof tool['name'] === 'string' ? tool['name'] : '';
}

/** The object in a member, empty where there is none. */
export function objectIn(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

/** The schemas of a tool's parameters, by name. */
export function parametersOf(tool: JsonObject): JsonObject {
  return objectIn(objectIn(tool['inputSchema'])['properties']);
}

/** `name`, or with lines behind it where that is taken. */
export function freeName(name: string, taken: JsonObject): string {
  return Object.hasOwn(taken, name) ? freeName(`${name}_`, taken) : name;
}

/** The tool with members of its input schema set. */
export function withInputSchema(tool: JsonObject, members: JsonObject): JsonObject {
  return { ...tool, inputSchema: { type: 'object', ...objectIn(tool['inputSchema']), ...members } };
}

/** The tool with one more parameter, which calls can do without. */
export function withParameter(tool: JsonObject, name: string, schema: JsonObject): JsonObject {
  const parameters = parametersOf(tool);
  return withInputSchema(tool, { properties: { ...parameters, [freeName(name, parameters)]: schema } });
}

/** The name of an added parameter that has nothing to say by itself. */
const plainParameter = 'client_note';

/** The tool with one parameter changed, chosen by `place`; with a parameter more where it has none. */
export function withChangedParameter(
  tool: JsonObject,
  place: number,
  change: (schema: JsonObject) => JsonObject,
): JsonObject {
  const parameters = Object.entries(parametersOf(tool)).filter(([, schema]) => isJsonObject(schema));
  const [name, schema] = parameters[place % parameters.length] ?? [];
  if (name === undefined) return withParameter(tool, plainParameter, change({ type: 'string' }));
  return withInputSchema(tool, {
    properties: { ...parametersOf(tool), [name]: change(objectIn(schema)) },
  });
}

/** A tool that the honest service does not have. */
export function decoyTool(name: string, description: string, members: JsonObject = {}): JsonObject {
  return { name, description, inputSchema: { type: 'object', properties: {} }, ...members };
}

/** A copy of a `tools/list` result with tools before and behind the honest ones; undefined when it lists nothing. */
export function withTools(
  result: JsonObject,
  { before = [], behind = [] }: { before?: readonly JsonObject[]; behind?: readonly JsonObject[] },
): JsonObject | undefined {
  if (!Array.isArray(result['tools'])) return undefined;
  const honest = itemsOf(result['tools']);
  const taken = Object.fromEntries(honest.filter(isJsonObject).map((tool) => [nameOf(tool), true]));
  const free = (tool: JsonObject): JsonObject => ({ ...tool, name: freeName(nameOf(tool), taken) });
  return { ...result, tools: [...before.map(free), ...honest, ...behind.map(free)] };
}

/** A copy of a `tools/list` result in which the tool of this name has gone through `change`; undefined without it. */
export function withToolNamed(
  result: JsonObject,
  name: string,
  change: (tool: JsonObject) => JsonObject,
): JsonObject | undefined {
  const tools = itemsOf(result['tools']);
  const chosen = tools.filter(isJsonObject).find((tool) => nameOf(tool) === name);
  return chosen && { ...result, tools: tools.map((tool) => (tool === chosen ? change(chosen) : tool)) };
}
