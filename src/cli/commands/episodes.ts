import type { Command } from 'commander';
import { attackName } from '../../contracts/attack.ts';
import type { AttackStage } from '../../contracts/events.ts';
import type { EpisodeFilter, Run } from '../../contracts/experiment.ts';
import { defenseNamed } from '../../experiment/defenseNames.ts';
import { type WorkspaceOptions, wholeNumber, withWorkspace } from '../options.ts';
import { writeError, writeResult } from '../output.ts';

interface EpisodesOptions extends WorkspaceOptions {
  readonly attack?: string;
  readonly environment?: string;
  readonly defense?: string;
  readonly stage?: AttackStage;
  readonly status?: string;
  readonly limit: number;
  readonly json?: boolean;
}

export function addEpisodes(program: Command): void {
  withWorkspace(program.command('episodes'))
    .description('list the episodes of a run, to show one of them')
    .argument('[run]', 'id of the run, its beginning, or latest', 'latest')
    .option('--attack <text>', 'those whose attack holds this text, as in tool-result/ or /exfiltrate')
    .option('--environment <id>', 'those of one environment')
    .option('--defense <name>', 'those of one defense set; a stack also without its version')
    .option('--stage <stage>', 'those whose attack ended at this stage')
    .option('--status <status>', 'those that ended with this status')
    .option('--limit <n>', 'at most this many', wholeNumber(1, 1_000_000), 20)
    .option('--json', 'print them as JSON, one per line')
    .addHelpText(
      'after',
      '\nExamples:\n  safemcp episodes --stage achieved --defense pinning\n  safemcp episodes latest --attack tool-result/ --limit 5',
    )
    .action(async (name: string, options: EpisodesOptions) => {
      const [{ resolveRun }, { safe }, { withExistingStore }] = await Promise.all([
        import('../../experiment/store/index.ts'),
        import('../../report/text.ts'),
        import('../workspace.ts'),
      ]);
      await withExistingStore(options.workspace, async (store) => {
        const run = await resolveRun(store, name);
        let shown = 0;
        for await (const { id, key, outcome } of store.summaries(run.id, filterOf(run, options))) {
          const attack = key.attack ? attackName(key.attack) : 'none';
          const stage = outcome.attack?.stage ?? '';
          if (++shown > options.limit) break;
          const { agent, environment, task, defense, trial } = key;
          const { status, utility } = outcome;
          writeResult(
            options.json
              ? `${JSON.stringify({ id, agent, environment, task, trial, attack, defense, status, stage, utility })}\n`
              : `${[id, environment, task, agent, attack, defense, stage || status].map((each) => safe(String(each))).join('  ')}\n`,
          );
        }
        if (shown === 0) writeError('No episode fits.\n');
        if (shown > options.limit) writeError(`More than ${options.limit} fit; --limit shows more.\n`);
      });
    });
}

function filterOf(
  { experiment }: Run,
  { attack, environment, defense, stage, status }: EpisodesOptions,
): EpisodeFilter {
  return {
    ...(attack !== undefined && { attack }),
    ...(environment !== undefined && { environment }),
    ...(defense !== undefined && { defense: defenseNamed(experiment, defense) }),
    ...(stage !== undefined && { stage }),
    ...(status !== undefined && { status }),
  };
}
