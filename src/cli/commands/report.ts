import { type Command, Option } from 'commander';
import type { ReportFormat } from '../../report/index.ts';
import { type WorkspaceOptions, withWorkspace } from '../options.ts';
import { outputShape, writeResult } from '../output.ts';

interface ReportOptions extends WorkspaceOptions {
  readonly format: ReportFormat;
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
        .choices(['table', 'json', 'csv', 'markdown'] satisfies ReportFormat[])
        .default('table'),
    )
    .option('--json', 'the same as --format json')
    .option('--detail', 'table: one row for every attack in every environment')
    .addOption(
      new Option('--view <view>', "the views of the pilot study's figures (table, json, markdown)").choices([
        'paper',
      ]),
    )
    .addHelpText(
      'after',
      '\nExamples:\n  safemcp report\n  safemcp report --detail\n  safemcp report --view paper\n  safemcp report 20261120-1 --format csv > cells.csv',
    )
    .action(async (reference: string, options: ReportOptions) => {
      const [{ resolveRun }, { renderReport }, { resultOf, withExistingStore }] = await Promise.all([
        import('../../experiment/store/index.ts'),
        import('../../report/index.ts'),
        import('../workspace.ts'),
      ]);
      const format = options.json ? 'json' : options.format;
      await withExistingStore(options.workspace, async (store) => {
        if (options.view === 'paper') {
          const { paperReport } = await import('../paperReport.ts');
          return writeResult(await paperReport(store, await resolveRun(store, reference), format));
        }
        const result = await resultOf(store, (await resolveRun(store, reference)).id);
        const detail = options.detail ? 'attacks' : 'goals';
        writeResult(renderReport(result, format, { ...outputShape(), detail }));
      });
    });
}
