import { type Command, Option } from 'commander';
import { type Framework, frameworks } from '../../contracts/attack.ts';
import { SafeMcpError } from '../../contracts/errors.ts';
import type { Run } from '../../contracts/experiment.ts';
import { defenseNamed } from '../../experiment/defenseNames.ts';
import type { CoverageFormat, CoverageReport } from '../../report/frameworks/index.ts';
import { type WorkspaceOptions, withWorkspace } from '../options.ts';
import { outputShape, writeResult } from '../output.ts';

interface CoverageOptions extends WorkspaceOptions {
  readonly framework?: string;
  readonly defense?: string;
  readonly json?: boolean;
  readonly csv?: boolean;
  readonly markdown?: boolean;
}

export function addCoverage(program: Command): void {
  withWorkspace(program.command('coverage'))
    .description(
      'list which techniques of SAFE-MCP, OWASP and ATLAS the attacks cover, and with which result in a run',
    )
    .argument('[run]', 'id of a run, its beginning, or latest; without it, no results')
    .addOption(new Option('--framework <name>', 'only this framework').choices(frameworks.map(optionName)))
    .option('--defense <name>', 'results with this defense set of the run (default: none)')
    .addOption(new Option('--json', 'print it as JSON').conflicts(['csv', 'markdown']))
    .addOption(new Option('--csv', 'print it as CSV').conflicts(['markdown']))
    .option('--markdown', 'print it as Markdown')
    .addHelpText(
      'after',
      '\nExamples:\n  safemcp coverage\n  safemcp coverage latest --framework owasp-mcp\n  safemcp coverage 20261120-1 --csv > coverage.csv',
    )
    .action(async (reference: string | undefined, options: CoverageOptions) => {
      const { renderCoverage } = await import('../../report/frameworks/index.ts');
      const report = await coverageReport(reference, options);
      writeResult(renderCoverage(report, formatOf(options), outputShape()));
    });
}

/** `OWASP MCP` as `owasp-mcp`. */
function optionName(framework: Framework): string {
  return framework.toLowerCase().replace(' ', '-');
}

function formatOf({ json, csv, markdown }: CoverageOptions): CoverageFormat {
  if (json) return 'json';
  if (csv) return 'csv';
  return markdown ? 'markdown' : 'table';
}

async function coverageReport(
  reference: string | undefined,
  options: CoverageOptions,
): Promise<CoverageReport> {
  const [{ frameworkCatalogs }, { builtInCatalog }, { coverageOf, measureCoverage }] = await Promise.all([
    import('../../attacks/frameworks/index.ts'),
    import('../../experiment/catalog.ts'),
    import('../../report/frameworks/index.ts'),
  ]);
  const chosen = frameworkCatalogs.filter(
    ({ framework }) => options.framework === undefined || options.framework === optionName(framework),
  );
  if (reference === undefined) {
    if (options.defense !== undefined)
      throw new SafeMcpError('INVALID_ARGUMENT', '--defense chooses among the results of a run', {
        hint: 'Name a run: safemcp coverage latest --defense NAME',
      });
    return { frameworks: chosen.map((framework) => coverageOf(framework, builtInCatalog())) };
  }
  const [{ resolveRun }, { withOwnParts }, { withExistingStore }] = await Promise.all([
    import('../../experiment/store/index.ts'),
    import('../../experiment/ownParts.ts'),
    import('../workspace.ts'),
  ]);
  return withExistingStore(options.workspace, async (store) => {
    const run = await resolveRun(store, reference);
    const defense = defenseOf(run, options.defense);
    const { partFiles = [] } = run.experiment;
    const parts = await withOwnParts({ partFiles }, builtInCatalog());
    const covered = chosen.map((framework) => coverageOf(framework, parts));
    return measureCoverage(covered, store.summaries(run.id), { run, defense, parts });
  });
}

/** The defense set to look at. @throws UNKNOWN_ID when the run has no such set */
function defenseOf({ experiment }: Run, name = 'none'): string {
  const names = experiment.defenses.map((set) => set.name);
  const meant = defenseNamed(experiment, name);
  if (names.includes(meant)) return meant;
  throw new SafeMcpError('UNKNOWN_ID', `The run has no defense set ${JSON.stringify(name.slice(0, 80))}`, {
    hint: `Choose with --defense: ${names.join(', ')}`,
  });
}
