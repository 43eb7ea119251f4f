import { type Command, InvalidArgumentError } from 'commander';
import { SafeMcpError } from '../../contracts/errors.ts';
import type { Aim } from '../../experiment/planning/size.ts';
import { share, type WorkspaceOptions, wholeNumber, withWorkspace } from '../options.ts';
import { outputShape, writeResult } from '../output.ts';

interface PowerOptions extends WorkspaceOptions {
  readonly before?: number;
  readonly after?: number;
  readonly rate?: number;
  readonly limit?: number;
  readonly trials?: number;
  readonly correlation?: number;
  readonly from?: string;
  readonly comparisons: number;
  readonly power: number;
  readonly json?: boolean;
}

export function addPower(program: Command): void {
  withWorkspace(program.command('power'))
    .description('how many tasks and episodes a study needs to show an effect')
    .option('--before <share>', 'a rate, such as the ASR without the defense', share)
    .option('--after <share>', 'the rate in the other condition', share)
    .option('--rate <share>', 'the rate to be expected, for a gate', share)
    .option('--limit <share>', 'the limit of that gate', share)
    .option('--trials <n>', 'trials of each task (default: 1, 2, 3, 5 and 10)', wholeNumber(1, 100))
    .option('--correlation <share>', 'how alike two trials of one task are, 0 to 1 (default: 0.5)', share)
    .option('--from <run>', 'measure that on a run with several trials')
    .option('--comparisons <n>', 'differences tested together, as cells of a report', wholeNumber(1), 1)
    .option('--power <share>', 'chance of showing the effect if it is there', chance, 0.8)
    .option('--json', 'print it as JSON')
    .addHelpText(
      'after',
      `
Examples:
  safemcp power --before 60% --after 30%                       two conditions on the same tasks
  safemcp power --before 60% --after 30% --comparisons 20      the same, as one of 20 cells
  safemcp power --rate 2% --limit 5%                           a gate with --max-asr 5%
  safemcp power --before 0.6 --after 0.3 --from latest         with the likeness of trials in a run`,
    )
    .action(async (options: PowerOptions) => {
      const [{ sizesFor }, { sizeJson, sizeText }] = await Promise.all([
        import('../../experiment/planning/size.ts'),
        import('../../report/size/index.ts'),
      ]);
      const aim = aimOf(options);
      const correlation = await correlationOf(options);
      const sizes = sizesFor(aim, {
        correlation: correlation.value,
        power: options.power,
        trials: options.trials === undefined ? [1, 2, 3, 5, 10] : [options.trials],
      });
      const report = { aim, power: options.power, correlation, sizes };
      writeResult(options.json ? sizeJson(report) : sizeText(report, outputShape().width));
    });
}

/** No study shows an effect for certain, and none is needed to show it never. */
function chance(text: string): number {
  const value = share(text);
  if (value > 0 && value < 1) return value;
  throw new InvalidArgumentError(
    'Expected a chance between 0 and 1, such as 0.8: no study is sure to show an effect.',
  );
}

function aimOf({ before, after, rate, limit, comparisons }: PowerOptions): Aim {
  const difference = before !== undefined && after !== undefined;
  const bound = rate !== undefined && limit !== undefined;
  if (difference && before === after) throw refused('--before and --after are the same');
  if (difference && !bound) return { kind: 'difference', before, after, comparisons };
  if (bound && !difference) return { kind: 'limit', rate, limit };
  throw refused('Either --before and --after, or --rate and --limit are needed');
}

function refused(what: string): SafeMcpError {
  return new SafeMcpError('INVALID_ARGUMENT', what, {
    hint: 'Such as: safemcp power --before 60% --after 30%',
  });
}

/** A correlation and where it comes from. */
interface Correlation {
  readonly value: number;
  readonly source: string;
}

async function correlationOf({ correlation, from, workspace }: PowerOptions): Promise<Correlation> {
  if (correlation !== undefined) return { value: correlation, source: 'given' };
  if (from === undefined) {
    const { assumedCorrelation } = await import('../../experiment/planning/detectable.ts');
    return { value: assumedCorrelation, source: 'assumed' };
  }
  const [{ measuredCorrelation }, { resolveRun }, { withExistingStore }] = await Promise.all([
    import('../../experiment/planning/size.ts'),
    import('../../experiment/store/index.ts'),
    import('../workspace.ts'),
  ]);
  return withExistingStore(workspace, async (store) => {
    const run = await resolveRun(store, from);
    const value = await measuredCorrelation(store.summaries(run.id));
    if (value !== undefined) return { value, source: `measured on run ${run.id}` };
    throw new SafeMcpError('INVALID_ARGUMENT', 'The run shows no likeness of trials', {
      where: run.id,
      hint: 'It needs trials: 2 or more, and attacks that sometimes succeed; or give --correlation',
    });
  });
}
