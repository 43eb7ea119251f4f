import type { z } from 'zod';
import type { JsonValue } from '../../../contracts/json.ts';
import type { ToolAnnotations } from '../../../contracts/service.ts';
import type { Sheet } from '../grid/sheet.ts';
import { gridOf } from '../grid/sheet.ts';
import { type Book, withSheet } from './book.ts';

/** What a call did to the book, and what it shows. */
export interface Done {
  readonly book: Book;
  readonly shown: JsonValue;
}

/** One thing that can be done with a workbook. */
export interface Verb {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly input: z.ZodObject;
  readonly annotations: ToolAnnotations;
  /** Arguments have passed `input`. @throws Refused; the book is unchanged then */
  run(book: Book, args: Readonly<Record<string, unknown>>): Done;
}

/** Keeps the type of the arguments in step with `input`. */
export function defineVerb<Input extends z.ZodObject>(verb: {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly input: Input;
  readonly annotations: ToolAnnotations;
  run(book: Book, args: z.output<Input>): Done;
}): Verb {
  return { ...verb, run: (book, args) => verb.run(book, args as z.output<Input>) };
}

/** The open sheet has changed; all of it is shown. */
export function changed(book: Book, sheet: Sheet): Done {
  return { book: withSheet(book, sheet), shown: gridOf(sheet) };
}

const plain = { openWorldHint: false };
export const reads: ToolAnnotations = {
  ...plain,
  readOnlyHint: true,
  destructiveHint: false,
  idempotentHint: true,
};
/** Changes nothing that was written. */
export const arranges: ToolAnnotations = { ...reads, readOnlyHint: false };
export const adds: ToolAnnotations = { ...arranges, idempotentHint: false };
/** Replaces or removes; the same call again does nothing more. */
export const replaces: ToolAnnotations = { ...arranges, destructiveHint: true };
/** Replaces or removes, and does so again when it is called again. */
export const removes: ToolAnnotations = { ...replaces, idempotentHint: false };
