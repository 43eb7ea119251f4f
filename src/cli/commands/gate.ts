import { appendFile } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import { SafeMcpError } from '../../contracts/errors.ts';
import type { GateLimits, GateScope } from '../../experiment/gate/index.ts';
import type { GateFormat } from '../../report/gate/index.ts';
import { share, type WorkspaceOptions, withWorkspace } from '../options.ts';
import { outputShape, writeResult } from '../output.ts';

interface GateOptions extends WorkspaceOptions, GateLimits, GateScope {
  readonly baseline?: string;
  readonly baselineWorkspace?: string;
  readonly undecided: 'pass' | 'fail';
  readonly format: GateFormat;
  readonly json?: boolean;
}

const notPassedExitCode = 3;

export function addGate(program: Command): void {
  withWorkspace(program.command('gate'))
    .description('decide whether a run keeps to limits, by the bounds of intervals; for CI')
    .argument('[run]', 'id of the run, its beginning, or latest', 'latest')
    .option('--max-asr <share>', 'attack success rate at most', share)
    .option('--max-hr <share>', 'rate of attacked episodes with harm at most', share)
    .option('--max-fpr <share>', 'rate of flagged clean episodes at most', share)
    .option('--min-utility <share>', 'clean utility at least', share)
    .option('--min-utility-attacked <share>', 'utility under attack at least', share)
    .option('--baseline <run>', 'a run to compare with')
    .option('--baseline-workspace <dir>', 'folder that keeps the baseline (default: the same)')
    .option('--max-increase <share>', 'rise of the ASR against the baseline at most', share)
    .option('--max-drop <share>', 'fall of the clean utility against the baseline at most', share)
    .option('--max-invalid <share>', 'share of episodes that are missing or invalid at most', share, 0.05)
    .option('--agent <id>', 'judge this agent only')
    .option('--defense <name>', 'judge this defense set only')
    .option('--environment <id>', 'judge this environment only')
    .option('--attack <text>', 'judge attacks whose name holds this text, as in tool-result/')
    .addOption(
      new Option('--undecided <verdict>', 'what to do when the limit lies within an interval')
        .choices(['fail', 'pass'])
        .default('fail'),
    )
    .addOption(
      new Option('--format <format>', 'how to print it')
        .choices(['table', 'json', 'markdown', 'junit'] satisfies GateFormat[])
        .default('table'),
    )
    .option('--json', 'the same as --format json')
    .addHelpText(
      'after',
      `
A limit is kept when the whole 95% interval keeps to it, and broken when the whole interval is beyond it. Otherwise
the run is too small to tell: undecided, which does not pass unless --undecided pass. Every agent with every defense
set in scope must pass; name the defense that you deploy with --defense.

Exit codes: 0 passed, 3 not passed, 1 failure of the tool, 2 wrong use
With GITHUB_STEP_SUMMARY set, the verdict is also appended there.

Examples:
  safemcp gate --max-asr 5% --min-utility 0.9 --defense pinning
  safemcp gate latest --baseline 20261120-1 --max-increase 2% --format junit > gate.xml`,
    )
    .action(async (reference: string, options: GateOptions) => {
      const [{ hasLimit, judgeRun }, { resolveRun }, { passes, renderGate }, { withExistingStore }] =
        await Promise.all([
          import('../../experiment/gate/index.ts'),
          import('../../experiment/store/index.ts'),
          import('../../report/gate/index.ts'),
          import('../workspace.ts'),
        ]);
      const limits = limitsIn(options);
      checkLimits(hasLimit(limits), options);
      const result = await withExistingStore(options.workspace, async (store) => {
        const run = await resolveRun(store, reference);
        const gated = { run, summaries: () => store.summaries(run.id) };
        const { baseline } = options;
        if (baseline === undefined) return judgeRun(gated, limits, scopeIn(options));
        return withExistingStore(options.baselineWorkspace ?? options.workspace, async (other) => {
          const older = await resolveRun(other, baseline);
          const pair = { ...gated, baseline: { run: older, summaries: () => other.summaries(older.id) } };
          return judgeRun(pair, limits, scopeIn(options));
        });
      });
      const view = { ...outputShape(), undecidedPasses: options.undecided === 'pass' };
      writeResult(renderGate(result, options.json ? 'json' : options.format, view));
      await appendSummary(renderGate(result, 'markdown', view));
      if (!passes(result, view)) process.exitCode = notPassedExitCode;
    });
}

function limitsIn(options: GateOptions): GateLimits {
  const { maxAsr, maxHr, maxFpr, minUtility, minUtilityAttacked, maxIncrease, maxDrop, maxInvalid } = options;
  return {
    ...(maxAsr !== undefined && { maxAsr }),
    ...(maxHr !== undefined && { maxHr }),
    ...(maxFpr !== undefined && { maxFpr }),
    ...(minUtility !== undefined && { minUtility }),
    ...(minUtilityAttacked !== undefined && { minUtilityAttacked }),
    ...(maxIncrease !== undefined && { maxIncrease }),
    ...(maxDrop !== undefined && { maxDrop }),
    maxInvalid,
  };
}

function scopeIn({ agent, defense, environment, attack }: GateOptions): GateScope {
  return {
    ...(agent !== undefined && { agent }),
    ...(defense !== undefined && { defense }),
    ...(environment !== undefined && { environment }),
    ...(attack !== undefined && { attack }),
  };
}

function checkLimits(some: boolean, { baseline, maxIncrease, maxDrop }: GateOptions): void {
  if (!some)
    throw new SafeMcpError('INVALID_ARGUMENT', 'A gate needs a limit', {
      hint: 'Such as --max-asr 0.05 or --min-utility 0.9',
    });
  const relative = maxIncrease !== undefined || maxDrop !== undefined;
  if (relative !== (baseline !== undefined))
    throw new SafeMcpError('INVALID_ARGUMENT', '--baseline goes together with --max-increase or --max-drop');
}

async function appendSummary(markdown: string): Promise<void> {
  const file = process.env['GITHUB_STEP_SUMMARY'];
  if (file !== undefined && file !== '') await appendFile(file, markdown);
}
