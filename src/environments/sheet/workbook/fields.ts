import { z } from 'zod';
import { maxColumns, maxRows } from '../grid/address.ts';
import { operators } from '../grid/formula.ts';

/** Greatest length of a cell's text. */
const maxText = 2_000;

export const sheetName = z.string().min(1).max(200).describe('Name of a sheet.');
export const row = z.int().min(1).max(maxRows);
export const column = z.int().min(1).max(maxColumns);
export const value = z.union([z.string().max(maxText), z.number()], { error: 'expected a text or a number' });
export const lines = z.array(z.array(value).max(maxRows)).min(1).max(maxRows);
export const position = z.string().min(1).max(12);
export const text = z.string().max(maxText);

export const area = {
  start_position: position.describe('Position of the first cell in A1 notation, such as A2.'),
  end_position: position.describe('Position of the last cell in A1 notation, such as C5.'),
};

/** The cells of a formula: a range, or a list of positions. */
export const operands = {
  start_position: position
    .optional()
    .describe('First cell of a range in A1 notation; goes with end_position.'),
  end_position: position
    .optional()
    .describe('Last cell of a range in A1 notation; goes with start_position.'),
  position_list: z
    .array(position)
    .min(1)
    .max(500)
    .optional()
    .describe('Positions of single cells in A1 notation, in place of a range.'),
  operator: z.enum(operators).describe('What is done with the numbers in the cells.'),
};
