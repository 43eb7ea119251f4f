/**
 * Brings a fresh clone to where its commands work: Node new enough, dependencies installed, `dist` built.
 * Plain Node without dependencies, because it runs before anything is installed. Quick when nothing is to do.
 */
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { npm, root, runToolSync } from './run.mjs';

/** A reason why set-up cannot go on, in words for the person at the terminal. */
class SetupError extends Error {}

/** Makes sure that Node is new enough, dependencies are installed and, if asked for, that `dist` is built. */
export function setUp({ built }) {
  try {
    requireNode();
    install();
    if (built) build();
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.error(`safemcp: ${error.message}`);
    process.exit(1);
  }
}

function requireNode() {
  const needed = readJson('package.json').engines.node.replace('>=', '');
  const [major, minor] = needed.split('.').map(Number);
  const [hereMajor, hereMinor] = process.versions.node.split('.').map(Number);
  if (hereMajor > major || (hereMajor === major && hereMinor >= minor)) return;
  throw new SetupError(`Node ${needed} or newer is needed; this is Node ${process.versions.node}.`);
}

function install() {
  if (isInstalled()) return;
  console.error('Installing dependencies (once; under a minute on most machines) ...');
  const { status, output } = npm(
    ['ci', '--ignore-scripts', '--prefer-offline', '--fetch-retries=1', '--fetch-retry-mintimeout=2000'],
    root,
  );
  if (status === 0) return;
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT|ENOTCACHED/.test(output))
    throw new SetupError(
      'The npm registry cannot be reached. Installing the dependencies needs a network once; nothing after that does.',
    );
  if (output.includes('EUSAGE'))
    throw new SetupError('package.json and package-lock.json do not agree; "npm run lock" mends that.');
  throw new SetupError(`npm could not install the dependencies:\n${output.slice(0, 2000)}`);
}

/** Compares package-lock.json with npm's own note of what it has put into node_modules. */
function isInstalled() {
  const note = join('node_modules', '.package-lock.json');
  if (!existsSync(join(root, note))) return false;
  const wanted = readJson('package-lock.json').packages;
  const present = readJson(note).packages;
  return (
    Object.keys(present).every((path) => path in wanted) &&
    Object.entries(wanted).every(([path, entry]) =>
      path === '' || (present[path] === undefined && entry.optional === true)
        ? true
        : present[path]?.version === entry.version && present[path]?.integrity === entry.integrity,
    )
  );
}

function build() {
  const stamp = join(root, 'dist', '.inputs');
  const inputs = fingerprint([
    ...filesUnder(join(root, 'src')),
    ...['package-lock.json', 'tsconfig.json', 'tsconfig.build.json'].map((name) => join(root, name)),
  ]);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === inputs) return;
  console.error('Building ...');
  if (runToolSync('typescript', 'tsc', ['-p', 'tsconfig.build.json']) !== 0)
    throw new SetupError('The build failed; the messages of the TypeScript compiler are above.');
  removeOrphans();
  chmodSync(join(root, 'dist', 'cli', 'main.js'), 0o755);
  writeFileSync(stamp, inputs);
}

/** Removes what earlier builds made from sources that are gone. */
function removeOrphans() {
  const dist = join(root, 'dist');
  for (const file of filesUnder(dist)) {
    const source = join(root, 'src', relative(dist, file)).replace(/\.(d\.ts|js)$/, '.ts');
    if (/\.(d\.ts|js)$/.test(file) && !existsSync(source)) rmSync(file);
  }
}

function fingerprint(files) {
  const hash = createHash('sha256');
  for (const file of files)
    hash
      .update(`${relative(root, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  return hash.digest('hex');
}

function filesUnder(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesUnder(path) : [path];
    });
}

function readJson(name) {
  return JSON.parse(readFileSync(join(root, name), 'utf8'));
}
