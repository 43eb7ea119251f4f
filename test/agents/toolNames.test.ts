import { expect, test } from 'vitest';
import { createToolNames } from '../../src/agents/toolNames.ts';
import { fc } from '../support/properties.ts';

const awkward = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 90 }),
  fc.constantFrom('a', 'a__b', 'b', 'b__c', 'a.b', 'a b', 'x'.repeat(70)),
);

test('every tool has a name that providers take, its own, always the same, and with a way back', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(awkward, awkward), { maxLength: 20 }), (tools) => {
      const names = createToolNames();
      const given = new Map(
        tools.map(([service, tool]) => [JSON.stringify([service, tool]), names.nameOf(service, tool)]),
      );
      expect(new Set(given.values()).size).toBe(given.size);
      for (const [service, tool] of tools) {
        const name = names.nameOf(service, tool);
        expect(name).toBe(given.get(JSON.stringify([service, tool])));
        expect(name).toMatch(/^[a-zA-Z_][a-zA-Z0-9_-]{0,63}$/);
        expect(names.find(name)).toEqual({ service, tool });
      }
    }),
  );
});

test('names say what they name', () => {
  const names = createToolNames();
  expect(names.nameOf('notes', 'read_note')).toBe('notes__read_note');
  expect(names.nameOf('notes', 'read.note')).toMatch(/^notes__read_note_[0-9a-f]{8}$/);
  expect(names.nameOf('a', 'b__c')).toBe('a__b__c');
  expect(names.nameOf('a__b', 'c')).toMatch(/^a__b__c_[0-9a-f]{8}$/);
  expect(names.nameOf('s', 'x'.repeat(100))).toHaveLength(64);
  expect(names.find('made_up')).toBeUndefined();
});
