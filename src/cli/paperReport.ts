import { SafeMcpError } from '../contracts/errors.ts';
import type { Run, Store } from '../contracts/experiment.ts';
import { paperViews } from '../experiment/views/paper.ts';
import { paperMarkdown, paperText } from '../report/paper.ts';
import { outputShape } from './output.ts';

/** The views of the pilot study's figures as text. @throws INVALID_ARGUMENT for a format they do not have */
export async function paperReport(store: Store, run: Run, format: string): Promise<string> {
  const views = await paperViews(store.summaries(run.id), run.experiment);
  switch (format) {
    case 'table':
      return paperText(views, run.experiment, outputShape());
    case 'json':
      return `${JSON.stringify({ version: 1, run: run.id, ...views }, null, 2)}\n`;
    case 'markdown':
      return paperMarkdown(views, run.experiment);
    default:
      throw new SafeMcpError('INVALID_ARGUMENT', `The view paper has no format ${format}`, {
        hint: 'Use table, json or markdown',
      });
  }
}
