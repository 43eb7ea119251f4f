import {
  type Area,
  areaBetween,
  maxColumns,
  maxRows,
  type Place,
  placeAt,
  Refused,
} from '../grid/address.ts';
import { type CellValue, general, type NumberFormat } from '../grid/format.ts';
import { blank, type Cell, createSheet, type Sheet } from '../grid/sheet.ts';
import { UnfitWorkbook } from './unfit.ts';
import { xmlTokens } from './xml.ts';

/** What the cells of a workbook share. */
export interface SharedParts {
  readonly texts: readonly string[];
  readonly formats: readonly NumberFormat[];
}

interface Draft {
  readonly cells: Map<number, Cell[]>;
  readonly merges: Area[];
  frozenRows: number;
  frozenColumns: number;
}

interface DraftCell {
  readonly place: Place | undefined;
  readonly type: string;
  readonly style: number;
  text: string;
}

/** Reads a worksheet. Cells outside the largest sheet count only if they hold something. @throws UnfitWorkbook */
export function readWorksheet(
  name: string,
  xml: string,
  shared: SharedParts,
  notes: ReadonlyMap<string, string>,
): Sheet {
  const draft: Draft = { cells: new Map(), merges: [], frozenRows: 0, frozenColumns: 0 };
  let cell: DraftCell | undefined;
  let inValue = false;
  for (const token of xmlTokens(xml)) {
    if (token.kind === 'text') {
      if (cell && inValue) cell.text += token.text;
    } else if (token.name === 'v' || token.name === 't') inValue = token.kind === 'open';
    else if (token.kind === 'close') {
      if (token.name !== 'c' || !cell) continue;
      addCell(draft, cell, shared);
      cell = undefined;
    } else if (token.name === 'c') cell = newCell(token.attributes);
    else if (token.name === 'mergeCell') draft.merges.push(areaIn(token.attributes.get('ref') ?? ''));
    else if (token.name === 'pane') freeze(draft, token.attributes);
  }
  for (const [address, note] of notes) addNote(draft, address, note);
  const height = Math.max(0, ...draft.cells.keys());
  const rows = Array.from({ length: height }, (_, index) => filled(draft.cells.get(index + 1) ?? []));
  const { frozenRows, frozenColumns } = draft;
  return { ...createSheet(name, rows, draft.merges), frozenRows, frozenColumns };
}

/** A sparse row with blanks in its gaps. */
function filled(row: readonly Cell[]): Cell[] {
  return Array.from(row, (cell: Cell | undefined) => cell ?? blank);
}

function newCell(attributes: ReadonlyMap<string, string>): DraftCell {
  return {
    place: placeIn(attributes.get('r') ?? ''),
    type: attributes.get('t') ?? 'n',
    style: Number(attributes.get('s') ?? 0),
    text: '',
  };
}

/** Absent for a place that no sheet has here. */
function placeIn(address: string): Place | undefined {
  try {
    return placeAt(address);
  } catch (error) {
    if (error instanceof Refused) return undefined;
    throw error;
  }
}

function areaIn(range: string): Area {
  const [start = '', end = start] = range.split(':');
  try {
    return areaBetween(start, end);
  } catch (error) {
    if (error instanceof Refused) throw new UnfitWorkbook(`it merges ${range}, and ${error.message}`);
    throw error;
  }
}

function freeze(draft: Draft, attributes: ReadonlyMap<string, string>): void {
  if (!attributes.get('state')?.startsWith('frozen')) return;
  draft.frozenRows = lines(attributes.get('ySplit'), maxRows);
  draft.frozenColumns = lines(attributes.get('xSplit'), maxColumns);
}

function lines(text: string | undefined, most: number): number {
  const count = Number(text ?? 0);
  return Number.isInteger(count) && count >= 0 && count <= most ? count : 0;
}

function addCell(draft: Draft, { place, type, style, text }: DraftCell, shared: SharedParts): void {
  const value = valueIn(type, text, shared);
  const format = shared.formats[style] ?? general;
  if (!place) {
    if (value !== '') throw new UnfitWorkbook(`it has more than ${maxRows} rows or ${maxColumns} columns`);
    return;
  }
  if (value !== '' || format.kind !== 'general') put(draft, place, { ...blank, value, format });
}

function valueIn(type: string, text: string, { texts }: SharedParts): CellValue {
  if (text === '') return '';
  if (type === 's') return texts[Number(text)] ?? '';
  if (type === 'b') return text === '1';
  if (type !== 'n') return text;
  const number = Number(text);
  if (!Number.isFinite(number)) throw new UnfitWorkbook(`it holds the number ${text.slice(0, 40)}`);
  return number;
}

function addNote(draft: Draft, address: string, note: string): void {
  const place = placeIn(address);
  if (!place) return;
  const known = draft.cells.get(place.row)?.[place.column - 1] ?? blank;
  put(draft, place, { ...known, note });
}

function put({ cells }: Draft, { row, column }: Place, cell: Cell): void {
  const line = cells.get(row) ?? [];
  line[column - 1] = cell;
  cells.set(row, line);
}
