import { type Command, Option } from 'commander';
import type { Store } from '../../contracts/experiment.ts';
import { type WorkspaceOptions, withWorkspace } from '../options.ts';
import { writeError } from '../output.ts';

interface ExportOptions extends WorkspaceOptions {
  readonly format: 'safemcp' | 'inspect';
}

export function addExport(program: Command): void {
  withWorkspace(program.command('export'))
    .description('write a whole run, with its traces, for another workspace or another tool')
    .argument('<run>', 'id of the run, its beginning, or latest')
    .argument('<target>', 'the file to write, usually named .jsonl.gz; a folder for logs of Inspect')
    .addOption(
      new Option(
        '--format <format>',
        'safemcp: compressed JSON lines for safemcp import; inspect: logs of Inspect',
      )
        .choices(['safemcp', 'inspect'] satisfies ExportOptions['format'][])
        .default('safemcp'),
    )
    .addHelpText(
      'after',
      '\nExamples:\n  safemcp export latest run.jsonl.gz\n  safemcp export latest logs --format inspect\n  zcat run.jsonl.gz | jq .episode.key',
    )
    .action(async (reference: string, target: string, { workspace, format }: ExportOptions) => {
      const [{ resolveRun }, { withExistingStore }] = await Promise.all([
        import('../../experiment/store/index.ts'),
        import('../workspace.ts'),
      ]);
      await withExistingStore(workspace, async (store) => {
        const { id, stored } = await resolveRun(store, reference);
        const what = await (format === 'inspect' ? inspectLogs : documents)(target, store, id);
        writeError(`Wrote the run ${id} with ${stored} episodes to ${target}${what}\n`);
      });
    });
}

/** Each resolves with what there is to tell besides. */
async function documents(file: string, store: Store, runId: string): Promise<string> {
  const { writeDocuments } = await import('../documents.ts');
  await writeDocuments(file, store.exportRun(runId));
  return '';
}

async function inspectLogs(folder: string, store: Store, runId: string): Promise<string> {
  const { writeInspectLogs } = await import('../inspectFiles.ts');
  return ` as ${await writeInspectLogs(folder, store, runId)} logs of Inspect`;
}
