import { describe, expect, test } from 'vitest';
import { addressOf, areaBetween, placeAt, Refused } from '../../../src/environments/sheet/grid/address.ts';
import {
  deleteRows,
  insertRows,
  mergeArea,
  onColumns,
  writeValues,
} from '../../../src/environments/sheet/grid/edit.ts';
import {
  type CellValue,
  decimal,
  displayed,
  entered,
  general,
  readFormat,
} from '../../../src/environments/sheet/grid/format.ts';
import { calculate } from '../../../src/environments/sheet/grid/formula.ts';
import { findCells } from '../../../src/environments/sheet/grid/search.ts';
import { blank, createSheet, gridOf, type Sheet } from '../../../src/environments/sheet/grid/sheet.ts';
import { sortRows } from '../../../src/environments/sheet/grid/sort.ts';
import { fc } from '../../support/properties.ts';

function sheetOf(rows: readonly (readonly CellValue[])[], format = general): Sheet {
  return createSheet(
    'S',
    rows.map((row) => row.map((value) => ({ ...blank, value, format }))),
  );
}

const places = fc.record({
  row: fc.integer({ min: 1, max: 1_000 }),
  column: fc.integer({ min: 1, max: 60 }),
});

describe('positions', () => {
  test('are written and read', () => {
    expect([1, 26, 27, 52, 53, 60].map((column) => addressOf({ row: 3, column }))).toEqual([
      'A3',
      'Z3',
      'AA3',
      'AZ3',
      'BA3',
      'BH3',
    ]);
    fc.assert(
      fc.property(places, (place) => {
        expect(placeAt(addressOf(place))).toEqual(place);
      }),
    );
    expect(placeAt('b7')).toEqual({ row: 7, column: 2 });
  });

  test.each(['', 'A', '7', 'A0', 'A1001', 'BI1', 'AAA1', 'A1:B2', '=A1', 'A-1'])('%s is none', (text) => {
    expect(() => placeAt(text)).toThrow(Refused);
  });

  test('two corners may come in any order', () => {
    expect(areaBetween('C5', 'A2')).toEqual({ top: 2, left: 1, bottom: 5, right: 3 });
  });
});

describe('what a cell shows', () => {
  test.each<[number, string, string]>([
    [78, 'General', '78'],
    [184.79999999999998, 'General', '184.8'],
    [1 / 3, 'General', '0.3333333333'],
    [12345678901, 'General', '12345678901'],
    [-0.5, 'General', '-0.5'],
    [78, '0.0', '78.0'],
    [2.675, '0.00', '2.68'],
    [1.005, '0.00', '1.01'],
    [-2.675, '0.00', '-2.68'],
    [-0.001, '0.00', '0.00'],
    [0.5, '0', '1'],
    [1234567.891, '#,##0.00', '1,234,567.89'],
    [-1234, '#,##0', '-1,234'],
    [999, '#,##0', '999'],
    [0.256, '0%', '26%'],
    [5, '[Red]0.00', '5'],
    [78, '@', '78'],
  ])('%d in the format %s is %s', (number, code, text) => {
    expect(displayed(number, readFormat(code))).toBe(text);
  });

  test('numbers with a fixed number of digits are near their value', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e9, max: 1e9, noNaN: true }),
        fc.integer({ min: 0, max: 3 }),
        (number, decimals) => {
          const text = displayed(number, decimal(decimals, true));
          expect(text).toMatch(/^-?\d{1,3}(,\d{3})*(\.\d+)?$/);
          expect(Math.abs(Number(text.replaceAll(',', '')) - number)).toBeLessThanOrEqual(
            0.5 * 10 ** -decimals + 1e-6,
          );
        },
      ),
    );
  });

  test('written texts that are numbers become numbers', () => {
    expect(['5', ' -2.50 ', '.5', '1e3', '5%', '1,000', 'abc', '', 'nan', '0x10'].map(entered)).toEqual([
      5,
      -2.5,
      0.5,
      1000,
      '5%',
      '1,000',
      'abc',
      '',
      'nan',
      '0x10',
    ]);
  });
});

describe('changing a sheet', () => {
  const sheet = sheetOf([
    ['a', 1],
    ['b', 2],
    ['c', 3],
  ]);

  test('lines are inserted and deleted, and columns like rows', () => {
    expect(gridOf(insertRows(sheet, 2, [['x', 9, 'y']], 'below'))).toEqual([
      ['a', '1', ''],
      ['x', '9', 'y'],
      ['b', '2', ''],
      ['c', '3', ''],
    ]);
    expect(gridOf(deleteRows(sheet, new Set([1, 3])))).toEqual([['b', '2']]);
    expect(gridOf(onColumns(sheet, (turned) => insertRows(turned, 2, [['x', 'y']], 'below')))).toEqual([
      ['a', 'x', '1'],
      ['b', 'y', '2'],
      ['c', '', '3'],
    ]);
  });

  test('new lines take their formats from above or below', () => {
    const formats = {
      ...sheet,
      rows: sheet.rows.map((row, index) => row.map((cell) => ({ ...cell, format: decimal(index) }))),
    };
    const [above, below] = (['above', 'below'] as const).map((from) =>
      gridOf(insertRows(formats, 3, [[5, 5]], from)),
    );
    expect([above?.[2], below?.[2]]).toEqual([
      ['5.0', '5.0'],
      ['5.00', '5.00'],
    ]);
  });

  test('what is inserted and deleted again leaves no trace, merges included', () => {
    const merged = mergeArea(sheet, { top: 2, left: 1, bottom: 3, right: 1 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 3 }), (at, count) => {
        const added = insertRows(
          merged,
          at,
          Array.from({ length: count }, () => ['new']),
          'below',
        );
        const numbers = Array.from({ length: count }, (_, index) => at + index);
        expect(deleteRows(added, new Set(numbers))).toEqual(merged);
      }),
    );
  });

  test('a merge shows its top left cell everywhere, keeps nothing else, and is not cut', () => {
    const area = { top: 1, left: 2, bottom: 2, right: 2 };
    const merged = mergeArea(sheet, area);
    expect(gridOf(merged)).toEqual([
      ['a', '1'],
      ['b', '1'],
      ['c', '3'],
    ]);
    expect(gridOf(writeValues(merged, { row: 1, column: 2 }, [[7], [8], [9]]))).toEqual([
      ['a', '7'],
      ['b', '7'],
      ['c', '9'],
    ]);
    expect(() => mergeArea(merged, { top: 2, left: 2, bottom: 3, right: 2 })).toThrow('B1:B2');
    expect(mergeArea(merged, { top: 1, left: 1, bottom: 3, right: 2 }).merges).toHaveLength(1);
    expect(deleteRows(merged, new Set([1])).merges).toEqual([]);
  });

  test('a sheet has limits', () => {
    expect(() => writeValues(sheet, { row: 1_000, column: 1 }, [['x'], ['y']])).toThrow(Refused);
    const long = insertRows(
      sheet,
      4,
      Array.from({ length: 997 }, () => ['x']),
      'above',
    );
    expect(() => insertRows(long, 1, [['x']], 'below')).toThrow(Refused);
  });
});

describe('sorting', () => {
  const mixed = sheetOf([['title'], ['pear'], [10], [''], ['Apple'], [true], [2]]);

  test('numbers come before texts in ascending order, after them in descending order, blanks last', () => {
    const column = (sheet: Sheet): (string | undefined)[] => gridOf(sheet).map(([text]) => text);
    expect(column(sortRows(mixed, 1, 'asc'))).toEqual(['2', '10', 'Apple', 'pear', 'title', 'TRUE']);
    expect(column(sortRows(mixed, 1, 'des'))).toEqual(['TRUE', 'title', 'pear', 'Apple', '10', '2']);
    expect(column(sortRows({ ...mixed, frozenRows: 1 }, 1, 'asc'))).toEqual([
      'title',
      '2',
      '10',
      'Apple',
      'pear',
      'TRUE',
    ]);
  });

  test('equal rows keep their order in both directions', () => {
    const rows = sheetOf([
      [1, 'a'],
      [2, 'b'],
      [1, 'c'],
      [2, 'd'],
    ]);
    expect(gridOf(sortRows(rows, 1, 'des')).map(([, name]) => name)).toEqual(['b', 'd', 'a', 'c']);
  });

  test('merged cells below the frozen rows are refused', () => {
    const merged = mergeArea(mixed, { top: 1, left: 1, bottom: 2, right: 1 });
    expect(() => sortRows(merged, 1, 'asc')).toThrow(Refused);
  });
});

describe('formulas', () => {
  const sheet = sheetOf([[2, 'x', '', 3, 4]], decimal(1));
  const all = [1, 2, 3, 4, 5].map((column) => ({ row: 1, column }));

  test.each([
    ['SUM', 9],
    ['AVERAGE', 3],
    ['COUNT', 3],
    ['MAX', 4],
    ['MIN', 2],
    ['PRODUCT', 24],
  ] as const)('%s counts numbers only', (operator, value) => {
    expect(calculate(operator, sheet, all).value).toBe(value);
  });

  test('MINUS takes two numbers, AVERAGE one', () => {
    expect(calculate('MINUS', sheet, all.slice(3)).value).toBe(-1);
    expect(() => calculate('MINUS', sheet, all)).toThrow(Refused);
    expect(() => calculate('AVERAGE', sheet, all.slice(1, 3))).toThrow(Refused);
  });

  test('amounts keep their format, counts and products do not', () => {
    expect(calculate('SUM', sheet, all).format).toEqual(decimal(1));
    expect(calculate('PRODUCT', sheet, all).format).toEqual(general);
    expect(calculate('COUNT', sheet, all).format).toEqual(general);
  });
});

describe('searching', () => {
  const sheet = sheetOf([
    ['85', 'name'],
    [85, '185'],
  ]);

  test('a text has to be the whole cell, an expression may match anywhere', () => {
    const found = (query: string, regex: boolean): string[] =>
      findCells(sheet, { query, regex }).map(addressOf);
    expect(found('85', false)).toEqual(['A1', 'A2']);
    expect(found('85', true)).toEqual(['A1', 'A2', 'B2']);
    expect(found('^8[1-9]$|NAME', true)).toEqual(['A1', 'A2']);
    expect(findCells(sheet, { query: '85', regex: true, row: 2, column: 2 }).map(addressOf)).toEqual(['B2']);
  });

  test('an expression that needs more than linear time is refused or harmless', () => {
    expect(() => findCells(sheet, { query: '(a)\\1', regex: true })).toThrow(Refused);
    expect(() => findCells(sheet, { query: '(', regex: true })).toThrow(Refused);
    const hostile = sheetOf([['a'.repeat(2_000)]]);
    expect(findCells(hostile, { query: '(a*)*b', regex: true })).toEqual([]);
  });
});
