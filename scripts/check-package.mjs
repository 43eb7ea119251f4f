/**
 * `npm run check:package`: packs the package, installs the tarball into an empty folder as a user would, without
 * install scripts, and uses it there: the command, an experiment, and the library from a script.
 */
import { spawnSync } from 'node:child_process';
import { lstatSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { npm, root, toolPath } from './lib/run.mjs';
import { setUp } from './lib/setup.mjs';

const maxMegabytes = 150;

const experiment = `name: packed
seed: '1'
environments: [todo]
tasks: 1
agents: [scripted/faithful]
`;

const library = `import * as safemcp from 'safemcp';
const names = Object.keys(safemcp);
if (names.length === 0) throw new Error('The library exports nothing');
console.log(names.length + ' exports');
`;

const typedUse = `import { type ErrorCode, SafeMcpError } from 'safemcp';
export const known: ErrorCode = new SafeMcpError('UNKNOWN_ID', 'x').code;
// @ts-expect-error: shows that the types are there and not any
export const unknown: ErrorCode = 'NO_SUCH_CODE';
`;

setUp({ built: true });
const folder = mkdtempSync(join(tmpdir(), 'safemcp-package-'));
try {
  check(folder);
} catch (error) {
  console.error(`FAILED: ${error.message}`);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function check(user) {
  must('pack', npm(['pack', '--ignore-scripts', '--pack-destination', user], root));
  const tarball = readdirSync(user).find((name) => name.endsWith('.tgz'));
  writeFileSync(join(user, 'package.json'), '{ "private": true, "type": "module" }\n');
  must('install', npm(['install', `./${tarball}`, '--ignore-scripts', '--prefer-offline'], user));
  checkSize(join(user, 'node_modules'));

  const command = join(user, 'node_modules', '.bin', 'safemcp');
  expect('safemcp --help', run(user, command, ['--help']), (out) => out.includes('Usage: safemcp'));
  expect(
    'safemcp list environments --json',
    run(user, command, ['list', 'environments', '--json']),
    isFilledList,
  );
  writeFileSync(join(user, 'experiment.yaml'), experiment);
  expect('safemcp run', run(user, command, ['run', 'experiment.yaml']), (out) => out.includes('todo'));
  expect('safemcp report --format json', run(user, command, ['report', '--format', 'json']), hasCells);

  writeFileSync(join(user, 'use.mjs'), library);
  expect('import from a script', run(user, process.execPath, ['use.mjs']), (out) => out.includes('exports'));
  const example = join('node_modules', 'safemcp', 'examples', 'own-parts', 'run.mjs');
  expect('an example with parts of its own', run(user, process.execPath, [example]), (out) =>
    out.includes('ASR'),
  );
  writeFileSync(join(user, 'use.ts'), typedUse);
  const compile = [
    toolPath('typescript', 'tsc'),
    '--noEmit',
    '--strict',
    '--module',
    'nodenext',
    '--target',
    'es2022',
  ];
  const types = [
    ...compile,
    '--types',
    'node',
    '--typeRoots',
    join(root, 'node_modules', '@types'),
    'use.ts',
  ];
  expect('types in a strict project', run(user, process.execPath, types), (out) => out === '');
}

function checkSize(installed) {
  const megabytes = sizeOf(installed) / 1e6;
  const text = `installed size ${megabytes.toFixed(1)} MB, limit ${maxMegabytes} MB`;
  if (megabytes >= maxMegabytes) fail(text);
  console.log(`ok: ${text}`);
}

function sizeOf(path) {
  const stat = lstatSync(path);
  if (!stat.isDirectory()) return stat.size;
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0);
}

function isFilledList(out) {
  const list = JSON.parse(out);
  return Array.isArray(list) && list.length > 0;
}

function hasCells(out) {
  const { cells } = JSON.parse(out);
  return cells.length === 1 && cells[0].episodes === 1 && cells[0].invalid === 0;
}

function run(cwd, program, args) {
  return spawnSync(program, args, {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 120_000,
    shell: process.platform === 'win32',
  });
}

function expect(what, { status, stdout, stderr, error }, holds) {
  if (status !== 0 || !holds(stdout)) fail(`${what}: exit ${status ?? error?.message}\n${stdout}\n${stderr}`);
  console.log(`ok: ${what}`);
}

function must(what, { status, output }) {
  if (status !== 0) fail(`${what}:\n${output}`);
  console.log(`ok: ${what}`);
}

function fail(text) {
  throw new Error(text);
}
