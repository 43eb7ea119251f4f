import { coverageCsv } from './csv.ts';
import type { CoverageReport } from './join.ts';
import { coverageMarkdown } from './markdown.ts';
import { type CoverageShape, coverageTable } from './table.ts';

export { type CoverageReport, coverageOf } from './join.ts';
export { measureCoverage } from './measure.ts';

/** Version of the JSON form. */
const coverageVersion = 1;

export type CoverageFormat = 'table' | 'json' | 'csv' | 'markdown';

/** The coverage as text; the shape counts for the table only. */
export function renderCoverage(report: CoverageReport, format: CoverageFormat, shape: CoverageShape): string {
  switch (format) {
    case 'table':
      return coverageTable(report, shape);
    case 'json':
      return `${JSON.stringify({ version: coverageVersion, ...report }, null, 2)}\n`;
    case 'csv':
      return coverageCsv(report);
    case 'markdown':
      return coverageMarkdown(report);
  }
}
