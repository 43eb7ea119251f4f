/**
 * `npm run lock`: brings package-lock.json up to date with package.json, for every platform. npm leaves out a program
 * for another platform if the registry at hand does not offer it, and `npm ci` then refuses the lock file. Such
 * programs are pinned by the exact version that their parent names; their platform is read from their name.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { npm, root } from './lib/run.mjs';

const systems = [
  'aix',
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
];
const processors = ['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'x64'];

const path = join(root, 'package-lock.json');

writeLock();
const lock = JSON.parse(readFileSync(path, 'utf8'));
const added = missingPrograms(lock.packages);
Object.assign(lock.packages, Object.fromEntries(added));
writeFileSync(path, JSON.stringify(lock));
// Once more, for npm's own order and to see that it accepts the additions.
writeLock();
console.log(`package-lock.json is up to date; ${added.length} programs for other platforms were added.`);

function writeLock() {
  const { status, output } = npm(['install', '--package-lock-only', '--ignore-scripts'], root);
  if (status === 0) return;
  console.error(output);
  process.exit(1);
}

function missingPrograms(known) {
  return Object.entries(known).flatMap(([parent, entry]) =>
    Object.entries(entry.optionalDependencies ?? {})
      .filter(([name]) => !(`node_modules/${name}` in known || `${parent}/node_modules/${name}` in known))
      .map(([name, version]) => {
        if (!/^\d+\.\d+\.\d+/.test(version)) throw new Error(`${parent} does not pin ${name}: ${version}`);
        return [
          `node_modules/${name}`,
          { version, ...platformOf(name), ...(entry.dev && { dev: true }), optional: true },
        ];
      }),
  );
}

function platformOf(name) {
  const words = name.split(/[-/]/);
  const named = (values) => values.filter((value) => words.includes(value));
  const cpu = named(processors);
  const os = named(systems);
  const libc = words.some((word) => word.startsWith('musl')) ? ['musl'] : ['glibc'];
  if (os.length !== 1 || cpu.length !== 1) throw new Error(`The name of ${name} does not tell its platform`);
  return os[0] === 'linux' ? { os, cpu, libc } : { os, cpu };
}
