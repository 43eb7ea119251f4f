import { expect, test } from 'vitest';
import type { Outcome } from '../../src/contracts/events.ts';
import type { MeasuredEpisode } from '../../src/contracts/experiment.ts';
import { measuredOf } from '../../src/experiment/metrics/measured.ts';
import { cleanRow, createExampleNotes } from '../../src/report/examples.ts';
import { hostileRecord } from './html/hostile.ts';

const attack = { vector: 'v', carrier: 'c', goal: 'g' };

function episode(id: string, outcome: Partial<Outcome>, attacked = true): MeasuredEpisode {
  const { events: _, version: __, ...whole } = hostileRecord('x');
  const { attack: ___, ...key } = whole.key;
  const { attack: ____, ...base } = whole.outcome;
  return measuredOf({
    ...whole,
    id,
    key: attacked ? { ...key, attack } : key,
    outcome: { ...base, ...outcome },
  });
}

const place = { agent: 'x', vector: 'v', label: 'g', defense: 'x' };

test('notes the first episode of each kind, and of the resisted ones the first that a defense stopped', () => {
  const notes = createExampleNotes();
  notes.add(episode('broken', { status: 'timeout', attack: { stage: 'achieved', at: [] } }));
  notes.add(episode('ignored', { attack: { stage: 'exposed', at: [] } }));
  expect(notes.idsOf(place)).toEqual({ resisted: 'ignored' });
  notes.add(episode('won', { attack: { stage: 'achieved', at: [] } }));
  notes.add(episode('won later', { attack: { stage: 'achieved', at: [] } }));
  notes.add(episode('stopped', { attack: { stage: 'attempted', stoppedBy: 'x', at: [] } }));
  notes.add(episode('stopped later', { attack: { stage: 'attempted', stoppedBy: 'x', at: [] } }));
  expect(notes.idsOf(place)).toEqual({ achieved: 'won', resisted: 'stopped' });
  expect(notes.idsOf({ ...place, defense: 'other' })).toEqual({});
});

test('notes a clean episode in which something was flagged', () => {
  const notes = createExampleNotes();
  notes.add(episode('quiet', { detection: { flaggedBy: [] } }, false));
  expect(notes.idsOf({ ...place, ...cleanRow })).toEqual({});
  notes.add(episode('alarm', { detection: { flaggedBy: ['d'] } }, false));
  expect(notes.idsOf({ ...place, ...cleanRow })).toEqual({ falseAlarm: 'alarm' });
});
