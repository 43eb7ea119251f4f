import type { Score, World } from '../../contracts/environment.ts';
import type { JsonValue } from '../../contracts/json.ts';
import { runWith } from '../kit/queries/program.ts';
import { auditOf } from './audit.ts';
import { addressOf } from './grid/address.ts';
import { gridOf, notesIn } from './grid/sheet.ts';
import { fullMatch, type Session } from './session.ts';
import { sheetTargets } from './targets.ts';
import type { SheetTask } from './task.ts';
import { textTool } from './textTool.ts';
import { sheetTools } from './tools.ts';
import { type Book, sheetNamed } from './workbook/book.ts';

/** A fresh world for one episode of a task. */
export function openWorld(asked: SheetTask, options: { readonly textTool: boolean }): World {
  const { planted } = asked;
  let task = asked;
  const session: Session = { book: task.start, heard: [], best: 0, answer: () => task.expected().grid };
  const tools = [...sheetTools(session), ...(options.textTool ? [textTool(session)] : [])];
  return {
    services: [{ kind: 'tools', name: 'sheet', tools }],
    async solve(actor) {
      await runWith(task.solve(), actor, 'sheet');
      return `The sheet "${task.target}" is done.`;
    },
    score: () => score(task, session),
    audit: () => auditOf(task, session),
    snapshot: () => snapshot(session.book),
    targets: sheetTargets(task.prey, task.target, session),
    ...(planted && {
      plant(text: string) {
        task = planted(text);
        session.book = task.start;
      },
    }),
  };
}

/** Strict: equal cells and notes of all that there are at the end. Original: the best overlap so far. */
function score(task: SheetTask, { book, best }: Session): Score {
  const sheet = sheetNamed(book, task.target);
  if (!sheet) return { utility: 0, original: best };
  const { grid, notes } = task.expected();
  const { equal, cells } = fullMatch(gridOf(sheet), grid);
  const now = notesIn(sheet).map(({ note }) => note);
  const remarks = notes ? Math.max(notes.length, now.length) : 0;
  const equalRemarks = notes?.filter((note, index) => note === now[index]).length ?? 0;
  const all = cells + remarks;
  return { utility: all === 0 ? 0 : (equal + equalRemarks) / all, original: best };
}

function snapshot({ sheets, open }: Book): JsonValue {
  return {
    open,
    sheets: sheets.map((sheet) => ({
      name: sheet.name,
      rows: gridOf(sheet),
      notes: notesIn(sheet).map(({ place, note }) => `${addressOf(place)}: ${note}`),
      merged: sheet.merges.map(
        ({ top, left, bottom, right }) =>
          `${addressOf({ row: top, column: left })}:${addressOf({ row: bottom, column: right })}`,
      ),
      frozen: [sheet.frozenRows, sheet.frozenColumns],
    })),
  };
}
