import { type NumberFormat, readFormat } from '../grid/format.ts';
import { xmlTokens } from './xml.ts';
import type { Archive } from './zip.ts';

/** Where a part points to, by the ids that it uses. */
export type Relations = ReadonlyMap<string, { readonly type: string; readonly target: string }>;

/** The relations of a part; none when it has no such file. @throws UnfitWorkbook */
export function relationsOf(archive: Archive, part: string): Relations {
  const slash = part.lastIndexOf('/');
  const [folder, file] = [part.slice(0, slash + 1), part.slice(slash + 1)];
  const relations = new Map<string, { type: string; target: string }>();
  for (const token of xmlTokens(archive.text(`${folder}_rels/${file}.rels`) ?? '')) {
    if (token.kind !== 'open' || token.name !== 'Relationship') continue;
    const type = token.attributes.get('Type') ?? '';
    relations.set(token.attributes.get('Id') ?? '', {
      type: type.slice(type.lastIndexOf('/') + 1),
      target: resolved(folder, token.attributes.get('Target') ?? ''),
    });
  }
  return relations;
}

function resolved(folder: string, target: string): string {
  if (target.startsWith('/')) return target.slice(1);
  const steps = folder.split('/').filter((step) => step !== '');
  for (const step of target.split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '.') steps.push(step);
  }
  return steps.join('/');
}

/** Texts that cells refer to by number. @throws UnfitWorkbook */
export function sharedTexts(archive: Archive, part: string | undefined): readonly string[] {
  const texts: string[] = [];
  let [current, inText, inReading] = ['', false, false];
  for (const token of xmlTokens(part === undefined ? '' : (archive.text(part) ?? ''))) {
    if (token.kind === 'text') {
      if (inText && !inReading) current += token.text;
      continue;
    }
    const isOpen = token.kind === 'open';
    if (token.name === 't') inText = isOpen;
    // A guide to pronunciation is no part of the text.
    else if (token.name === 'rPh') inReading = isOpen;
    else if (token.name === 'si' && isOpen) current = '';
    else if (token.name === 'si') texts.push(current);
  }
  return texts;
}

/** Codes of the formats that have a fixed number (ECMA-376, part 1, 18.8.30), as far as they are known here. */
const builtInCodes: Readonly<Record<string, string>> = {
  '1': '0',
  '2': '0.00',
  '3': '#,##0',
  '4': '#,##0.00',
  '9': '0%',
  '10': '0.00%',
};

/** Number formats by the number of the cell style. @throws UnfitWorkbook */
export function stylesIn(archive: Archive, part: string | undefined): readonly NumberFormat[] {
  const codes = new Map(Object.entries(builtInCodes));
  const formats: NumberFormat[] = [];
  let inCells = false;
  for (const token of xmlTokens(part === undefined ? '' : (archive.text(part) ?? ''))) {
    if (token.kind === 'text') continue;
    if (token.name === 'cellXfs') inCells = token.kind === 'open';
    if (token.kind !== 'open') continue;
    const id = token.attributes.get('numFmtId') ?? '0';
    if (token.name === 'numFmt') codes.set(id, token.attributes.get('formatCode') ?? '');
    if (token.name === 'xf' && inCells) formats.push(readFormat(codes.get(id) ?? 'General'));
  }
  return formats;
}
