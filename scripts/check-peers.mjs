/**
 * `npm run check:peers`: `safemcp serve` against software that nobody here wrote: the command line of the official
 * Inspector over stdio and HTTP, and the official conformance suite. Both come from the npm registry into a
 * temporary folder and need Node 22.19.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { npm, root } from './lib/run.mjs';
import { setUp } from './lib/setup.mjs';

const inspector = '@modelcontextprotocol/inspector@2.12.0';
const conformance = '@modelcontextprotocol/conformance@0.1.16';

/**
 * The scenarios for servers that offer tools and nothing else. The others need resources, prompts, completion,
 * logging, or tools with names and texts that the suite prescribes, which no environment has.
 */
const scenarios = ['server-initialize', 'ping', 'tools-list', 'dns-rebinding-protection'];

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 19)) {
  console.log(`skipped: the peers need Node 22.19, this is ${process.versions.node}`);
  process.exit(0);
}
setUp({ built: true });
const main = join(root, 'dist', 'cli', 'main.js');
const folder = mkdtempSync(join(tmpdir(), 'safemcp-peers-'));
let failures = 0;
let server;
try {
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  const { status, output } = npm(
    ['install', inspector, conformance, '--ignore-scripts', '--prefer-offline'],
    folder,
  );
  if (status !== 0) throw new Error(`The peers cannot be installed:\n${output}`);
  inspect('stdio', [process.execPath, main, 'serve', 'todo']);
  server = spawn(process.execPath, [main, 'serve', 'todo', '--http', '0'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const url = await addressOf(server);
  inspect('HTTP', [url, '--transport', 'http']);
  for (const scenario of scenarios) {
    const run = peer('conformance', [
      'server',
      '--url',
      url,
      '--scenario',
      scenario,
      '-o',
      join(folder, 'results'),
    ]);
    judge(`conformance: ${scenario}`, run.status === 0, run);
  }
} finally {
  server?.kill();
  rmSync(folder, { recursive: true, force: true });
}
process.exit(failures === 0 ? 0 : 1);

function inspect(transport, target) {
  for (const era of ['legacy', 'modern']) {
    const flags = ['--protocol-era', era];
    const list = peer('mcp-inspector', ['--cli', ...target, ...flags, '--method', 'tools/list']);
    judge(`Inspector lists over ${transport}, ${era} era`, list.stdout.includes('"get_projects"'), list);
    const call = peer('mcp-inspector', [
      '--cli',
      ...target,
      ...flags,
      '--method',
      'tools/call',
      '--tool-name',
      'get_projects',
    ]);
    judge(`Inspector calls over ${transport}, ${era} era`, call.stdout.includes('is_favorite'), call);
  }
}

function peer(command, args) {
  const bin = join(folder, 'node_modules', '.bin', command);
  return spawnSync(process.execPath, [bin, ...args], { cwd: folder, encoding: 'utf8', timeout: 60_000 });
}

function judge(what, good, { stdout, stderr }) {
  console.log(`${good ? 'ok' : 'FAILED'}: ${what}`);
  if (good) return;
  failures++;
  console.log(`${stdout}\n${stderr}`);
}

function addressOf(child) {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stderr.setEncoding('utf8').on('data', (chunk) => {
      text += chunk;
      const found = /http:\/\/127\.0\.0\.1:\d+\/mcp/.exec(text);
      if (found) resolve(found[0]);
    });
    child.on('exit', () => reject(new Error(`serve ended: ${text}`)));
  });
}
