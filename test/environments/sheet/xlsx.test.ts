import { describe, expect, test } from 'vitest';
import { gridOf, notesIn } from '../../../src/environments/sheet/grid/sheet.ts';
import { readWorkbook } from '../../../src/environments/sheet/xlsx/readWorkbook.ts';
import { UnfitWorkbook } from '../../../src/environments/sheet/xlsx/unfit.ts';
import { xmlTokens } from '../../../src/environments/sheet/xlsx/xml.ts';
import { openArchive } from '../../../src/environments/sheet/xlsx/zip.ts';
import { fc, runs } from '../../support/properties.ts';
import { workbookParts, worksheet, zipOf } from './xlsxFile.ts';

const rows = [
  '<c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>Price</t></is></c><c r="C1" t="str"><f>1&lt;2</f><v>yes</v></c>',
  '<c r="A2" t="s"><v>1</v></c><c r="B2" s="1"><v>3</v></c><c r="C2" s="2"><v>1234.5</v></c><c r="D2" s="4"><v>0.25</v></c>',
  '<c r="A3" t="s"><v>2</v></c><c r="B3" s="3" t="s"><v>1</v></c><c r="C3" t="b"><v>1</v></c><c r="D3" s="2"/>',
];
const more = '<mergeCells><mergeCell ref="A2:A3"/></mergeCells>';
const view = '<sheetViews><sheetView><pane ySplit="1" state="frozen"/></sheetView></sheetViews>';
const parts = workbookParts(worksheet(rows, more, view));

describe('a workbook', () => {
  test.each([
    ['packed', false],
    ['stored', true],
  ])('%s is read with formats, notes, merges and frozen rows', (_, stored) => {
    const [sheet, ...others] = readWorkbook(zipOf(parts, stored), (name) => name !== 'Answer1');
    expect(others).toEqual([]);
    if (!sheet) throw new Error('no sheet');
    expect(sheet).toMatchObject({ name: 'Sheet1', frozenRows: 1, frozenColumns: 0 });
    expect(gridOf(sheet)).toEqual([
      ['Name', 'Price', 'yes', ''],
      ['Fish & chips', '3.0', '1,234.50', '25%'],
      ['Fish & chips', 'Fish & chips', 'TRUE', ''],
    ]);
    expect(notesIn(sheet)).toEqual([{ place: { row: 2, column: 2 }, note: 'Is now 7' }]);
    expect(sheet.rows[2]?.[3]?.format).toMatchObject({ kind: 'decimal', decimals: 2 });
  });

  test('may have cells far outside if they hold nothing', () => {
    const far = worksheet(['<c r="A1"><v>1</v></c><c r="ZZ9999" s="1"/>']);
    const [sheet] = readWorkbook(zipOf(workbookParts(far)), (name) => name === 'Sheet1');
    expect(sheet && gridOf(sheet)).toEqual([['1']]);
  });
});

describe('a workbook is refused when', () => {
  const whole = zipOf(parts);
  const encrypted = Buffer.from(whole);
  encrypted.writeUInt16LE(1, whole.indexOf(Buffer.from([0x50, 0x4b, 1, 2])) + 8);
  const unknownMethod = Buffer.from(whole);
  unknownMethod.writeUInt16LE(12, whole.indexOf(Buffer.from([0x50, 0x4b, 1, 2])) + 10);
  const sheet = (text: string): Buffer => zipOf(workbookParts(text));
  test.each<[string, Buffer, string]>([
    ['it is no archive', Buffer.from('Name,Price\n'), 'no zip archive'],
    ['it is cut off', whole.subarray(300), 'directory'],
    ['it is encrypted', encrypted, 'encrypted'],
    ['it is packed in another way', unknownMethod, 'not known'],
    ['it holds no workbook', zipOf({ 'a.txt': 'x' }), 'no xlsx file'],
    ['a sheet is missing', zipOf({ ...parts, 'xl/_rels/workbook.xml.rels': '' }), 'Sheet1 is missing'],
    ['a part unpacks to too much', sheet(`${' '.repeat(40_000_000)}`), 'cannot be unpacked'],
    ['it declares entities', sheet('<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>'), 'document type'],
    ['its XML is cut off', sheet('<worksheet><sheetData'), 'cut off'],
    ['an attribute has no quotes', sheet('<worksheet a=b></worksheet>'), 'attribute'],
    ['a cell is far outside', sheet(worksheet(['<c r="ZZ9999"><v>1</v></c>'])), 'more than'],
    ['a number is none', sheet(worksheet(['<c r="A1"><v>1x</v></c>'])), 'holds the number'],
    ['a merge is far outside', sheet(worksheet([], '<mergeCell ref="A1:ZZ9999"/>')), 'merges'],
  ])('%s', (_, bytes, why) => {
    const read = (): unknown => readWorkbook(bytes, (name) => name === 'Sheet1');
    expect(read).toThrow(UnfitWorkbook);
    expect(read).toThrow(why);
  });

  test('all of it together unpacks to too much', () => {
    const big = Buffer.alloc(30 * 1024 * 1024);
    const archive = openArchive(zipOf(Object.fromEntries('abcde'.split('').map((name) => [name, big]))));
    expect(() => 'abcde'.split('').map((name) => archive.text(name))).toThrow('too many bytes');
  });

  test('whatever is wrong, nothing else is thrown', () => {
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.integer({ min: 0, max: 255 }), (place, byte) => {
        const broken = Buffer.from(whole);
        broken[place] = byte;
        try {
          readWorkbook(broken, () => true);
        } catch (error) {
          expect(error).toBeInstanceOf(UnfitWorkbook);
        }
      }),
      { numRuns: runs(300) },
    );
  });
});

test('XML gives its tokens, with entities and without namespaces', () => {
  const xml = `<?xml?><a:b c='1 > 0' x:d="&lt;&#65;&#x42;"><!-- < --><e/>f &amp; g<![CDATA[<h>]]></a:b>`;
  const tokens = [...xmlTokens(xml)].map((token) => {
    if (token.kind === 'text') return token.text;
    return token.kind === 'close' ? `/${token.name}` : [token.name, ...token.attributes];
  });
  expect(tokens).toEqual([['b', ['c', '1 > 0'], ['d', '<AB']], ['e'], '/e', 'f & g', '<h>', '/b']);
});
