import type { Command } from 'commander';
import { type ExecutionOptions, withExecution } from '../options.ts';

interface ResumeOptions extends ExecutionOptions {
  readonly retryFailed?: boolean;
}

export function addResume(program: Command): void {
  withExecution(program.command('resume'))
    .description('go on with a stopped run')
    .argument('[run]', 'id of the run or its beginning (default: the last stopped run)')
    .option('--retry-failed', 'also run again what ended as model-error; what is stored stays until then')
    .addHelpText(
      'after',
      '\nExamples:\n  safemcp resume\n  safemcp resume 20261120-1 --limit 500\n  safemcp resume latest --retry-failed',
    )
    .action(async (reference: string | undefined, options: ResumeOptions) => {
      const [
        { builtInCatalog },
        { withOwnParts },
        { createPlan },
        { resolveRun },
        { withExistingStore },
        { execute },
        { threadsFor },
      ] = await Promise.all([
        import('../../experiment/catalog.ts'),
        import('../../experiment/ownParts.ts'),
        import('../../experiment/plan.ts'),
        import('../../experiment/store/index.ts'),
        import('../workspace.ts'),
        import('../execution.ts'),
        import('../threads.ts'),
      ]);
      await withExistingStore(options.workspace, async (store) => {
        const stopped = reference ?? (await store.runs()).find(({ state }) => state === 'stopped')?.id;
        const run = await resolveRun(store, stopped ?? 'latest');
        const catalog = await withOwnParts(run.experiment, builtInCatalog());
        const plan = createPlan(run.experiment, catalog);
        const retryFailed = options.retryFailed ?? false;
        const open = plan.episodes.length - run.stored;
        const threads = threadsFor({ ...plan, catalog, open }, options);
        await execute({ plan, catalog, store, runId: run.id, threads, retryFailed }, options);
      });
    });
}
