import type { z } from 'zod';
import type { JsonValue } from '../../../contracts/json.ts';
import type { ToolAnnotations } from '../../../contracts/service.ts';

export type QueryResult =
  | { readonly kind: 'value'; readonly value: JsonValue }
  | { readonly kind: 'error'; readonly text: string };

/** One question that a service answers. */
export interface QueryFunction {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly input: z.ZodObject;
  readonly annotations: ToolAnnotations;
  run(args: Readonly<Record<string, unknown>>): QueryResult;
  /** What the original says, where that is not what `run` says. */
  runOriginal?(args: Readonly<Record<string, unknown>>): QueryResult;
}

/** The functions of a service in one episode, with what they remember. */
export interface QuerySession {
  readonly functions: readonly QueryFunction[];
  /** What has changed by calls. */
  state(): JsonValue;
}

/** Reads only: nothing but a later result can show that it was called. */
export const reads: ToolAnnotations = {
  readOnlyHint: true,
  destructiveHint: false,
  idempotentHint: true,
  openWorldHint: false,
};

/** Keeps the type of the arguments in step with `input`. */
export function defineQuery<Input extends z.ZodObject>(query: {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly input: Input;
  readonly annotations?: ToolAnnotations;
  run(args: z.output<Input>): QueryResult;
  runOriginal?(args: z.output<Input>): QueryResult;
}): QueryFunction {
  const { run, runOriginal, annotations = reads, ...facts } = query;
  return {
    ...facts,
    annotations,
    run: (args) => run(args as z.output<Input>),
    ...(runOriginal && {
      runOriginal: (args: Readonly<Record<string, unknown>>) => runOriginal(args as z.output<Input>),
    }),
  };
}

export function found(value: JsonValue): QueryResult {
  return { kind: 'value', value };
}

export function failed(text: string): QueryResult {
  return { kind: 'error', text };
}
