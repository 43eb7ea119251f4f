import { Command, CommanderError } from 'commander';
import { version } from '../contracts/version.ts';
import { addCassette } from './commands/cassette.ts';
import { addCompare } from './commands/compare.ts';
import { addCoverage } from './commands/coverage.ts';
import { addEpisodes } from './commands/episodes.ts';
import { addExport } from './commands/export.ts';
import { addFakeModel } from './commands/fakeModel.ts';
import { addFsck } from './commands/fsck.ts';
import { addGate } from './commands/gate.ts';
import { addImport } from './commands/import.ts';
import { addInit } from './commands/init.ts';
import { addJudge } from './commands/judge.ts';
import { addList } from './commands/list.ts';
import { addModels } from './commands/models.ts';
import { addPower } from './commands/power.ts';
import { addPrune } from './commands/prune.ts';
import { addReport } from './commands/report.ts';
import { addResume } from './commands/resume.ts';
import { addRun } from './commands/run.ts';
import { addRuns } from './commands/runs.ts';
import { addServe } from './commands/serve.ts';
import { addShow } from './commands/show.ts';
import { addVerify } from './commands/verify.ts';
import { errorText, exitCodeOf, usageText } from './failure.ts';
import { endQuietlyOnClosedPipe, writeError } from './output.ts';

/** Runs one command line; resolves with the exit code: 0, 1 for failures of the tool, 2 for wrong use, 3 for a gate not passed, 130 for Ctrl-C. */
export async function runCommandLine(args: readonly string[]): Promise<number> {
  endQuietlyOnClosedPipe();
  const program = createProgram();
  try {
    if (args.length === 0) {
      program.outputHelp({ error: true });
      return 2;
    }
    await program.parseAsync(args, { from: 'user' });
    return Number(process.exitCode ?? 0);
  } catch (error) {
    // Commander has printed its own message already.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    writeError(errorText(error));
    return exitCodeOf(error);
  }
}

/** All commands with their options. */
export function createProgram(): Command {
  const program = new Command('safemcp')
    .description(
      'Measures what malicious MCP services do to LLM agents, and which defense stops them at what price.',
    )
    .version(version(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(usageText(text)) })
    .addHelpText(
      'after',
      `
Examples:
  safemcp run experiment.yaml              run an experiment and print its table
  safemcp report --format markdown         the last run's report for a pull request
  safemcp list attacks                     what malicious services can do
  safemcp show 3f2a                        the trace of an episode
  safemcp serve todo --attack tool-result/direct/derail

Exit codes: 0 done (also when attacks succeed), 1 failure of the tool, 2 wrong use,
  3 a gate was not passed, 130 stopped by Ctrl-C`,
    );
  for (const add of [
    addRun,
    addResume,
    addReport,
    addCompare,
    addGate,
    addPower,
    addInit,
    addRuns,
    addList,
    addCoverage,
    addEpisodes,
    addShow,
    addServe,
    addVerify,
    addJudge,
    addExport,
    addImport,
    addPrune,
    addFsck,
    addCassette,
    addModels,
    addFakeModel,
  ])
    add(program);
  for (const command of program.commands) command.copyInheritedSettings(program);
  return program;
}
