import { parseAction } from '../../kit/queries/original.ts';
import type { QueryCall } from '../../kit/queries/program.ts';
import type { Grid, Sheet } from '../grid/sheet.ts';
import { gridOf } from '../grid/sheet.ts';
import { verbs } from '../workbook/verbs.ts';
import { lenientArguments } from './arguments.ts';

export type ReferencePath =
  | { readonly kind: 'calls'; readonly calls: readonly QueryCall[] }
  | { readonly kind: 'unreadable'; readonly why: string };

/** Reads lines such as `Action 3: sort_sheet_by_col with Action Input: {'col_num': '7', 'order': 'des'}`. */
export function readPath(text: string): ReferencePath {
  const calls: QueryCall[] = [];
  for (const line of text.split('\n')) {
    const [, written] = /^Action \d{1,6}:(.*)$/.exec(line.trim()) ?? [];
    if (written === undefined) continue;
    const action = parseAction(written);
    const verb = action.kind === 'action' ? verbs.get(action.name) : undefined;
    if (action.kind === 'malformed' || !verb)
      return { kind: 'unreadable', why: `no action of a sheet: ${line.slice(0, 120)}` };
    calls.push({ tool: verb.name, args: lenientArguments(verb, action.args) });
  }
  return calls.length === 0 ? { kind: 'unreadable', why: 'no action in it' } : { kind: 'calls', calls };
}

/**
 * Insertions that a path takes for granted: where the answer has one more column than the sheet, and the title at
 * its top stands in no argument of the path, somebody has inserted that column before the path begins.
 */
export function missingInsertions(sheet: Sheet, answer: Grid, calls: readonly QueryCall[]): QueryCall[] {
  const columns = gridOf(sheet)[0]?.length ?? 0;
  const written = JSON.stringify(calls.map(({ args }) => args));
  return (answer[0] ?? []).slice(columns).flatMap((title, index) => {
    if (!isWord(title) || written.includes(JSON.stringify(title).slice(1, -1))) return [];
    return [{ tool: 'insert_cols', args: { values_list: [[title]], col_idx: columns + index + 1 } }];
  });
}

/** Something that no formula gives. */
function isWord(text: string): boolean {
  return /[A-Za-z]/.test(text);
}
