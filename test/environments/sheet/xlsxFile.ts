import { deflateRawSync } from 'node:zlib';

/** A zip archive with these files, packed unless `stored`. */
export function zipOf(files: Readonly<Record<string, string | Buffer>>, stored = false): Buffer {
  const locals: Buffer[] = [];
  const entries: Buffer[] = [];
  let place = 0;
  for (const [name, content] of Object.entries(files)) {
    const data = stored ? Buffer.from(content) : deflateRawSync(content);
    const method = stored ? 0 : 8;
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(method, 8);
    local.writeUInt16LE(Buffer.byteLength(name), 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(method, 10);
    entry.writeUInt32LE(data.length, 20);
    entry.writeUInt16LE(Buffer.byteLength(name), 28);
    entry.writeUInt32LE(place, 42);
    locals.push(local, Buffer.from(name), data);
    entries.push(entry, Buffer.from(name));
    place += 30 + Buffer.byteLength(name) + data.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Object.keys(files).length, 10);
  end.writeUInt32LE(place, 16);
  return Buffer.concat([...locals, ...entries, end]);
}

const relation = (id: string, type: string, target: string): string =>
  `<Relationship Id="${id}" Type="http://schemas.example/relationships/${type}" Target="${target}"/>`;
const relations = (...all: string[]): string =>
  `<?xml version="1.0"?><Relationships>${all.join('')}</Relationships>`;

/** A worksheet from its rows of `<c>` elements and what follows them. */
export function worksheet(rows: readonly string[], more = '', before = ''): string {
  const lines = rows.map((cells, index) => `<row r="${index + 1}">${cells}</row>`);
  return `<?xml version="1.0"?><worksheet>${before}<sheetData>${lines.join('')}</sheetData>${more}</worksheet>`;
}

/** Parts of a workbook with two sheets; styles 0 to 4 are General, 0.0, #,##0.00, @ and 0%. */
export function workbookParts(first: string, second = worksheet([])): Record<string, string> {
  return {
    '_rels/.rels': relations(relation('rId1', 'officeDocument', 'xl/workbook.xml')),
    'xl/workbook.xml':
      '<workbook xmlns:r="x"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/><sheet name="Answer1" sheetId="2" r:id="rId2"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels': relations(
      relation('rId1', 'worksheet', 'worksheets/sheet1.xml'),
      relation('rId2', 'worksheet', '/xl/worksheets/sheet2.xml'),
      relation('rId3', 'sharedStrings', 'sharedStrings.xml'),
      relation('rId4', 'styles', 'styles.xml'),
    ),
    'xl/sharedStrings.xml':
      '<sst><si><t>Name</t></si><si><r><t>Fish &amp; </t></r><r><t>chips</t></r><rPh><t>no</t></rPh></si><si><t></t></si></sst>',
    'xl/styles.xml':
      '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="0.0"/></numFmts><cellStyleXfs><xf numFmtId="2"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="4"/><xf numFmtId="49"/><xf numFmtId="9"/></cellXfs></styleSheet>',
    'xl/worksheets/sheet1.xml': first,
    'xl/worksheets/sheet2.xml': second,
    'xl/worksheets/_rels/sheet1.xml.rels': relations(relation('rId1', 'comments', '../comments1.xml')),
    'xl/comments1.xml':
      '<comments><commentList><comment ref="B2"><text><r><t>Is now </t></r><r><t>7</t></r></text></comment></commentList></comments>',
  };
}
