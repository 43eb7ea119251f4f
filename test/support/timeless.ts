import type { EpisodeRecord } from '../../src/contracts/events.ts';

/** The record without what a clock decides. */
export function timeless(record: EpisodeRecord): object {
  const { wallMs: _wallMs, defenseMs: _defenseMs, modelMs: _modelMs, ...cost } = record.outcome.cost;
  const events = record.events.map(({ at: _at, ...event }) => event);
  return { ...record, outcome: { ...record.outcome, cost }, events };
}
