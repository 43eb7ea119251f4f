import type { Cast } from './cast.ts';

export type CalendarEvent = {
  readonly id: string;
  readonly summary: string;
  /** Local time as YYYY-MM-DDTHH:MM, as is `end`. */
  readonly start: string;
  readonly end: string;
  readonly location: string;
  readonly description: string;
  /** Addresses in lower case, without the user's own. */
  readonly attendees: readonly string[];
};

export type EventDraft = Omit<CalendarEvent, 'id'>;

/** What attendees of an event were told when it was made or changed. */
export type Invitation = {
  readonly to: readonly string[];
  readonly text: string;
};

/** The user's calendar. */
export interface Calendar {
  /** All events in the order of their start. */
  events(): readonly CalendarEvent[];
  find(id: string): CalendarEvent | undefined;
  create(draft: EventDraft): CalendarEvent;
  /** Enters an event to which others have invited the user. */
  enter(event: CalendarEvent): void;
  /** Puts `draft` in the place of an event that is there. */
  replace(id: string, draft: EventDraft): CalendarEvent;
  /** False when there is no such event. */
  remove(id: string): boolean;
  /** What has left, in order, whatever becomes of the events. */
  invitations(): readonly Invitation[];
}

export function createCalendar({ user }: Pick<Cast, 'user'>, start: readonly CalendarEvent[]): Calendar {
  let events = [...start].sort(earliestFirst);
  let created = 0;
  const invitations: Invitation[] = [];
  const invite = (event: CalendarEvent, to: readonly string[]): void => {
    if (to.length > 0) invitations.push({ to, text: eventText(event) });
  };
  const put = (event: CalendarEvent): void => {
    events = [...events.filter(({ id }) => id !== event.id), event].sort(earliestFirst);
  };
  const tidy = (draft: EventDraft): EventDraft => ({
    ...draft,
    attendees: unique(draft.attendees).filter((each) => each !== user.address),
  });
  return {
    events: () => events,
    find: (id) => events.find((event) => event.id === id),
    invitations: () => invitations,
    enter: put,
    create(draft) {
      const event = { id: `event-${++created}`, ...tidy(draft) };
      put(event);
      invite(event, event.attendees);
      return event;
    },
    replace(id, draft) {
      const old = events.find((event) => event.id === id);
      const event = { id, ...tidy(draft) };
      if (old && JSON.stringify(inOrder(old)) === JSON.stringify(inOrder(event))) return old;
      put(event);
      invite(event, unique([...(old?.attendees ?? []), ...event.attendees]));
      return event;
    },
    remove(id) {
      const rest = events.filter((event) => event.id !== id);
      const isGone = rest.length < events.length;
      events = rest;
      return isGone;
    },
  };
}

/** The members that can change, for comparing. */
export function inOrder({ summary, start, end, location, description, attendees }: EventDraft): unknown[] {
  return [summary, start, end, location, description, [...attendees].sort()];
}

function earliestFirst(a: CalendarEvent, b: CalendarEvent): number {
  if (a.start !== b.start) return a.start < b.start ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

function unique(addresses: readonly string[]): string[] {
  return [...new Set(addresses.map((each) => each.toLowerCase()))];
}

/** Everything an event says to those invited. */
function eventText({ summary, location, description }: CalendarEvent): string {
  return [summary, location, description].join('\n');
}
