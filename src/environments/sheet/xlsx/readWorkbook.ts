import type { Sheet } from '../grid/sheet.ts';
import { relationsOf, sharedTexts, stylesIn } from './parts.ts';
import { UnfitWorkbook } from './unfit.ts';
import { readWorksheet } from './worksheet.ts';
import { xmlTokens } from './xml.ts';
import { type Archive, openArchive } from './zip.ts';

const maxSheets = 500;

/**
 * The sheets of an xlsx file (ECMA-376): values, number formats, merged cells, notes and frozen rows. Formulas count
 * as their last values. `wanted` says by name which sheets are read.
 * @throws UnfitWorkbook
 */
export function readWorkbook(bytes: Buffer, wanted: (name: string) => boolean): readonly Sheet[] {
  const archive = openArchive(bytes);
  const part = partOfType(archive, '', 'officeDocument') ?? 'xl/workbook.xml';
  const xml = archive.text(part);
  if (xml === undefined) throw new UnfitWorkbook('it is no xlsx file');
  const relations = relationsOf(archive, part);
  const shared = {
    texts: sharedTexts(archive, partOfType(archive, part, 'sharedStrings')),
    formats: stylesIn(archive, partOfType(archive, part, 'styles')),
  };
  return sheetEntries(xml)
    .filter(({ name }) => wanted(name))
    .map(({ name, id }) => {
      const target = relations.get(id)?.target ?? '';
      const sheet = archive.text(target);
      if (sheet === undefined) throw new UnfitWorkbook(`the sheet ${name} is missing`);
      return readWorksheet(name, sheet, shared, notesOf(archive, target));
    });
}

function partOfType(archive: Archive, part: string, type: string): string | undefined {
  return [...relationsOf(archive, part).values()].find((relation) => relation.type === type)?.target;
}

function sheetEntries(xml: string): { readonly name: string; readonly id: string }[] {
  const entries: { name: string; id: string }[] = [];
  for (const token of xmlTokens(xml)) {
    if (token.kind !== 'open' || token.name !== 'sheet') continue;
    entries.push({ name: token.attributes.get('name') ?? '', id: token.attributes.get('id') ?? '' });
    if (entries.length > maxSheets) throw new UnfitWorkbook(`it has more than ${maxSheets} sheets`);
  }
  return entries;
}

/** Notes of a sheet by position; several pieces of text make one note. */
function notesOf(archive: Archive, part: string): ReadonlyMap<string, string> {
  const notes = new Map<string, string>();
  let [position, note, inText] = ['', '', false];
  const comments = partOfType(archive, part, 'comments');
  for (const token of xmlTokens(comments === undefined ? '' : (archive.text(comments) ?? ''))) {
    if (token.kind === 'text') note += inText ? token.text : '';
    else if (token.name === 't') inText = token.kind === 'open';
    else if (token.name !== 'comment') continue;
    else if (token.kind === 'close') notes.set(position, note);
    else [position, note] = [token.attributes.get('ref') ?? '', ''];
  }
  return notes;
}
