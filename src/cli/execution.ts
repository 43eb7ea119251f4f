import { availableParallelism } from 'node:os';
import path from 'node:path';
import type { Catalog, Experiment, Plan, Store } from '../contracts/experiment.ts';
import type { OpenModels } from '../contracts/model.ts';
import { openCrew } from '../experiment/crew/index.ts';
import { openRunModels } from '../experiment/runModels.ts';
import { type RunEnd, type RunWishes, runPlan } from '../experiment/runner.ts';
import { unpricedModels } from '../models/index.ts';
import { renderReport } from '../report/index.ts';
import { safe } from '../report/text.ts';
import { budgetIn, type ExecutionOptions } from './options.ts';
import { outputShape, writeError, writeResult } from './output.ts';
import { createProgressBar } from './progress.ts';
import { pageOf, writeReport } from './reportFile.ts';
import { type Result, resultOf } from './workspace.ts';

/** A run that is there to be carried out, or carried on. */
export interface Execution {
  readonly plan: Plan;
  readonly catalog: Catalog;
  readonly store: Store;
  readonly runId: string;
  /** That run the episodes; 1: the main thread does. */
  readonly threads: number;
  /** What the experiment asks for. */
  readonly concurrency?: number;
  /** Whether episodes that ended because a model failed are run again. */
  readonly retryFailed?: boolean;
}

const stoppedExitCode = 130;

/** Runs what is open and prints the report; after Ctrl-C it says how to go on instead, and sets the exit code. */
export async function execute(execution: Execution, options: ExecutionOptions): Promise<void> {
  const { plan, store, runId } = execution;
  const stop = new AbortController();
  const stopListening = onInterrupt(() => stop.abort());
  const bar = createProgressBar(process.stderr);
  const models = await openRunModels(plan.experiment, { store, runId, ...modelOptions(options) });
  try {
    for (const note of [...modelNotes(plan.experiment), ...(await sandboxNotes(plan.experiment))])
      writeError(note);
    const end = await runByThreads(execution, models, {
      store,
      runId,
      concurrency: options.concurrency ?? execution.concurrency ?? usualConcurrency(execution),
      ...(options.limit !== undefined && { limit: options.limit }),
      ...(execution.retryFailed && { retryFailed: true }),
      signal: stop.signal,
      onProgress: (progress) => bar.update(progress),
    });
    bar.end();
    const open = end.state === 'stopped' ? goOnText(plan, end.stored, runId, options.workspace) : '';
    if (stop.signal.aborted && end.state === 'stopped') {
      writeError(open);
      process.exitCode = stoppedExitCode;
      return;
    }
    const result = await resultOf(store, runId);
    const format = options.json ? 'json' : 'table';
    writeResult(renderReport(result, format, { ...outputShape(), detail: 'goals' }));
    if (open !== '') writeError(open);
    if (options.page) await writeReport(path.join(options.workspace, 'report.html'), await pageOf(result));
    if (!options.json) writeError(nextText(result, options.workspace));
  } finally {
    await models.close();
    bar.end();
    stopListening();
  }
}

async function runByThreads(
  { plan, catalog, threads }: Execution,
  models: OpenModels,
  wishes: RunWishes,
): Promise<RunEnd> {
  if (threads === 1) return runPlan(plan, { ...wishes, catalog, models });
  const crew = openCrew(plan.experiment, { threads, models });
  try {
    return await runPlan(plan, { ...wishes, crew });
  } finally {
    await crew.close();
  }
}

/** Episodes with models mostly wait. */
const concurrencyWithModels = 32;
/** So that a thread has work while others of its episodes are handed over and stored. */
const concurrencyOfAThread = 8;

function usualConcurrency({ plan, threads }: Execution): number {
  if (plan.experiment.models?.length) return concurrencyWithModels;
  return threads === 1 ? availableParallelism() * 2 : threads * concurrencyOfAThread;
}

function modelOptions(options: ExecutionOptions) {
  const { cache, cacheOnly } = options;
  const replies = cacheOnly ? 'only-cached' : cache ? 'cached' : 'fresh';
  return { budget: budgetIn(options), replies } as const;
}

function modelNotes({ models = [] }: Experiment): readonly string[] {
  const unpriced = unpricedModels(models);
  if (unpriced.length === 0) return [];
  return [
    `Note: no price is known for ${safe(unpriced.join(', '))}; its calls count as 0 USD. Set price: { input, output }\n`,
  ];
}

async function sandboxNotes({ agentChoices = [] }: Experiment): Promise<readonly string[]> {
  const open = agentChoices.filter(
    ({ kind, parameters }) => kind === 'external' && parameters['sandbox'] !== 'required',
  );
  if (open.length === 0) return [];
  const { sandboxProblem } = await import('../agents/external/sandbox.ts');
  const problem = await sandboxProblem();
  return open.flatMap(({ id, parameters }) => {
    const why = parameters['sandbox'] === 'off' ? 'sandbox is off' : problem;
    return why === undefined ? [] : [`Note: ${safe(id)} runs without a sandbox: ${safe(why)}\n`];
  });
}

/** The first Ctrl-C stops cleanly, the second ends the process at once. */
function onInterrupt(stop: () => void): () => void {
  let interrupted = false;
  const listener = (): void => {
    if (interrupted) process.exit(stoppedExitCode);
    interrupted = true;
    writeError('\nStopping; press Ctrl-C again to end at once\n');
    stop();
  };
  const signals = ['SIGINT', 'SIGTERM'] as const;
  for (const signal of signals) process.on(signal, listener);
  return () => {
    for (const signal of signals) process.off(signal, listener);
  };
}

function goOnText(plan: Plan, stored: number, runId: string, workspace: string): string {
  return `Stopped: ${stored} of ${plan.episodes.length} episodes are stored. Go on with:\n  safemcp resume ${runId}${workspaceOption(workspace)}\n`;
}

function nextText({ run, example }: Result, workspace: string): string {
  const where = workspaceOption(workspace);
  const lines = [
    ['every attack in every environment', `safemcp report ${run.id} --detail${where}`],
    ...(example === undefined ? [] : [['an attack that succeeded', `safemcp show ${example}${where}`]]),
    ['a page to look at', `safemcp report ${run.id} --format html --out report.html${where}`],
    ['for programs and spreadsheets', `safemcp report ${run.id} --format json|csv|markdown|junit${where}`],
  ];
  return `\nNext:\n${lines.map(([what = '', command]) => `  ${what.padEnd(36)}${command}\n`).join('')}`;
}

function workspaceOption(workspace: string): string {
  return workspace === '.safemcp' ? '' : ` --workspace ${workspace}`;
}
