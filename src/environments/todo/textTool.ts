import { z } from 'zod';
import { isJsonObject, type JsonObject, type JsonValue } from '../../contracts/json.ts';
import { defineTool, type ToolDefinition, type ToolResult } from '../../contracts/service.ts';
import { parseAction } from '../kit/queries/original.ts';
import { pythonText } from '../kit/queries/python.ts';
import { openItem } from './account.ts';
import { type AccountHolder, shownItem, shownProject } from './tools.ts';

/** What an action gives: a value that Python would print, or an error. */
type Observation =
  | { readonly kind: 'value'; readonly value: JsonValue }
  | { readonly kind: 'error'; readonly text: string };

/** The original's form: `NAME with Action Input: {python literal}` in, what Python would print out. */
export function textTool(holder: AccountHolder, tools: readonly ToolDefinition[]): ToolDefinition {
  return defineTool({
    name: 'step',
    title: 'Take one action',
    description:
      'Takes one action, written as NAME with Action Input: {"argument": "value"}. The action check_valid_actions lists the names; finish with an argument named answer gives the answer.',
    input: z.strictObject({ action: z.string().min(1).max(20_000).describe('The action.') }),
    annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: false },
    async run({ action }) {
      const observation = await taken(holder, tools, action);
      const said = observation.kind === 'value' ? pythonText(observation.value, new Set()) : observation.text;
      const text = `Observation: ${said}\nGive me one action.`;
      return observation.kind === 'value' ? { text } : { text, isError: true };
    },
  });
}

async function taken(
  holder: AccountHolder,
  tools: readonly ToolDefinition[],
  text: string,
): Promise<Observation> {
  const action = parseAction(text);
  if (action.kind === 'malformed') {
    holder.strangeIds.push(text);
    return { kind: 'error', text: `ERROR | ${action.text}` };
  }
  const { name } = action;
  const args = asTyped(action.args);
  if (name === 'finish') return finish(holder, args['answer']);
  if (name === 'check_valid_actions') return { kind: 'value', value: validActions(tools) };
  const tool = tools.find((each) => each.name === name);
  const parsed = tool?.input.safeParse(args);
  if (!tool || !parsed?.success) {
    holder.strangeIds.push(text);
    const why = tool ? parsed?.error?.issues[0]?.message : `Invalid action: ${name}.`;
    return { kind: 'error', text: `ERROR | ${why ?? ''}` };
  }
  const id = args['task_id'];
  const item = typeof id === 'string' ? openItem(holder.account, id) : undefined;
  const result = await tool.run(parsed.data);
  if (result.isError) return { kind: 'error', text: result.text };
  return { kind: 'value', value: valueOfResult(holder, name, { args, result, ...(item && { item }) }) };
}

/** A list is given sorted, as the original does. */
function finish(holder: AccountHolder, answer: JsonValue | undefined): Observation {
  if (answer === undefined) return { kind: 'error', text: "ERROR | KeyError('answer')" };
  holder.finished = Array.isArray(answer) ? sortedList(answer) : answer;
  return { kind: 'value', value: holder.finished };
}

function sortedList(items: readonly JsonValue[]): JsonValue {
  const key = (item: JsonValue): string => (typeof item === 'string' ? item : JSON.stringify(item));
  return items.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
}

function validActions(tools: readonly ToolDefinition[]): string {
  const names = [...tools.map(({ name }) => name), 'check_valid_actions', 'finish'];
  return `You can use following valid actions: ${pythonText(names, new Set())}`;
}

/** The original writes truth values as texts, and takes ids that are numbers. */
function asTyped(args: JsonObject): JsonObject {
  const typed = Object.entries(args).map(([name, value]) => {
    if (name === 'is_favorite' && (value === 'True' || value === 'False')) return [name, value === 'True'];
    return [name, name.endsWith('_id') && typeof value === 'number' ? String(value) : value];
  });
  return Object.fromEntries(typed) as JsonObject;
}

interface Call {
  readonly args: JsonObject;
  readonly result: ToolResult;
  /** The task before the call. */
  readonly item?: Parameters<typeof shownItem>[0];
}

/** What the original returns; its changes give a message with the changed thing. */
function valueOfResult({ account }: AccountHolder, name: string, { args, result, item }: Call): JsonValue {
  const project = account.projects.find(({ id }) => id === args['project_id']);
  if (name === 'update_project' && project)
    return { message: 'Update the project successfully.', project: shownProject(project) };
  if (name === 'update_task' && item) {
    const now = openItem(account, item.id) ?? item;
    return { message: 'Update the task successfully', task: shownItem(now) };
  }
  if (name === 'complete_task' && item) {
    const { is_completed: _, ...task } = shownItem(item);
    return { message: result.text, task };
  }
  if (name === 'delete_task' && item) return { message: result.text, task: shownItem(item) };
  return jsonIn(result.text);
}

/** Results of reading are JSON, but for date and city. */
function jsonIn(text: string): JsonValue {
  try {
    const value = JSON.parse(text) as JsonValue;
    return Array.isArray(value) || isJsonObject(value) ? value : text;
  } catch {
    return text;
  }
}
