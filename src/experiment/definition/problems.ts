import { z } from 'zod';
import { suggestion } from './nearest.ts';

export type Path = readonly (string | number)[];

/** Something wrong in an experiment, in words: what, and what to do. */
export interface Problem {
  readonly path: Path;
  readonly what: string;
  /** True when the key at the end of `path` is wrong and not its value. */
  readonly atKey?: boolean;
}

type Issue = z.core.$ZodIssue;

/** Issues of `schema` as problems; the schema must have been asked to report its input. */
export function problemsOf(issues: readonly Issue[], schema: z.ZodType): Problem[] {
  return issues.flatMap((issue) => problemsOfIssue(issue, [], schema));
}

/** The keys that may stand in the map at `path`. */
function keysAt(schema: unknown, path: Path): string[] {
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => keysAt(option, path));
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault)
    return keysAt(schema.unwrap(), path);
  const [step, ...rest] = path;
  if (schema instanceof z.ZodArray) return step === undefined ? [] : keysAt(schema.element, rest);
  if (!(schema instanceof z.ZodObject)) return [];
  return step === undefined ? Object.keys(schema.shape) : keysAt(schema.shape[step], rest);
}

function problemsOfIssue(issue: Issue, prefix: Path, root: z.ZodType): Problem[] {
  const path = [...prefix, ...issue.path.map((step) => (typeof step === 'number' ? step : String(step)))];
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(root, path);
    return issue.keys.map((key) => ({
      path: [...path, key],
      what: known.includes(key)
        ? `${quoted(key)} does not go together with the other keys here, leave one out`
        : `unknown key ${quoted(key)}, ${suggestion(key, known)}`,
      atKey: true,
    }));
  }
  if (issue.code === 'invalid_union') {
    // The alternative whose outer type fits, and that is missed by least, is the one that was meant.
    const fitting = issue.errors.filter((branch) => branch.length > 0 && !branch.some(isOuter));
    const [meant] = fitting.sort((a, b) => distance(a) - distance(b));
    if (meant) return meant.flatMap((each) => problemsOfIssue(each, path, root));
  }
  return [{ path, what: whatOf(issue, path) }];
}

function distance(branch: readonly Issue[]): number {
  return branch.reduce((sum, issue) => sum + (issue.code === 'unrecognized_keys' ? issue.keys.length : 1), 0);
}

function isOuter(issue: Issue): boolean {
  return issue.path.length === 0 && (issue.code === 'invalid_type' || issue.code === 'invalid_value');
}

function whatOf(issue: Issue, path: Path): string {
  if (issue.code === 'too_small')
    return issue.origin === 'array'
      ? `the list needs at least ${issue.minimum} ${issue.minimum === 1 ? 'entry' : 'entries'}, add more`
      : `expected at least ${issue.minimum}${issue.origin === 'string' ? ' character' : ''}, use more`;
  if (issue.code === 'too_big') return `expected at most ${issue.maximum}${unit(issue.origin)}, use fewer`;
  const wanted = wantedOf(issue);
  if (issue.input === undefined && path.length > 0)
    return `${quoted(String(path.at(-1)))} is missing, add it (${wanted})`;
  return issue.code === 'invalid_type'
    ? `expected ${wanted}, found ${kindOf(issue.input)}`
    : `expected ${wanted}`;
}

function wantedOf(issue: Issue): string {
  if (issue.code === 'invalid_type') return kindNames[issue.expected] ?? issue.expected;
  if (issue.code === 'invalid_value') return issue.values.map(String).join(' or ');
  return issue.message.replace(/^expected /, '');
}

function unit(origin: string): string {
  if (origin === 'array') return ' entries';
  return origin === 'string' ? ' characters' : '';
}

export function quoted(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}...` : text);
}

const kindNames: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map',
};

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map';
  if (typeof value === 'string') return `the text ${quoted(value)}`;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : typeof value;
}
