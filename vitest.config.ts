import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { closingLine } from './test/support/closingLine.ts';

/** Folders whose tests start the built product: `dist` is brought up to date before them. */
const onBuild = ['test/cli/**', 'test/e2e/**', 'test/package/**'];

export default defineConfig({
  resolve: {
    // Examples import the package by its name; in tests that is the source.
    alias: [{ find: /^safemcp$/, replacement: fileURLToPath(new URL('./src/index.ts', import.meta.url)) }],
  },
  test: {
    reporters: ['default', closingLine()],
    // Most tests compute or wait for processes; vitest would leave one processor idle.
    maxWorkers: availableParallelism(),
    projects: [
      {
        extends: true,
        test: {
          name: 'source',
          include: ['test/**/*.test.ts'],
          exclude: onBuild,
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'built',
          include: onBuild.map((folder) => `${folder}/*.test.ts`),
          globalSetup: 'test/support/buildOnce.ts',
          testTimeout: 120_000,
        },
      },
    ],
  },
});
