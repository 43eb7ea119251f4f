import { expect, test } from 'vitest';
import { createRunFinder } from '../../../src/defenses/detectors/runs.ts';
import { fc } from '../../support/properties.ts';

test('a run is found exactly when an expression finds it', () => {
  const hasRun = createRunFinder(/[a-c]/);
  const text = fc.string({
    unit: fc.constantFrom('a', 'b', 'c', 'c', 'c', ' ', 'é', '\u{1f600}'),
    maxLength: 60,
  });
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 12 }), (from, length) => {
      expect(hasRun(from, length)).toBe(new RegExp(`[a-c]{${length}}`).test(from));
    }),
  );
});
