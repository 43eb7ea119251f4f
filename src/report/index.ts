import type { RunResult } from '../contracts/cell.ts';
import { csvReport } from './csv.ts';
import { jsonReport } from './json.ts';
import { markdownReport } from './markdown.ts';
import { type TableOptions, tableReport } from './table.ts';

export type ReportFormat = 'table' | 'json' | 'csv' | 'markdown';

/** A run's report as text; the options count for the table only. */
export function renderReport(result: RunResult, format: ReportFormat, options: TableOptions): string {
  switch (format) {
    case 'table':
      return tableReport(result, options);
    case 'json':
      return jsonReport(result);
    case 'csv':
      return csvReport(result);
    case 'markdown':
      return markdownReport(result);
  }
}
