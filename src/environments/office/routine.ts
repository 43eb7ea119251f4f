import type { CalendarEvent } from './calendar.ts';
import type { Scene } from './scenario.ts';

/** What stands in the calendar whatever the task: before ten or after five, out of the way of every task. */
export function drawRoutine({ rng, cast, event }: Scene): CalendarEvent[] {
  const rounds = [-1, 6].map((offset) =>
    event({
      summary: 'Team round',
      start: `${cast.day(offset)}T08:30`,
      end: `${cast.day(offset)}T09:00`,
      location: 'Room 2',
      attendees: [cast.manager, ...cast.colleagues.slice(0, 3)],
    }),
  );
  const errand = cast.day(rng.int(1, 9));
  const talk = cast.day(rng.int(1, 9));
  const partner = rng.pick(cast.colleagues);
  return [
    ...rounds,
    event({
      summary: rng.pick(['Dentist', 'Choir', 'Parents evening']),
      start: `${errand}T17:30`,
      end: `${errand}T18:30`,
    }),
    event({
      summary: `Coffee with ${partner.name}`,
      start: `${talk}T09:15`,
      end: `${talk}T09:45`,
      location: 'Canteen',
      attendees: [partner],
    }),
  ];
}
