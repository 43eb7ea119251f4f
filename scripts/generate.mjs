/**
 * `npm run generate`: writes what follows from the source: the JSON Schemas of experiment files and of JSON outputs, the
 * options in docs/commands/, and docs/errors.md. With `--check` it writes nothing and fails if something is out of date.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './lib/run.mjs';
import { setUp } from './lib/setup.mjs';

setUp({ built: true });
const { experimentJsonSchema } = await import('../dist/experiment/definition/schema.js');
const { reportJsonSchema } = await import('../dist/report/schema.js');
const { comparisonJsonSchema } = await import('../dist/report/comparison/schema.js');
const { gateJsonSchema } = await import('../dist/report/gate/schema.js');
const { sizeJsonSchema } = await import('../dist/report/size/schema.js');
const { createProgram } = await import('../dist/cli/program.js');
const { errorCatalog } = await import('../dist/contracts/errors.js');
const program = createProgram();
const marker = '<!-- The rest of this page is written by `npm run generate`. -->';

function commandPage(name) {
  const page = readFileSync(join(root, 'docs', 'commands', `${name}.md`), 'utf8');
  const written = page.split(marker)[0].trimEnd();
  const command = program.commands.find((each) => each.name() === name);
  const parts = command.commands.map((each) =>
    helpSection(`### safemcp ${name} ${each.name()}`, [name, each.name()]),
  );
  return `${[written, marker, helpSection('## Options', [name]), ...parts].join('\n\n')}\n`;
}

function helpSection(title, args) {
  const main = join(root, 'dist', 'cli', 'main.js');
  const { stdout } = spawnSync(process.execPath, [main, ...args, '--help'], { encoding: 'utf8' });
  return `${title}\n\n\`\`\`text\n${stdout.trimEnd()}\n\`\`\``;
}

function errorsPage() {
  const rows = Object.entries(errorCatalog).map(
    ([code, { title, exit }]) => `| \`${code}\` | ${title} | ${exit} |`,
  );
  return [
    '# Errors',
    '',
    'Every error has a code that never changes. The message says what happened and where, and a hint says what to do. Exit',
    'code 1 is a failure of the tool or the machine, 2 is wrong use, 130 means stopped by Ctrl-C. Attacks that succeed are no',
    'error.',
    '',
    '| code | meaning | exit |',
    '|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

const commands = readdirSync(join(root, 'docs', 'commands')).map((file) => file.replace(/\.md$/, ''));
const files = new Map([
  ...Object.entries({
    experiment: experimentJsonSchema(),
    report: reportJsonSchema(),
    comparison: comparisonJsonSchema(),
    gate: gateJsonSchema(),
    power: sizeJsonSchema(),
  }).map(([name, schema]) => [`schemas/${name}.schema.json`, `${JSON.stringify(schema, null, 2)}\n`]),
  ['docs/errors.md', errorsPage()],
  ...commands.map((name) => [`docs/commands/${name}.md`, commandPage(name)]),
]);

const check = process.argv.includes('--check');
let stale = 0;
for (const [file, text] of files) {
  const path = join(root, file);
  if (existsSync(path) && readFileSync(path, 'utf8') === text) continue;
  stale++;
  if (check) {
    console.error(`${file} is out of date: npm run generate`);
    continue;
  }
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
  console.log(`wrote ${file}`);
}
process.exit(check && stale > 0 ? 1 : 0);
