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
  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = keysAt(root, path);
      return issue.keys.map((key) => ({
        path: [...path, key],
        what: `unknown key ${quoted(key)}, ${suggestion(key, known)}`,
        atKey: true,
      }));
    }
    case 'invalid_union': {
      // The alternative whose outer type fits is the one that was meant.
      const meant = issue.errors.find((branch) => branch.every((each) => !isOuter(each)));
      if (!meant || meant.length === 0)
        return [{ path, what: issue.input === undefined ? missing(path, issue.message) : issue.message }];
      return meant.flatMap((each) => problemsOfIssue(each, path, root));
    }
    case 'invalid_type':
      return [
        {
          path,
          what:
            issue.input === undefined && path.length > 0
              ? missing(path, kindName(issue.expected))
              : `expected ${kindName(issue.expected)}, found ${kindOf(issue.input)}`,
        },
      ];
    default:
      return [{ path, what: plain(issue) }];
  }
}

function isOuter(issue: Issue): boolean {
  return issue.path.length === 0 && (issue.code === 'invalid_type' || issue.code === 'invalid_value');
}

function plain(issue: Issue): string {
  switch (issue.code) {
    case 'too_small':
      return issue.origin === 'array'
        ? `the list needs at least ${issue.minimum} entry, add one`
        : `expected at least ${issue.minimum}${issue.origin === 'string' ? ' character' : ''}, use more`;
    case 'too_big':
      return `expected at most ${issue.maximum}${unit(issue.origin)}, use fewer`;
    case 'invalid_value':
      return `expected ${issue.values.map(String).join(' or ')}`;
    default:
      return issue.message;
  }
}

function unit(origin: string): string {
  if (origin === 'array') return ' entries';
  return origin === 'string' ? ' characters' : '';
}

export function quoted(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}...` : text);
}

function missing(path: Path, wanted: string): string {
  return `${quoted(String(path.at(-1)))} is missing, add it (${wanted.replace(/^expected /, '')})`;
}

const kindNames: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map',
};

function kindName(expected: string): string {
  return kindNames[expected] ?? expected;
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map';
  return typeof value === 'string' ? `the text ${quoted(value)}` : `the ${typeof value} ${String(value)}`;
}
