import { areaBetween, maxColumns, maxRows, type Place, placeAt, placesIn, Refused } from '../grid/address.ts';
import { type Operator, operators } from '../grid/formula.ts';

/** An operator and the cells it works on. */
export interface Formula {
  readonly operator: Operator;
  readonly places: readonly Place[];
}

/** The cells a formula is given: a range or a list of positions. @throws Refused when it is neither, or no place */
export function placesOf(given: {
  readonly start_position?: string | undefined;
  readonly end_position?: string | undefined;
  readonly position_list?: readonly string[] | undefined;
}): Place[] {
  const { start_position, end_position, position_list } = given;
  if (position_list !== undefined) return position_list.map(placeAt);
  if (start_position === undefined || end_position === undefined)
    throw new Refused('Give start_position and end_position, or position_list');
  return placesIn(areaBetween(start_position, end_position));
}

/** A formula in the notation of spreadsheets; `none` for a value that is no formula. @throws Refused for any other formula */
export function readFormula(text: string): Formula | 'none' {
  if (!text.startsWith('=')) return 'none';
  const [, name, operands = ''] = /^=([A-Z]{3,7})\(([A-Z0-9:, ]*)\)$/.exec(text.trim().toUpperCase()) ?? [];
  const operator = operators.find((each) => each === name);
  if (!operator)
    throw new Refused(`A formula looks like =SUM(B2:B5); the operators are ${operators.join(', ')}`);
  const places: Place[] = [];
  for (const operand of operands.split(',')) {
    const [start = '', end = start] = operand.split(':');
    places.push(...placesIn(areaBetween(start, end)));
    if (places.length > maxRows * maxColumns) throw new Refused('The formula names too many cells');
  }
  return { operator, places };
}
