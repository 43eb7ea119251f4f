/**
 * `npm run hosts`: installs the agent CLIs that nobody here wrote and that the tests run as external agents, from the npm
 * registry, each into a folder of its own (scripts/lib/hostFolder.mjs). Does nothing for those that are there. The tests of
 * one that cannot be installed are skipped.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hostFolder } from './lib/hostFolder.mjs';
import { npm } from './lib/run.mjs';

const hosts = {
  'opencode-ai': '1.18.33',
  '@qwen-code/qwen-code': '0.24.4',
  '@google/gemini-cli': '0.61.0',
  '@openai/codex': '0.169.0',
};

for (const [name, version] of Object.entries(hosts)) {
  const folder = hostFolder(name);
  const reason = isThere(name, version) ? undefined : install(name, version);
  if (reason === undefined) console.log(`${name} ${version}: in ${folder}`);
  else {
    console.error(`${name} ${version}: cannot be installed, its tests are skipped: ${reason}`);
    process.exitCode = 1;
  }
}

function isThere(name, version) {
  const file = join(hostFolder(name), 'node_modules', name, 'package.json');
  return existsSync(file) && JSON.parse(readFileSync(file, 'utf8')).version === version;
}

/** Returns why it cannot be installed, in one line. */
function install(name, version) {
  const folder = hostFolder(name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  const { status, output } = npm(
    ['install', `${name}@${version}`, '--ignore-scripts', '--prefer-offline'],
    folder,
  );
  if (status !== 0) return reasonIn(output);
  // It puts the program for this platform where the command looks for it; npm runs no install scripts by itself.
  if (name === 'opencode-ai')
    spawnSync(process.execPath, ['postinstall.mjs'], {
      cwd: join(folder, 'node_modules', name),
      stdio: 'ignore',
    });
  return undefined;
}

/** npm's first lines are a code and what it means. */
function reasonIn(output) {
  const lines = output.split('\n').map((line) => line.replace(/^npm (error|ERR!) ?/, '').trim());
  return lines.filter(Boolean).slice(0, 3).join(', ').slice(0, 300) || 'npm gave no reason';
}
