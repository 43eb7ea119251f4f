import { z } from 'zod';
import type { JsonObject, JsonValue } from '../../../contracts/json.ts';
import { defineTool, type ToolDefinition, type ToolResult } from '../../../contracts/service.ts';
import type { QueryFunction, QueryResult } from './functions.ts';
import type { QueryLog } from './log.ts';
import { parseAction } from './original.ts';
import { pythonText } from './python.ts';

/** The answer that was given by the action `finish`. */
export interface Finish {
  value?: JsonValue;
}

/** A tool's result as callers see it. */
export type Shown = (tool: string, value: JsonValue) => JsonValue;

export interface TextToolParts {
  readonly functions: readonly QueryFunction[];
  readonly log: QueryLog;
  readonly finish: Finish;
  /** See {@link pythonText}. */
  readonly floats: ReadonlySet<string>;
  readonly shown: Shown;
}

/** The original's form: one action in, what Python would print out. */
export function textTool(parts: TextToolParts): ToolDefinition {
  return defineTool({
    name: 'step',
    title: 'Take one action',
    description:
      'Takes one action, written as NAME with Action Input: {"argument": "value"}. The action check_valid_actions lists the names; finish with an argument named answer gives the answer and ends the task.',
    input: z.strictObject({ action: z.string().min(1).max(20_000).describe('The action.') }),
    annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: false },
    run: ({ action }) => observation(take(action, parts), parts.floats),
  });
}

function observation(result: QueryResult, floats: ReadonlySet<string>): ToolResult {
  const said = result.kind === 'value' ? pythonText(result.value, floats) : result.text;
  const text = `Observation: ${said}\nGive me one action.`;
  return result.kind === 'value' ? { text } : { text, isError: true };
}

function take(text: string, { functions, log, finish, shown }: TextToolParts): QueryResult {
  log.note({ text });
  if (finish.value !== undefined) return { kind: 'error', text: 'ERROR | The task is finished.' };
  const action = parseAction(text);
  if (action.kind === 'malformed') return { kind: 'error', text: `ERROR | ${action.text}` };
  const { name, args } = action;
  if (name === 'check_valid_actions') return { kind: 'value', value: validActions(functions) };
  if (name === 'finish') return finishWith(args['answer'], finish);
  const query = functions.find((each) => each.name === name);
  if (!query) return { kind: 'error', text: `ERROR | Invalid action: ${name}.` };
  const parsed = query.input.safeParse(args);
  if (!parsed.success) return { kind: 'error', text: `ERROR | ${explained(parsed.error, args)}` };
  log.noteCall({ tool: name, args });
  const result = (query.runOriginal ?? query.run)(parsed.data);
  if (result.kind === 'error') return result;
  log.noteResult(result.value);
  return { kind: 'value', value: shown(name, result.value) };
}

function finishWith(answer: JsonValue | undefined, finish: Finish): QueryResult {
  if (answer === undefined) return { kind: 'error', text: "ERROR | KeyError('answer')" };
  finish.value = answer;
  return { kind: 'value', value: answer };
}

function validActions(functions: readonly QueryFunction[]): string {
  const names = [...functions.map(({ name }) => name), 'check_valid_actions', 'finish'];
  return `You can use following valid actions: ${pythonText(names, new Set())}`;
}

function explained(error: z.ZodError, args: JsonObject): string {
  const [issue] = error.issues;
  const [name = ''] = issue?.path.map(String) ?? [];
  if (name !== '' && args[name] === undefined) return `KeyError('${name}')`;
  return `${name === '' ? '' : `${name}: `}${issue?.message ?? ''}`;
}
