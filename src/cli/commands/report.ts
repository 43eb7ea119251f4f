import { type Command, Option } from 'commander';
import type { Run, Store } from '../../contracts/experiment.ts';
import type { ReportFormat } from '../../report/index.ts';
import { type WorkspaceOptions, withWorkspace } from '../options.ts';
import { outputShape, writeResult } from '../output.ts';
import { pageOf, writeReport } from '../reportFile.ts';
import type { Result } from '../workspace.ts';

interface ReportOptions extends WorkspaceOptions {
  readonly format: ReportFormat | 'html';
  readonly out?: string;
  readonly json?: boolean;
  readonly detail?: boolean;
  readonly view?: 'paper';
}

export function addReport(program: Command): void {
  withWorkspace(program.command('report'))
    .description('print the report of a run')
    .argument('[run]', 'id of the run or its beginning', 'latest')
    .addOption(
      new Option('--format <format>', 'how to print it')
        .choices(['table', 'html', 'json', 'csv', 'markdown', 'junit'] satisfies ReportOptions['format'][])
        .default('table'),
    )
    .option('-o, --out <file>', 'write it to a file')
    .option('--json', 'the same as --format json')
    .option('--detail', 'table: one row for every attack in every environment')
    .addOption(
      new Option('--view <view>', "the views of the pilot study's figures (table, json, markdown)").choices([
        'paper',
      ]),
    )
    .addHelpText(
      'after',
      '\nExamples:\n  safemcp report\n  safemcp report --detail\n  safemcp report --view paper\n  safemcp report --format html --out report.html\n  safemcp report 20261120-1 --format csv > cells.csv',
    )
    .action(async (reference: string, options: ReportOptions) => {
      const [{ resolveRun }, { resultOf, withExistingStore }] = await Promise.all([
        import('../../experiment/store/index.ts'),
        import('../workspace.ts'),
      ]);
      await withExistingStore(options.workspace, async (store) => {
        const run = await resolveRun(store, reference);
        const text =
          options.view === 'paper'
            ? await paperText(store, run, options)
            : await textOf(await resultOf(store, run.id), options);
        if (options.out === undefined) writeResult(text);
        else await writeReport(options.out, text);
      });
    });
}

async function paperText(store: Store, run: Run, { json, format }: ReportOptions): Promise<string> {
  const { paperReport } = await import('../paperReport.ts');
  return paperReport(store, run, json ? 'json' : format);
}

async function textOf(result: Result, options: ReportOptions): Promise<string> {
  const format = options.json ? 'json' : options.format;
  if (format === 'html') return pageOf(result);
  const { renderReport } = await import('../../report/index.ts');
  const detail = options.detail ? 'attacks' : 'goals';
  return renderReport(result, format, { ...outputShape(), detail });
}
