/** One record of a CSV text, with the line it starts at, counted from 1. */
export interface CsvRecord {
  readonly line: number;
  readonly fields: readonly string[];
}

/** A text is no CSV; `line` says where. */
export class CsvError extends Error {
  readonly line: number;
  constructor(message: string, line: number) {
    super(message);
    this.name = 'CsvError';
    this.line = line;
  }
}

interface Scan {
  readonly text: string;
  at: number;
  line: number;
}

/**
 * Reads CSV strictly as RFC 4180 has it, also with plain line feeds, one record at a time.
 * @throws CsvError when the text is anything else
 */
export function* readCsv(text: string): Generator<CsvRecord> {
  const scan: Scan = { text, at: 0, line: 1 };
  while (scan.at < text.length) {
    const { line } = scan;
    const fields: string[] = [];
    do fields.push(text[scan.at] === '"' ? quotedField(scan) : bareField(scan));
    while (delimiter(scan) === ',');
    yield { line, fields };
  }
}

function bareField(scan: Scan): string {
  const stop = /[",\r\n]/g;
  stop.lastIndex = scan.at;
  const end = stop.exec(scan.text)?.index ?? scan.text.length;
  const value = scan.text.slice(scan.at, end);
  scan.at = end;
  return value;
}

/** Two quotes stand for one. */
function quotedField(scan: Scan): string {
  const pieces: string[] = [];
  do {
    const start = scan.at + 1;
    const end = scan.text.indexOf('"', start);
    if (end < 0) throw new CsvError('A quoted field has no end', scan.line);
    pieces.push(scan.text.slice(start, end));
    scan.at = end + 1;
  } while (scan.text[scan.at] === '"');
  const value = pieces.join('"');
  scan.line += value.split('\n').length - 1;
  return value;
}

/** Steps over what must follow a field; empty at the end of the text. */
function delimiter(scan: Scan): string {
  const found = [',', '\n', '\r\n'].find((each) => scan.text.startsWith(each, scan.at)) ?? '';
  if (found === '' && scan.at < scan.text.length)
    throw new CsvError('A comma or a line break must follow a field', scan.line);
  scan.at += found.length;
  if (found.endsWith('\n')) scan.line++;
  return found;
}
