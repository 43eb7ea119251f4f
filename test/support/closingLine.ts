import type { Reporter, TestModule } from 'vitest/node';

/**
 * Ends a run with one plain line that any CI can read: `N passed, N failed, N skipped`.
 * A file that does not load, a suite whose hooks fail and an error outside every test count as failed.
 */
export function closingLine(): Reporter {
  return {
    onTestRunEnd(modules, unhandledErrors) {
      const count = { passed: 0, failed: unhandledErrors.length, skipped: 0, pending: 0 };
      for (const module of modules) {
        count.failed += errorsOutsideTests(module);
        for (const test of module.children.allTests()) count[test.result().state]++;
      }
      // A test that has not ended when the run ends has not passed.
      const failed = count.failed + count.pending;
      console.log(`\n${count.passed} passed, ${failed} failed, ${count.skipped} skipped`);
    },
  };
}

function errorsOutsideTests(module: TestModule): number {
  const suites = [...module.children.allSuites()];
  return [module, ...suites].filter((part) => part.errors().length > 0).length;
}
