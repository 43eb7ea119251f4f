import { type Place, Refused } from './address.ts';
import { general, type NumberFormat } from './format.ts';
import { type Cell, cellAt, type Sheet } from './sheet.ts';

export const operators = ['SUM', 'AVERAGE', 'COUNT', 'MAX', 'MIN', 'MINUS', 'PRODUCT'] as const;
export type Operator = (typeof operators)[number];

/** What a formula gives, and the format it shows where none is set. */
export interface FormulaResult {
  readonly value: number;
  readonly format: NumberFormat;
}

/**
 * Applies an operator to the numbers among some cells; texts and blanks do not count.
 * @throws Refused when the operator has nothing to work on
 */
export function calculate(operator: Operator, sheet: Sheet, places: readonly Place[]): FormulaResult {
  const cells = places.map((place) => cellAt(sheet, place)).filter(isNumber);
  return {
    value: combine(
      operator,
      cells.map(({ value }) => value),
    ),
    // A count is no amount, and neither is a product of amounts.
    format: operator === 'COUNT' || operator === 'PRODUCT' ? general : (cells[0]?.format ?? general),
  };
}

function isNumber(cell: Cell): cell is Cell & { readonly value: number } {
  return typeof cell.value === 'number';
}

function combine(operator: Operator, numbers: readonly number[]): number {
  const sum = (): number => numbers.reduce((total, number) => total + number, 0);
  switch (operator) {
    case 'COUNT':
      return numbers.length;
    case 'SUM':
      return sum();
    case 'AVERAGE':
      if (numbers.length === 0) throw new Refused('AVERAGE needs at least one number');
      return sum() / numbers.length;
    case 'MAX':
      return numbers.reduce((best, number) => Math.max(best, number), numbers[0] ?? 0);
    case 'MIN':
      return numbers.reduce((best, number) => Math.min(best, number), numbers[0] ?? 0);
    case 'PRODUCT':
      return numbers.length === 0 ? 0 : bounded(numbers.reduce((product, number) => product * number, 1));
    case 'MINUS': {
      const [first, second, ...more] = numbers;
      if (first === undefined || second === undefined || more.length > 0)
        throw new Refused('MINUS needs exactly two numbers');
      return first - second;
    }
  }
}

function bounded(value: number): number {
  if (Number.isFinite(value)) return value;
  throw new Refused('The result is too large');
}
