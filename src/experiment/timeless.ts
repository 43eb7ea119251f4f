import type { EpisodeRecord } from '../contracts/events.ts';

/** A record without what a clock, or a kept reply in place of a call, decides: equal for equal episodes. */
export function timeless(record: EpisodeRecord): object {
  const { wallMs: _wallMs, defenseMs: _defenseMs, modelMs: _modelMs, ...cost } = record.outcome.cost;
  const events = record.events.map(({ at: _at, ...event }) => {
    if (event.type !== 'model') return event;
    const { ms: _ms, cached: _cached, ...call } = event;
    return call;
  });
  return { ...record, outcome: { ...record.outcome, cost }, events };
}
