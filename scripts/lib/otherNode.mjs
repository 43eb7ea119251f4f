/**
 * `node otherNode.mjs MAJOR FOLDER`: puts the newest Node of that major version into FOLDER, from the npm registry,
 * and prints the folder of its program. The `node` package would fetch it by an install script; the packages
 * behind it hold the program itself and need none.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { npm } from './run.mjs';

const [major, folder] = process.argv.slice(2);
const name = `node-${process.platform}-${process.arch}`;
const bin = join(folder, 'node_modules', name, 'bin');

mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
const { status, output } = npm(
  ['install', `${name}@${major}`, '--ignore-scripts', '--prefer-offline'],
  folder,
);
if (status !== 0 || !existsSync(join(bin, 'node'))) {
  console.error(`Node ${major} cannot be had as ${name}:\n${output}`);
  process.exit(1);
}
console.log(bin);
