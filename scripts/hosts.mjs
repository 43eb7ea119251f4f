/**
 * `npm run hosts`: installs the agent CLIs that nobody here wrote and that the tests run as external agents, from the npm
 * registry into a folder outside of the project's dependencies (scripts/lib/hostsFolder.mjs). Does nothing when they are
 * there. Without them those tests are skipped.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hostsFolder } from './lib/hostsFolder.mjs';
import { npm } from './lib/run.mjs';

const hosts = { 'opencode-ai': '1.18.33', '@qwen-code/qwen-code': '0.24.4', '@google/gemini-cli': '0.61.0' };

const folderOf = (name) => join(hostsFolder, 'node_modules', name);
const isThere = ([name, version]) => {
  const file = join(folderOf(name), 'package.json');
  return existsSync(file) && JSON.parse(readFileSync(file, 'utf8')).version === version;
};

const missing = Object.entries(hosts).filter((host) => !isThere(host));
if (missing.length > 0) {
  mkdirSync(hostsFolder, { recursive: true });
  writeFileSync(
    join(hostsFolder, 'package.json'),
    `${JSON.stringify({ private: true, dependencies: hosts }, null, 2)}\n`,
  );
  const { status, output } = npm(['install', '--ignore-scripts', '--prefer-offline'], hostsFolder);
  if (status !== 0) {
    console.error(`The hosts cannot be installed:\n${output}`);
    process.exit(1);
  }
  // It puts the program for this platform where the command looks for it; npm runs no install scripts by itself.
  spawnSync(process.execPath, ['postinstall.mjs'], { cwd: folderOf('opencode-ai'), stdio: 'ignore' });
}
console.log(`${Object.keys(hosts).join(', ')}: in ${hostsFolder}`);
