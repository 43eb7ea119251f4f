import type { z } from 'zod';
import { SolutionStuck, textOf } from '../../../contracts/agent.ts';
import type { Actor } from '../../../contracts/environment.ts';
import type { JsonObject, JsonValue } from '../../../contracts/json.ts';
import { firstJson } from '../firstJson.ts';

/** A look into a service. */
export interface QueryCall {
  readonly tool: string;
  readonly args: JsonObject;
}

/** A look with what it gave. */
export interface QueryStep {
  readonly call: QueryCall;
  readonly value: JsonValue;
}

/** Takes what was wanted out of a result. @throws SolutionStuck when it is not there */
export type Reading = <Schema extends z.ZodType>(schema: Schema) => z.output<Schema>;

/**
 * A way to find something out: yields calls, is given their results, and returns what it found. It knows nothing
 * but the question and the results, so the same program answers a question at once or through an agent's host.
 */
export type Program<T> = Generator<QueryCall, T, Reading>;

/** The question has no single clear answer in this world. */
export class Unclear extends SolutionStuck {}

/** One call of a program. */
export function* ask<Schema extends z.ZodType>(
  tool: string,
  args: JsonObject,
  schema: Schema,
): Program<z.output<Schema>> {
  const reading = yield { tool, args };
  return reading(schema);
}

/** Runs a program on results that are at hand. */
export function runNow<T>(program: Program<T>, look: (call: QueryCall) => Reading): T {
  let step = program.next();
  while (!step.done) step = program.next(look(step.value));
  return step.value;
}

/** Runs a program by calling the tools of a service. */
export async function runWith<T>(program: Program<T>, actor: Actor, service: string): Promise<T> {
  let step = program.next();
  while (!step.done) {
    const { tool, args } = step.value;
    const text = textOf(await actor.call(service, tool, args));
    step = program.next((schema) => readResult(text, schema, tool));
  }
  return step.value;
}

/** A result is a JSON array or object, or else stands as plain text in the first line. */
function readResult<Schema extends z.ZodType>(text: string, schema: Schema, tool: string): z.output<Schema> {
  const found = firstJson(text, schema);
  if (found.kind === 'found') return found.value;
  const line = text.trim().split('\n', 1).join().trim();
  for (const plain of line === '' ? [] : [line, Number(line)]) {
    const parsed = schema.safeParse(plain);
    if (parsed.success) return parsed.data;
  }
  throw new SolutionStuck(`The result of ${tool} cannot be read`);
}

/** The only item whose value is greatest. @throws Unclear when there is none or more than one */
export function greatest<T>(items: readonly T[], weigh: (item: T) => number): T {
  const [first, second] = [...items].sort((a, b) => weigh(b) - weigh(a));
  if (first === undefined) throw new Unclear('There is nothing to choose from');
  if (second !== undefined && weigh(first) - weigh(second) < 1e-9) throw new Unclear('Two are equal');
  return first;
}

/** The only item whose value is least. @throws Unclear when there is none or more than one */
export function least<T>(items: readonly T[], weigh: (item: T) => number): T {
  return greatest(items, (item) => -weigh(item));
}

/** The only text that occurs most often. @throws Unclear when there is none or more than one */
export function mostFrequent(texts: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return greatest([...counts], ([, count]) => count)[0];
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

/** @throws Unclear when there are none */
export function mean(numbers: readonly number[]): number {
  if (numbers.length === 0) throw new Unclear('There is nothing to average');
  return sum(numbers) / numbers.length;
}

export function yesNo(fact: boolean): 'Yes' | 'No' {
  return fact ? 'Yes' : 'No';
}
