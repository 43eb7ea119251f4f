import type { Command } from 'commander';
import { SafeMcpError } from '../../contracts/errors.ts';
import { budgetIn, type ExecutionOptions, seedText, withExecution } from '../options.ts';
import { outputShape, writeResult } from '../output.ts';

interface RunOptions extends ExecutionOptions {
  readonly seed?: string;
  readonly dryRun?: boolean;
  readonly preset?: string;
}

export function addRun(program: Command): void {
  withExecution(program.command('run'))
    .description('run an experiment and print its table')
    .argument('[file]', 'experiment file (YAML)')
    .option('--preset <name>', 'an experiment that comes with SafeMCP, in place of a file: quick, worlds')
    .option('--seed <n>', "another seed than the file's", seedText)
    .option('--dry-run', 'show what would run, and what cannot and why; run nothing')
    .addHelpText(
      'after',
      `
Examples:
  safemcp run experiment.yaml
  safemcp run experiment.yaml --limit 200        a part of it; safemcp resume does the rest
  safemcp run experiment.yaml --seed 7 --json > report.json
  safemcp run experiment.yaml --dry-run
  safemcp run --preset quick                     scripted agents, under two minutes

Ctrl-C stops cleanly: what is stored stays, safemcp resume goes on.`,
    )
    .action(async (file: string | undefined, options: RunOptions) => {
      const [
        { builtInCatalog },
        { readExperiment, readPreset },
        { createPlan },
        { withStore },
        { execute },
        { threadsFor },
      ] = await Promise.all([
        import('../../experiment/catalog.ts'),
        import('../../experiment/definition/index.ts'),
        import('../../experiment/plan.ts'),
        import('../workspace.ts'),
        import('../execution.ts'),
        import('../threads.ts'),
      ]);
      const { experiment, catalog, ...wishes } = await (options.preset !== undefined && file === undefined
        ? readPreset(options.preset, builtInCatalog())
        : readExperiment(fileOf(file, options.preset), builtInCatalog()));
      const plan = createPlan({ ...experiment, seed: options.seed ?? experiment.seed }, catalog);
      if (options.dryRun) {
        const [{ planText, summarizePlan }, { forecastModels }] = await Promise.all([
          import('../../report/plan.ts'),
          import('../../experiment/forecast.ts'),
        ]);
        const summary = summarizePlan(plan, await forecastModels(plan, catalog), budgetIn(options));
        const { width } = outputShape();
        writeResult(options.json ? `${JSON.stringify(summary, null, 2)}\n` : planText(summary, width));
        return;
      }
      const threads = threadsFor({ ...plan, catalog, open: plan.episodes.length }, options);
      await withStore(options.workspace, async (store) => {
        const { id: runId } = await store.createRun(plan, new Date());
        await execute({ plan, catalog, store, runId, threads, ...wishes }, options);
      });
    });
}

function fileOf(file: string | undefined, preset: string | undefined): string {
  if (file !== undefined && preset === undefined) return file;
  throw new SafeMcpError('INVALID_ARGUMENT', 'One of an experiment file and --preset is needed', {
    hint: 'A file can build on a preset with `extends: quick`; safemcp init writes a file',
  });
}
