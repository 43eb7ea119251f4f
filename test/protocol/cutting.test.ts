import { expect, test } from 'vitest';
import type { ToolOutcome } from '../../src/contracts/agent.ts';
import { cutOutcome } from '../../src/protocol/cutting.ts';
import { fc } from '../support/properties.ts';

const result = (text: string, structured?: { readonly said: string }): ToolOutcome => ({
  kind: 'result',
  text,
  ...(structured && { structured }),
});

test('what is short enough stays as it is', () => {
  const outcome = result('short', { said: 'short' });
  expect(cutOutcome(outcome, 100)).toEqual(outcome);
});

test('a text keeps its beginning, whole characters, and tells what is missing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 101, maxLength: 300 }), (text) => {
      const { text: read } = cutOutcome(result(text), 100);
      const [, kept = '', left] = /^(.*)\n\[cut here: (\d+) of \d+ characters left out\]$/s.exec(read) ?? [];
      expect(text.startsWith(kept)).toBe(true);
      expect(kept.length).toBeGreaterThanOrEqual(99);
      // An encoder puts something else in place of half a character.
      expect(Buffer.from(kept).toString()).toBe(kept);
      expect(kept.length + Number(left)).toBe(text.length);
    }),
  );
});

test('structured content that is too long is left out, or cut where there is no text', () => {
  const said = 'x'.repeat(200);
  expect(cutOutcome(result('short', { said }), 100)).toEqual(
    result('short\n[structured content left out: 211 characters]'),
  );
  const alone = cutOutcome(result('', { said }), 100);
  expect(alone.text).toContain('[cut here: 111 of 211 characters left out]');
  expect(alone).not.toHaveProperty('structured');
});
