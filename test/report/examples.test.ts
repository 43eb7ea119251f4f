import { expect, test } from 'vitest';
import type { Outcome } from '../../src/contracts/events.ts';
import type { EpisodeSummary } from '../../src/contracts/experiment.ts';
import { cleanRow, createExampleNotes } from '../../src/report/examples.ts';
import { hostileRecord } from './html/hostile.ts';

const attack = { vector: 'v', carrier: 'c', goal: 'g' };

function summary(id: string, outcome: Partial<Outcome>, attacked = true): EpisodeSummary {
  const { events: _, version: __, ...whole } = hostileRecord('x');
  const { attack: ___, ...key } = whole.key;
  const { attack: ____, ...base } = whole.outcome;
  return { ...whole, id, key: attacked ? { ...key, attack } : key, outcome: { ...base, ...outcome } };
}

const place = { agent: 'x', vector: 'v', label: 'g', defense: 'x' };

test('notes the first episode of each kind, and of the resisted ones the first that a defense stopped', () => {
  const notes = createExampleNotes();
  notes.add(summary('broken', { status: 'timeout', attack: { stage: 'achieved', at: [] } }));
  notes.add(summary('ignored', { attack: { stage: 'exposed', at: [] } }));
  expect(notes.idsOf(place)).toEqual({ resisted: 'ignored' });
  notes.add(summary('won', { attack: { stage: 'achieved', at: [] } }));
  notes.add(summary('won later', { attack: { stage: 'achieved', at: [] } }));
  notes.add(summary('stopped', { attack: { stage: 'attempted', stoppedBy: 'x', at: [] } }));
  notes.add(summary('stopped later', { attack: { stage: 'attempted', stoppedBy: 'x', at: [] } }));
  expect(notes.idsOf(place)).toEqual({ achieved: 'won', resisted: 'stopped' });
  expect(notes.idsOf({ ...place, defense: 'other' })).toEqual({});
});

test('notes a clean episode in which something was flagged', () => {
  const notes = createExampleNotes();
  notes.add(summary('quiet', { detection: { flaggedBy: [] } }, false));
  expect(notes.idsOf({ ...place, ...cleanRow })).toEqual({});
  notes.add(summary('alarm', { detection: { flaggedBy: ['d'] } }, false));
  expect(notes.idsOf({ ...place, ...cleanRow })).toEqual({ falseAlarm: 'alarm' });
});
