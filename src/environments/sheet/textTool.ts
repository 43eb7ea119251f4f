import { z } from 'zod';
import { isJsonObject, type JsonObject, type JsonValue } from '../../contracts/json.ts';
import { defineTool, type ToolDefinition } from '../../contracts/service.ts';
import { parseAction } from '../kit/queries/original.ts';
import { pythonText } from '../kit/queries/python.ts';
import { lenientArguments } from './original/arguments.ts';
import { carryOut, type Session } from './session.ts';
import { verbs } from './workbook/verbs.ts';

const noFloats: ReadonlySet<string> = new Set();

/** The original's form: `NAME with Action Input: {python literal}` in, what Python would print out. */
export function textTool(session: Session): ToolDefinition {
  return defineTool({
    name: 'step',
    title: 'Take one action',
    description:
      'Takes one action, written as NAME with Action Input: {"argument": "value"}. The names are those of the other tools; a regular expression is written re.compile("pattern").',
    input: z.strictObject({ action: z.string().min(1).max(20_000).describe('The action.') }),
    annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: false },
    run({ action }) {
      const { text, isError } = taken(session, action);
      return { text: `Observation: ${text}\nGive me one action.`, ...(isError && { isError }) };
    },
  });
}

function taken(session: Session, text: string): { readonly text: string; readonly isError: boolean } {
  const action = parseAction(text);
  if (action.kind === 'malformed') {
    session.heard.push(text);
    return { text: `ERROR | ${action.text}`, isError: true };
  }
  const verb = verbs.get(action.name);
  const args = verb ? lenientArguments(verb, action.args) : action.args;
  const parsed = verb?.input.safeParse(args);
  if (!verb || !parsed?.success) {
    session.heard.push(text);
    const why = verb ? issueIn(parsed?.error) : `Invalid action: ${action.name}. ${validNames()}`;
    return { text: `ERROR | ${why}`, isError: true };
  }
  const outcome = carryOut(session, verb, isJsonObject(parsed.data) ? (parsed.data as JsonObject) : {});
  if (outcome.kind === 'refused') return { text: outcome.text, isError: true };
  return { text: pythonText(outcome.value, noFloats), isError: false };
}

function issueIn(error: z.ZodError | undefined): string {
  const [issue] = error?.issues ?? [];
  return `${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? ''}`;
}

function validNames(): string {
  const names: JsonValue = [...verbs.keys()];
  return `Please choose another valid action from ${pythonText(names, noFloats)}`;
}
