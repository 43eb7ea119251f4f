import { RE2JS } from 're2js';
import { messageOf } from '../../../contracts/errors.ts';
import { type Place, Refused } from './address.ts';
import { type Sheet, textAt, usedSize } from './sheet.ts';

export interface Search {
  readonly query: string;
  /** The query is a regular expression that may match anywhere in a cell, and not the whole text of one. */
  readonly regex: boolean;
  readonly row?: number;
  readonly column?: number;
}

/**
 * Cells whose text is the query, or matches it. The engine takes time linear in the text whatever the expression.
 * @throws Refused when the query is no expression it knows
 */
export function findCells(sheet: Sheet, { query, regex, row, column }: Search): Place[] {
  const matches = regex ? matcher(query) : (text: string) => text === query;
  const used = usedSize(sheet);
  const found: Place[] = [];
  for (let r = row ?? 1; r <= Math.min(row ?? used.rows, used.rows); r++)
    for (let c = column ?? 1; c <= Math.min(column ?? used.columns, used.columns); c++)
      if (matches(textAt(sheet, { row: r, column: c }))) found.push({ row: r, column: c });
  return found;
}

function matcher(pattern: string): (text: string) => boolean {
  try {
    const compiled = RE2JS.compile(pattern);
    return (text) => compiled.matcher(text).find();
  } catch (error) {
    throw new Refused(`This regular expression cannot be used: ${messageOf(error)}`);
  }
}
