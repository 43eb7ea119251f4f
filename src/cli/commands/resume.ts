import type { Command } from 'commander';
import { type ExecutionOptions, withExecution } from '../options.ts';

export function addResume(program: Command): void {
  withExecution(program.command('resume'))
    .description('go on with a stopped run')
    .argument('[run]', 'id of the run or its beginning (default: the last stopped run)')
    .addHelpText('after', '\nExamples:\n  safemcp resume\n  safemcp resume 20261120-1 --limit 500')
    .action(async (reference: string | undefined, options: ExecutionOptions) => {
      const [
        { builtInCatalog },
        { withOwnParts },
        { createPlan },
        { resolveRun },
        { withExistingStore },
        { execute },
      ] = await Promise.all([
        import('../../experiment/catalog.ts'),
        import('../../experiment/ownParts.ts'),
        import('../../experiment/plan.ts'),
        import('../../experiment/store/index.ts'),
        import('../workspace.ts'),
        import('../execution.ts'),
      ]);
      await withExistingStore(options.workspace, async (store) => {
        const stopped = reference ?? (await store.runs()).find(({ state }) => state === 'stopped')?.id;
        const run = await resolveRun(store, stopped ?? 'latest');
        const catalog = await withOwnParts(run.experiment, builtInCatalog());
        await execute({ plan: createPlan(run.experiment, catalog), catalog, store, runId: run.id }, options);
      });
    });
}
