import { type Command, Option } from 'commander';
import type { ComparisonFormat } from '../../report/comparison/index.ts';
import { type WorkspaceOptions, withWorkspace } from '../options.ts';
import { outputShape, writeResult } from '../output.ts';

interface CompareOptions extends WorkspaceOptions {
  readonly beforeWorkspace?: string;
  readonly format: ComparisonFormat;
  readonly json?: boolean;
  readonly detail?: boolean;
}

export function addCompare(program: Command): void {
  withWorkspace(program.command('compare'))
    .description('compare two runs: what changed between them, and what that did')
    .argument('<before>', 'id of the first run or its beginning')
    .argument('[after]', 'id of the second run or its beginning', 'latest')
    .option('--before-workspace <dir>', 'folder that keeps the first run (default: the same)')
    .addOption(
      new Option('--format <format>', 'how to print it')
        .choices(['table', 'json', 'markdown'] satisfies ComparisonFormat[])
        .default('table'),
    )
    .option('--json', 'the same as --format json')
    .option('--detail', 'also one row for every attack')
    .addHelpText(
      'after',
      '\nExamples:\n  safemcp compare 20261120-1 20261121-3\n  safemcp compare 20261120-1 --detail\n  safemcp compare 20261120-1 latest --format markdown',
    )
    .action(async (before: string, after: string, options: CompareOptions) => {
      const [{ compareRuns }, { resolveRun }, { renderComparison }, { withExistingStore }] =
        await Promise.all([
          import('../../experiment/comparison/index.ts'),
          import('../../experiment/store/index.ts'),
          import('../../report/comparison/index.ts'),
          import('../workspace.ts'),
        ]);
      const { workspace, beforeWorkspace = workspace } = options;
      const comparison = await withExistingStore(beforeWorkspace, (one) =>
        withExistingStore(workspace, async (other) => {
          const [first, second] = [await resolveRun(one, before), await resolveRun(other, after)];
          return compareRuns(
            { run: first, summaries: () => one.summaries(first.id) },
            { run: second, summaries: () => other.summaries(second.id) },
          );
        }),
      );
      const format = options.json ? 'json' : options.format;
      writeResult(
        renderComparison(comparison, format, { ...outputShape(), detail: options.detail === true }),
      );
    });
}
