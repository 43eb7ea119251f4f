/** Rows and columns that a sheet may have. */
export const maxRows = 1_000;
export const maxColumns = 60;

/** A cell's place; row and column count from 1. */
export interface Place {
  readonly row: number;
  readonly column: number;
}

/** A rectangle of cells; all bounds are included. */
export interface Area {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

/** Something that a sheet refuses, in words for the one who asked. */
export class Refused extends Error {}

/** A place in A1 notation. */
export function addressOf({ row, column }: Place): string {
  let letters = '';
  for (let left = column; left > 0; left = Math.floor((left - 1) / 26)) {
    letters = String.fromCharCode(65 + ((left - 1) % 26)) + letters;
  }
  return `${letters}${row}`;
}

/** The inverse of {@link addressOf}. @throws Refused when the text is no place of a sheet */
export function placeAt(address: string): Place {
  const [, letters, digits] = /^([A-Za-z]{1,2})(\d{1,4})$/.exec(address.trim()) ?? [];
  if (!letters || !digits)
    throw new Refused(`${JSON.stringify(address.slice(0, 40))} is no position in A1 notation, such as B2`);
  let column = 0;
  for (const letter of letters.toUpperCase()) column = column * 26 + letter.charCodeAt(0) - 64;
  const place = { row: Number(digits), column };
  checkInside(place, address);
  return place;
}

/** @throws Refused when no sheet can be that large */
export function checkInside({ row, column }: Place, what: string): void {
  if (row >= 1 && row <= maxRows && column >= 1 && column <= maxColumns) return;
  throw new Refused(`${what} is outside the sheet; it has at most ${maxRows} rows and ${maxColumns} columns`);
}

/** The area between two corners. @throws Refused when they are no corners */
export function areaBetween(start: string, end: string): Area {
  const [a, b] = [placeAt(start), placeAt(end)];
  return {
    top: Math.min(a.row, b.row),
    left: Math.min(a.column, b.column),
    bottom: Math.max(a.row, b.row),
    right: Math.max(a.column, b.column),
  };
}

export function holds(area: Area, { row, column }: Place): boolean {
  return row >= area.top && row <= area.bottom && column >= area.left && column <= area.right;
}

export function overlaps(a: Area, b: Area): boolean {
  return a.top <= b.bottom && b.top <= a.bottom && a.left <= b.right && b.left <= a.right;
}

/** All places of an area, row by row. */
export function placesIn({ top, left, bottom, right }: Area): Place[] {
  const places: Place[] = [];
  for (let row = top; row <= bottom; row++)
    for (let column = left; column <= right; column++) places.push({ row, column });
  return places;
}
