import type { JsonObject, JsonValue } from '../../contracts/json.ts';
import { defineTool, type ToolDefinition, type ToolResult } from '../../contracts/service.ts';
import { carryOut, type Outcome, type Session } from './session.ts';
import { verbs } from './workbook/verbs.ts';

/** The tools of the sheet environment of AgentBoard. Sheets are shown as JSON, one row per line. */
export function sheetTools(session: Session): readonly ToolDefinition[] {
  return [...verbs.values()].map((verb) => {
    const { name, title, description, input, annotations } = verb;
    return defineTool({
      name,
      title,
      description,
      input,
      annotations,
      run: (args) => resultOf(carryOut(session, verb, args as JsonObject)),
    });
  });
}

function resultOf(outcome: Outcome): ToolResult {
  return outcome.kind === 'refused' ? { text: outcome.text, isError: true } : { text: shown(outcome.value) };
}

function shown(value: JsonValue): string {
  if (typeof value === 'string') return value === '' ? '(nothing)' : value;
  if (!Array.isArray(value) || !value.every(Array.isArray) || value.length === 0)
    return JSON.stringify(value);
  return `[\n${value.map((row) => JSON.stringify(row)).join(',\n')}\n]`;
}
