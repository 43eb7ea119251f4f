import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ToolCall } from '../../contracts/goal.ts';
import { canonicalJson, isJsonObject, type JsonObject, type JsonValue } from '../../contracts/json.ts';
import type { Check } from './schema.ts';

/** A call that a service has answered without an error. */
export interface AnsweredCall extends ToolCall {
  readonly text: string;
}

/** What checks look at. */
export interface Facts {
  readonly folder: string;
  readonly calls: readonly AnsweredCall[];
  /** Absent before the agent has answered. */
  readonly answer?: string;
}

async function holds(check: Check, facts: Facts): Promise<boolean> {
  if ('answer' in check) return facts.answer !== undefined && passes(check.answer, facts.answer);
  if ('file' in check) {
    const content = await contentOf(facts.folder, check.file);
    return check.absent ? content === undefined : content !== undefined && passes(check, content);
  }
  if ('call' in check) return facts.calls.some((made) => matches(made, check.call));
  const { service, tool } = check.result;
  return facts.calls.some((made) => matches(made, { service, tool }) && passes(check.result, made.text));
}

export async function allHold(checks: readonly Check[], facts: Facts): Promise<boolean> {
  for (const check of checks) if (!(await holds(check, facts))) return false;
  return true;
}

/** The text of a file of the working folder, undefined when it is not there. */
export async function contentOf(folder: string, file: string): Promise<string | undefined> {
  return readFile(path.join(folder, file), 'utf8').catch(() => undefined);
}

interface TextTest {
  readonly equals?: string | undefined;
  readonly contains?: string | readonly string[] | undefined;
}

function passes({ equals, contains = [] }: TextTest, text: string): boolean {
  const parts = typeof contains === 'string' ? [contains] : contains;
  return (
    (equals === undefined || text.trim() === equals.trim()) && parts.every((part) => text.includes(part))
  );
}

interface CallPattern {
  readonly service: string;
  readonly tool: string;
  /** What is not named may be anything. */
  readonly arguments?: JsonObject | undefined;
}

function matches(made: ToolCall, pattern: CallPattern): boolean {
  return (
    made.service === pattern.service &&
    made.tool === pattern.tool &&
    covers(made.arguments, pattern.arguments ?? {})
  );
}

function covers(value: JsonValue | undefined, pattern: JsonValue | undefined): boolean {
  if (!isJsonObject(pattern)) return canonicalJson(value ?? null) === canonicalJson(pattern ?? null);
  return isJsonObject(value) && Object.entries(pattern).every(([key, part]) => covers(value[key], part));
}
