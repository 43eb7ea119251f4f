import { Refused } from '../grid/address.ts';
import type { Sheet } from '../grid/sheet.ts';

/** A workbook and the sheet that calls work on. Books are never changed, only replaced. */
export interface Book {
  readonly sheets: readonly Sheet[];
  /** Name of the open sheet; empty while none is open. */
  readonly open: string;
}

/** @throws Refused when no sheet is open */
export function openSheet({ sheets, open }: Book): Sheet {
  const sheet = sheets.find(({ name }) => name === open);
  if (!sheet) throw new Refused('Please open a sheet before operating it');
  return sheet;
}

export function sheetNamed({ sheets }: Book, name: string): Sheet | undefined {
  return sheets.find((sheet) => sheet.name === name);
}

/** The book with a new version of its open sheet. */
export function withSheet(book: Book, changed: Sheet): Book {
  return { ...book, sheets: book.sheets.map((sheet) => (sheet.name === changed.name ? changed : sheet)) };
}
