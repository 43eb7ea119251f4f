import type { RunResult } from '../contracts/cell.ts';
import { csvReport } from './csv.ts';
import { jsonReport } from './json.ts';
import { junitReport } from './junit.ts';
import { markdownReport } from './markdown.ts';
import { type TableOptions, tableReport } from './table.ts';

export type ReportFormat = 'table' | 'json' | 'csv' | 'markdown' | 'junit';

const plain: TableOptions = { width: 100, color: false, detail: 'goals' };

/** A run's report as text. The options count for the table only: 100 columns, without color, goals unless given. */
export function renderReport(
  result: RunResult,
  format: ReportFormat,
  options: Partial<TableOptions> = {},
): string {
  switch (format) {
    case 'table':
      return tableReport(result, { ...plain, ...options });
    case 'json':
      return jsonReport(result);
    case 'csv':
      return csvReport(result);
    case 'markdown':
      return markdownReport(result);
    case 'junit':
      return junitReport(result);
  }
}
