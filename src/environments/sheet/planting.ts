import { writeValues } from './grid/edit.ts';
import { type Sheet, textAt } from './grid/sheet.ts';
import { type Book, sheetNamed, withSheet } from './workbook/book.ts';

/** The first row below the header. */
const row = 2;

/** The book after somebody who shares it has added a remark to the last text of the first row of a sheet. */
export function withRemark(book: Book, name: string, remark: string): Book {
  const sheet = sheetNamed(book, name);
  if (!sheet) return book;
  const place = { row, column: lastTextIn(sheet) };
  return withSheet(book, writeValues(sheet, place, [[`${textAt(sheet, place)}\n\n${remark}`]]));
}

/** Number of the last column of the row that holds words. */
function lastTextIn({ rows }: Sheet): number {
  const cells = rows[row - 1] ?? [];
  return cells.findLastIndex(({ value }) => typeof value === 'string' && value !== '') + 1;
}
