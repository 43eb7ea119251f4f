import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Budget } from '../contracts/experiment.ts';

/** Options of every command that opens a workspace. */
export interface WorkspaceOptions {
  readonly workspace: string;
}

/** Options of the commands that run episodes. */
export interface ExecutionOptions extends WorkspaceOptions {
  readonly concurrency?: number;
  readonly threads?: number;
  readonly limit?: number;
  readonly json?: boolean;
  readonly page?: boolean;
  /** False: kept replies of models are neither used nor added to. */
  readonly cache: boolean;
  readonly cacheOnly?: boolean;
  readonly budgetUsd?: number;
  readonly budgetTokens?: number;
}

export function withWorkspace(command: Command): Command {
  return command.option('--workspace <dir>', 'folder that keeps runs', '.safemcp');
}

export function withExecution(command: Command): Command {
  return withWorkspace(command)
    .option(
      '--concurrency <n>',
      'episodes at once (default: by processors, 32 with models)',
      wholeNumber(1, 256),
    )
    .option(
      '--threads <n>',
      'threads that run episodes (default: by processors and episodes); 1: the main thread',
      wholeNumber(1, 64),
    )
    .option('--limit <n>', 'run at most this many episodes now, resume the rest later', wholeNumber(1))
    .option('--no-cache', 'ask models again, also what they have answered before; keep no reply')
    .addOption(
      new Option('--cache-only', 'replay: make no call; a reply that is not kept ends the run').conflicts(
        'cache',
      ),
    )
    .option('--budget-usd <usd>', "stop when models have cost this, in place of the experiment's", positive)
    .option('--budget-tokens <n>', 'the same in tokens', wholeNumber(1))
    .option('--json', 'print the report as JSON')
    .option('--page', 'also write the report as a page, report.html in the workspace');
}

/** What the options say in place of the experiment's budget. */
export function budgetIn({ budgetUsd, budgetTokens }: ExecutionOptions): Budget {
  return {
    ...(budgetUsd !== undefined && { usd: budgetUsd }),
    ...(budgetTokens !== undefined && { tokens: budgetTokens }),
  };
}

function positive(text: string): number {
  const value = /^\d{1,9}(\.\d{1,6})?$/.test(text) ? Number(text) : 0;
  if (value > 0) return value;
  throw new InvalidArgumentError('Expected an amount above 0.');
}

/** Reads a whole number from `low` to `high`. */
export function wholeNumber(low: number, high = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= low && value <= high) return value;
    const bounds = high === Number.MAX_SAFE_INTEGER ? `at least ${low}` : `from ${low} to ${high}`;
    throw new InvalidArgumentError(`Expected a whole number ${bounds}.`);
  };
}

/** Reads a share: `0.05` or `5%`. */
export function share(text: string): number {
  const value = /^\d{1,3}(\.\d{1,9})?%$/.test(text)
    ? Number(text.slice(0, -1)) / 100
    : /^\d?(\.\d{1,9})?$/.test(text) && text !== ''
      ? Number(text)
      : Number.NaN;
  if (value >= 0 && value <= 1) return value;
  throw new InvalidArgumentError('Expected a share from 0 to 1, or a percentage as in 5%.');
}

/** Reads a seed. */
export function seedText(text: string): string {
  if (text.length >= 1 && text.length <= 80) return text;
  throw new InvalidArgumentError('Expected 1 to 80 characters.');
}
