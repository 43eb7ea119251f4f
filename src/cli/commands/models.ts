import type { Command } from 'commander';
import type { ModelChoice } from '../../contracts/experiment.ts';
import type { ModelCheck } from '../../models/check.ts';
import { safe } from '../../report/text.ts';
import { writeResult } from '../output.ts';

export function addModels(program: Command): void {
  const models = program
    .command('models')
    .description('providers of language models: which there are, and what a model can do')
    .addHelpText(
      'after',
      '\nExamples:\n  safemcp models list\n  safemcp models check openai/gpt-4o ollama/llama3.1\n  safemcp models check --file experiment.yaml',
    );
  models
    .command('list')
    .description('list providers with the variables that hold their keys, and prices')
    .option('--json', 'print it as JSON')
    .action(list);
  models
    .command('check')
    .description('make two tiny calls to each model and say what works')
    .argument('[id...]', 'PROVIDER/NAME, or ids of models in the file')
    .option('--file <file>', 'experiment file that configures models')
    .option('--json', 'print it as JSON')
    .action(check);
}

async function list({ json }: { readonly json?: boolean }): Promise<void> {
  const { priceTable, pricesAsOf, providers } = await import('../../models/index.ts');
  const prices = priceTable();
  if (json) {
    writeResult(`${JSON.stringify({ providers, prices, pricesAsOf }, null, 2)}\n`);
    return;
  }
  const lines = providers.map(({ id, key = '-', title, baseUrl = 'set baseUrl', local }) => {
    const needed = local && key !== '-' ? `${key} (optional)` : key;
    return `  ${id.padEnd(19)}${needed.padEnd(38)}${title}; ${baseUrl}`;
  });
  const priced = prices.map(
    ({ provider, name, input, output }) =>
      `  ${`${provider}/${name}`.padEnd(38)}${String(input).padStart(7)}${String(output).padStart(9)}`,
  );
  const heads = [
    `  ${'provider'.padEnd(19)}${'key'.padEnd(38)}what it is`,
    `\nUSD per million tokens, as of ${pricesAsOf}; price: { input, output } of a model goes first`,
    `  ${'model'.padEnd(38)}${'input'.padStart(7)}${'output'.padStart(9)}`,
  ];
  writeResult(`${[heads[0], ...lines, heads[1], heads[2], ...priced].join('\n')}\n`);
}

interface CheckOptions {
  readonly file?: string;
  readonly json?: boolean;
}

async function check(ids: readonly string[], { file, json }: CheckOptions): Promise<void> {
  const [{ openModels }, { checkClassifier, checkModel }] = await Promise.all([
    import('../../models/index.ts'),
    import('../../models/check.ts'),
  ]);
  const choices = (await chosen(ids, file)).map((choice) => ({
    ...choice,
    limits: { ...choice.limits, maxRetries: 1 },
  }));
  const pool = openModels(choices, { replies: 'fresh' });
  try {
    const checks = [...pool.models.map(checkModel), ...pool.classifiers.map(checkClassifier)];
    const results = await Promise.all(checks);
    writeResult(
      json ? `${JSON.stringify(results, null, 2)}\n` : results.map((result) => checkLine(result)).join(''),
    );
    if (results.some(({ problem }) => problem)) process.exitCode = 1;
  } finally {
    await pool.close();
  }
}

/** @throws INVALID_ARGUMENT */
async function chosen(ids: readonly string[], file: string | undefined): Promise<readonly ModelChoice[]> {
  const [{ SafeMcpError }, { modelChoice }] = await Promise.all([
    import('../../contracts/errors.ts'),
    import('../../models/index.ts'),
  ]);
  const configured = file === undefined ? [] : await configuredIn(file);
  if (ids.length === 0 && configured.length > 0) return configured;
  if (ids.length === 0)
    throw new SafeMcpError('INVALID_ARGUMENT', 'There is no model to check', {
      hint: 'Name models as PROVIDER/NAME, or a file that configures some with --file',
    });
  return ids.map((id) => {
    const choice = configured.find((each) => each.id === id) ?? modelChoice(id);
    if (choice) return choice;
    throw new SafeMcpError('INVALID_ARGUMENT', `There is no model ${JSON.stringify(id.slice(0, 80))}`, {
      hint: 'Name it as PROVIDER/NAME; safemcp models list shows the providers',
    });
  });
}

async function configuredIn(file: string): Promise<readonly ModelChoice[]> {
  const [{ readExperiment }, { builtInCatalog }] = await Promise.all([
    import('../../experiment/definition/index.ts'),
    import('../../experiment/catalog.ts'),
  ]);
  return (await readExperiment(file, builtInCatalog())).experiment.models ?? [];
}

function checkLine({ id, abilities, problem, version, tokens, usd }: ModelCheck): string {
  const yes = (ability: boolean): string => (ability ? 'yes' : 'no');
  const can = abilities
    ? `tools ${yes(abilities.tools)}, parallel calls ${yes(abilities.parallelCalls)}, structured output ${yes(abilities.structuredOutput)}`
    : problem
      ? 'does not work'
      : 'works';
  const told = version === undefined ? '' : `  ${safe(version, 80)}`;
  const spent = tokens === 0 ? '' : `  ${tokens} tokens, ${usd.toFixed(6)} USD`;
  const why = problem ? `\n  ${problem.code}: ${safe(problem.what, 500)}` : '';
  return `${safe(id)}  ${can}${told}${spent}${why}\n`;
}
