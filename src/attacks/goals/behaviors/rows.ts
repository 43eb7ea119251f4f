import { z } from 'zod';
import { CsvError, type CsvRecord, readCsv } from '../../../contracts/csv.ts';
import { SafeMcpError } from '../../../contracts/errors.ts';

const maxBehaviors = 10_000;
const maxBehaviorLength = 4_000;

const rowSchema = z.strictObject({
  id: z.string().regex(/^[\w.-]{1,100}$/, 'needs 1 to 100 letters, digits, dots, hyphens or underscores'),
  behavior: z
    .string()
    .trim()
    .min(1, 'is empty')
    .max(maxBehaviorLength, `exceeds ${maxBehaviorLength} characters`),
  target: z
    .string()
    .trim()
    .max(maxBehaviorLength, `exceeds ${maxBehaviorLength} characters`)
    .transform((text) => text || undefined)
    .optional(),
});

/** A behavior in free text that the attacker wants of the agent. */
export interface Behavior {
  readonly id: string;
  readonly behavior: string;
  /** How the agent's answer would begin if it complied. */
  readonly target?: string | undefined;
}

/**
 * Reads a behavior set of the user's own: CSV (RFC 4180) with the columns `id`, `behavior` and, optionally, `target`.
 * @throws INVALID_DEFINITION, with the line, when it is anything else, holds nothing, or exceeds a limit
 */
export function readBehaviors(csvText: string): Behavior[] {
  try {
    return rowsOf(readCsv(csvText.replace(/^\uFEFF/, '')));
  } catch (error) {
    if (error instanceof CsvError) throw invalid(error.message, error.line);
    throw error;
  }
}

function rowsOf(records: Generator<CsvRecord>): Behavior[] {
  const header = records.next();
  const columns = header.done ? [] : header.value.fields.map((name) => name.trim().toLowerCase());
  checkColumns(columns);
  const rows = new Map<string, Behavior>();
  for (const { line, fields } of records) {
    if (rows.size >= maxBehaviors) throw invalid(`There are more than ${maxBehaviors} behaviors`, line);
    if (fields.length !== columns.length)
      throw invalid(`There are ${fields.length} fields, and ${columns.length} columns`, line);
    const parsed = rowSchema.safeParse(Object.fromEntries(columns.map((name, at) => [name, fields[at]])));
    if (!parsed.success) throw invalid(problemIn(parsed.error), line);
    if (rows.has(parsed.data.id)) throw invalid(`The id ${parsed.data.id} stands here again`, line);
    rows.set(parsed.data.id, parsed.data);
  }
  if (rows.size === 0) throw invalid('There are no behaviors', 1);
  return [...rows.values()];
}

function checkColumns(columns: readonly string[]): void {
  const known = Object.keys(rowSchema.shape);
  const fits = columns.every((name, at) => known.includes(name) && columns.indexOf(name) === at);
  if (fits && columns.includes('id') && columns.includes('behavior')) return;
  throw invalid('The first line must name the columns id, behavior and, optionally, target', 1);
}

function problemIn({ issues }: z.ZodError): string {
  return issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('; ');
}

function invalid(message: string, line: number): SafeMcpError {
  return new SafeMcpError('INVALID_DEFINITION', message, {
    where: `behaviors, line ${line}`,
    hint: 'See docs/attacks/goals.md, behavior sets.',
  });
}
