import { expect, test } from 'vitest';
import { createTurnstile } from '../../src/contracts/turnstile.ts';

test('lets one on in each turn of the event loop, in order', async () => {
  const turn = createTurnstile();
  const seen: string[] = [];
  const callers = [1, 2, 3].map(async (caller) => {
    await turn();
    seen.push(`caller ${caller}`);
    setImmediate(() => seen.push('others'));
  });
  await Promise.all(callers);
  expect(seen.filter((each) => each !== 'others')).toEqual(['caller 1', 'caller 2', 'caller 3']);
  expect(seen.indexOf('others')).toBeLessThan(seen.indexOf('caller 3'));
});
