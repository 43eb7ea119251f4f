import type { Paint, Tone } from './text.ts';

export interface GridCell {
  readonly text: string;
  readonly tone?: Tone;
}

/** A row of figures, or a heading when it has no cells. */
export interface GridRow {
  readonly label: string;
  readonly tone?: Tone;
  /** One per column; absent for a heading. */
  readonly cells?: readonly GridCell[];
}

export interface Grid {
  readonly columns: readonly string[];
  readonly rows: readonly GridRow[];
}

const gap = 2;
const headerWidth = 14;

/** The grid in lines of at most `width` where that can be; columns that do not fit go into further bands. */
export function renderGrid(grid: Grid, width: number, paint: Paint): string[] {
  const label = Math.min(Math.max(...grid.rows.map((row) => row.label.length)), Math.max(16, width >> 1));
  const widths = grid.columns.map((column, index) =>
    Math.max(
      ...splitHeader(column).map((piece) => piece.length),
      ...grid.rows.map((row) => row.cells?.[index]?.text.length ?? 0),
    ),
  );
  return bandsOf(widths, width - label).flatMap((band, index) => [
    ...(index === 0 ? [] : ['']),
    ...renderBand(grid, { band, widths, label, paint }),
  ]);
}

/** Column numbers by band; every band has at least one column. */
function bandsOf(widths: readonly number[], room: number): number[][] {
  const bands: number[][] = [];
  let used = Number.POSITIVE_INFINITY;
  for (const [index, width] of widths.entries()) {
    if (used + width + gap > room) {
      bands.push([]);
      used = 0;
    }
    bands.at(-1)?.push(index);
    used += width + gap;
  }
  return bands;
}

interface Band {
  readonly band: readonly number[];
  readonly widths: readonly number[];
  readonly label: number;
  readonly paint: Paint;
}

function renderBand({ columns, rows }: Grid, { band, widths, label, paint }: Band): string[] {
  const headers = band.map((index) => splitHeader(columns[index] ?? ''));
  const height = Math.max(...headers.map((pieces) => pieces.length));
  const line = (first: string, cells: readonly GridCell[]): string =>
    [
      first,
      ...cells.map(({ text, tone }, place) => {
        const space = ' '.repeat(gap + Math.max(0, (widths[band[place] ?? 0] ?? 0) - text.length));
        return `${space}${paint(tone, text)}`;
      }),
    ]
      .join('')
      .trimEnd();
  const header = Array.from({ length: height }, (_, row) =>
    line(
      ' '.repeat(label),
      headers.map((pieces) => ({
        text: pieces[row - (height - pieces.length)] ?? '',
        tone: 'bold' as const,
      })),
    ),
  );
  const body = rows.map((row) =>
    row.cells
      ? line(
          paint(row.tone, fitted(row.label, label)),
          band.map((index) => row.cells?.[index] ?? { text: '' }),
        )
      : paint(row.tone ?? 'bold', row.label),
  );
  return [...header, ...body];
}

function fitted(text: string, width: number): string {
  return text.length > width ? `${text.slice(0, width - 1)}~` : text.padEnd(width);
}

/** Long names of defense sets go over several lines, broken after `-`, `+` and `:`. */
function splitHeader(name: string): string[] {
  const lines: string[] = [];
  for (const piece of name.match(/[^-+:]*[-+:]|[^-+:]+/g) ?? [name]) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + piece.length <= headerWidth)
      lines[lines.length - 1] = last + piece;
    else lines.push(piece);
  }
  return lines;
}
