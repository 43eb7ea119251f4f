import { readFile } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import { messageOf, SafeMcpError } from '../../contracts/errors.ts';
import type { JudgeChoice, ModelChoice } from '../../contracts/experiment.ts';
import type { JudgeKind } from '../../experiment/judging.ts';
import { type WorkspaceOptions, wholeNumber, withWorkspace } from '../options.ts';
import { writeResult } from '../output.ts';

interface CalibrateOptions extends WorkspaceOptions {
  readonly question: JudgeKind;
  readonly model: readonly string[];
  readonly file?: string;
  readonly concurrency: number;
  readonly json?: boolean;
}

export function addJudge(program: Command): void {
  const judge = program.command('judge').description('judges: how far they can be trusted');
  withWorkspace(judge.command('calibrate'))
    .description('hold a judge against texts that people have labeled')
    .argument('<labels>', 'CSV file with the columns behavior, text and label (yes or no)')
    .addOption(
      new Option('--question <question>', 'what the judge decides')
        .choices(['goal', 'harm', 'refusal'] satisfies JudgeKind[])
        .default('goal'),
    )
    .option('--model <id>', 'a model that judges; several vote', (id, all: string[]) => [...all, id], [])
    .option('--file <file>', 'experiment file that configures the judge')
    .option('--concurrency <n>', 'texts judged at once', wholeNumber(1, 256), 8)
    .option('--json', 'print the figures as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  safemcp judge calibrate labels.csv --model openai/gpt-4o\n  safemcp judge calibrate labels.csv --question refusal --file experiment.yaml',
    )
    .action(calibrate);
}

async function calibrate(labelFile: string, options: CalibrateOptions): Promise<void> {
  const [{ calibrateJudge }, { trustText }, { openModels }, { createModelDesk }, { withStore }] =
    await Promise.all([
      import('../../experiment/calibration.ts'),
      import('../../report/trust.ts'),
      import('../../models/index.ts'),
      import('../../experiment/modelDesk.ts'),
      import('../workspace.ts'),
    ]);
  const [{ readLabels }, { judgeOf }, { createStopwatch }] = await Promise.all([
    import('../../judges/labels.ts'),
    import('../../experiment/judging.ts'),
    import('../../contracts/stopwatch.ts'),
  ]);
  const { choice, models, catalog } = await chosenJudge(options);
  const labels = readLabels(await textOf(labelFile), labelFile);
  await withStore(options.workspace, async (store) => {
    const pool = openModels(models, { cache: store.replies });
    try {
      const desk = createModelDesk({
        open: pool,
        catalog,
        draw: 0,
        signal: new AbortController().signal,
        watch: createStopwatch(),
        record: () => 0,
      });
      const scope = { model: (id: string) => desk.text(id, { purpose: 'judge', by: 'judge' }) };
      const judge = judgeOf(options.question, choice, catalog);
      const trust = await calibrateJudge(judge, labels, { scope, concurrency: options.concurrency });
      if (!trust.agreement) process.exitCode = 1;
      writeResult(
        options.json ? `${JSON.stringify(trust, null, 2)}\n` : trustText(trust, options.question, choice),
      );
    } finally {
      await pool.close();
    }
  });
}

async function chosenJudge({ question, model, file }: CalibrateOptions) {
  const [{ builtInCatalog }, { readExperiment }, { modelChoice }] = await Promise.all([
    import('../../experiment/catalog.ts'),
    import('../../experiment/definition/index.ts'),
    import('../../models/index.ts'),
  ]);
  if (model.length > 0 === (file !== undefined))
    throw new SafeMcpError('INVALID_ARGUMENT', 'Give either --model or --file', {
      hint: 'safemcp judge calibrate --help shows examples',
    });
  if (file === undefined) {
    const models = model.map((id): ModelChoice => modelChoice(id) ?? refuse(`There is no model ${id}`));
    const choice: JudgeChoice = { models: model };
    return { choice, models, catalog: builtInCatalog() };
  }
  const { experiment, catalog } = await readExperiment(file, builtInCatalog());
  const choice = experiment.judges?.[question] ?? refuse(`${file} configures no judge of ${question}`);
  return { choice, models: experiment.models ?? [], catalog };
}

function refuse(what: string): never {
  throw new SafeMcpError('INVALID_ARGUMENT', what, {
    hint: 'Name models as PROVIDER/NAME, or configure the judge under judges in the file',
  });
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new SafeMcpError('FILE_UNREADABLE', `Cannot read the labels: ${messageOf(error)}`, {
      where: file,
      cause: error,
    });
  }
}
