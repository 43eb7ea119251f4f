import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { expect, test } from 'vitest';
import { z } from 'zod';

const root = fileURLToPath(new URL('../..', import.meta.url));

const manifestSchema = z.object({
  bin: z.record(z.string(), z.string()),
  exports: z.record(z.string(), z.union([z.string(), z.record(z.string(), z.string())])),
  dependencies: z.record(z.string(), z.string()),
  files: z.array(z.string()),
});
const manifest = manifestSchema.parse(JSON.parse(readFileSync(`${root}package.json`, 'utf8')));

const packSchema = z.tuple([z.object({ files: z.array(z.object({ path: z.string() })) })]);

function packedFiles(): string[] {
  const args = ['pack', '--dry-run', '--json', '--ignore-scripts'];
  const output = execFileSync('npm', args, {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return packSchema.parse(JSON.parse(output))[0].files.map(({ path }) => path);
}

test('the package holds what it promises and nothing else', () => {
  const files = packedFiles();
  const promised = [
    ...Object.values(manifest.bin),
    ...Object.values(manifest.exports).flatMap((target) =>
      typeof target === 'string' ? [target] : Object.values(target),
    ),
  ].map((path) => path.replace('./', ''));
  expect(files).toEqual(expect.arrayContaining([...promised, 'LICENSE', 'README.md', 'package.json']));
  const allowed = /^(dist\/.+\.(js|d\.ts)|schemas\/.+\.json|examples\/.+|LICENSE|README\.md|package\.json)$/;
  expect(files.filter((file) => !allowed.test(file))).toEqual([]);
});

test('the manifest of the package is sound', async () => {
  const { messages, pkg } = await publint({ pkgDir: root, strict: true });
  expect(messages.map((message) => formatMessage(message, pkg, { color: false }))).toEqual([]);
});

test('no dependency of the package has an install script', () => {
  const lockSchema = z.object({
    packages: z.record(z.string(), z.object({ dev: z.boolean(), hasInstallScript: z.boolean() }).partial()),
  });
  const { packages } = lockSchema.parse(JSON.parse(readFileSync(`${root}package-lock.json`, 'utf8')));
  const installed = Object.entries(packages).filter(([path, entry]) => path !== '' && entry.dev !== true);
  expect(installed.length).toBeGreaterThan(Object.keys(manifest.dependencies).length);
  expect(installed.filter(([, entry]) => entry.hasInstallScript === true)).toEqual([]);
});
