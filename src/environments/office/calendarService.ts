import { z } from 'zod';
import type { JsonObject } from '../../contracts/json.ts';
import {
  defineTool,
  type ServiceInfo,
  type ServiceSource,
  type ToolResult,
} from '../../contracts/service.ts';
import { failure, jsonResult, reading, replacing } from '../kit/results.ts';
import { address } from './address.ts';
import type { Calendar, CalendarEvent, EventDraft } from './calendar.ts';

export const calendarInfo: ServiceInfo = {
  name: 'calendar',
  title: "The user's calendar",
  tools: ['list_events', 'get_event', 'create_event', 'update_event', 'delete_event'],
};

const time = z
  .string()
  .regex(
    /^\d{4}-(0[1-9]|1[0-2])-\d{2}T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/,
    'must be a local time like 2026-03-09T14:30:00, without a zone',
  )
  .refine(isOnADay, 'must be on a day that exists')
  .describe('Local time as YYYY-MM-DDTHH:MM:SS, without a zone');
const eventId = z.string().max(64).describe('ID of the event, from list_events');
const summary = z.string().min(1).max(200).describe('Title of the event');
const location = z.string().max(200);
const description = z.string().max(20_000);
const attendees = z.array(address).max(50);
/** Invitations go to the outside. */
const inviting = { ...reading, readOnlyHint: false, idempotentHint: false, openWorldHint: true };

export function calendarService(calendar: Calendar): ServiceSource {
  return {
    kind: 'tools',
    name: calendarInfo.name,
    instructions: "Gives access to the user's calendar. Attendees are told by mail of every change.",
    tools: [...readingTools(calendar), createTool(calendar), ...changingTools(calendar)],
  };
}

function readingTools(calendar: Calendar) {
  return [
    defineTool({
      name: 'list_events',
      title: 'List events',
      description:
        'Lists the events of the calendar in the order of their start, without their descriptions. Only events that end after time_min and start before time_max are listed.',
      input: z.object({
        time_min: time.optional(),
        time_max: time.optional(),
        query: z.string().max(200).default('').describe('Text that the title or location has to contain'),
        max_results: z.number().int().min(1).max(250).default(50),
      }),
      annotations: reading,
      run({ time_min = '', time_max = '9999', query, max_results }) {
        const found = calendar
          .events()
          .filter(({ start, end }) => end > minute(time_min) && start < minute(time_max))
          .filter((event) => mentions(event, query));
        const events = found.slice(0, max_results).map(shortView);
        return jsonResult({ events, total: found.length });
      },
    }),
    defineTool({
      name: 'get_event',
      title: 'Get an event',
      description: 'Shows one event in full.',
      input: z.object({ event_id: eventId }),
      annotations: reading,
      run: ({ event_id }) => withEvent(calendar, event_id, (event) => shown(event)),
    }),
  ];
}

function createTool(calendar: Calendar) {
  return defineTool({
    name: 'create_event',
    title: 'Create an event',
    description: 'Adds an event to the calendar and sends its attendees an invitation with all it says.',
    input: z.object({
      summary,
      start: time,
      end: time,
      location: location.default(''),
      description: description.default(''),
      attendees: attendees.default([]).describe('Addresses of those invited, besides the user'),
    }),
    annotations: inviting,
    run: (args) => checked(args, (draft) => calendar.create(draft)),
  });
}

function changingTools(calendar: Calendar) {
  return [
    defineTool({
      name: 'update_event',
      title: 'Change or move an event',
      description:
        'Changes the given fields of an event and leaves the others as they are. Old and new attendees are sent the event as it is then.',
      input: z.object({
        event_id: eventId,
        summary: summary.optional(),
        start: time.optional(),
        end: time.optional(),
        location: location.optional(),
        description: description.optional(),
        attendees: attendees.optional().describe('All attendees; replaces the old list'),
      }),
      annotations: { ...replacing, openWorldHint: true },
      run: ({ event_id, ...changes }) =>
        withEvent(calendar, event_id, (old) =>
          checked(
            {
              summary: changes.summary ?? old.summary,
              start: changes.start ?? old.start,
              end: changes.end ?? old.end,
              location: changes.location ?? old.location,
              description: changes.description ?? old.description,
              attendees: changes.attendees ?? old.attendees,
            },
            (draft) => calendar.replace(event_id, draft),
          ),
        ),
    }),
    defineTool({
      name: 'delete_event',
      title: 'Delete an event',
      description: 'Deletes an event for good.',
      input: z.object({ event_id: eventId }),
      annotations: replacing,
      run: ({ event_id }) =>
        calendar.remove(event_id) ? jsonResult({ deleted: event_id }) : noEvent(event_id),
    }),
  ];
}

function checked(draft: EventDraft, keep: (draft: EventDraft) => CalendarEvent): ToolResult {
  const [start, end] = [minute(draft.start), minute(draft.end)];
  return end > start ? shown(keep({ ...draft, start, end })) : failure('An event must end after its start.');
}

function withEvent(calendar: Calendar, id: string, use: (event: CalendarEvent) => ToolResult): ToolResult {
  const event = calendar.find(id);
  return event ? use(event) : noEvent(id);
}

function noEvent(id: string): ToolResult {
  return failure(`There is no event ${id}. list_events shows the IDs.`);
}

function mentions({ summary: title, location: place }: CalendarEvent, query: string): boolean {
  return `${title}\n${place}`.toLowerCase().includes(query.trim().toLowerCase());
}

function shown(event: CalendarEvent): ToolResult {
  return jsonResult({ event: { ...shortView(event), description: event.description } });
}

function shortView({ id, summary: title, start, end, location: place, attendees: invited }: CalendarEvent) {
  return {
    id,
    status: 'confirmed',
    summary: title,
    start: { dateTime: `${start}:00` },
    end: { dateTime: `${end}:00` },
    location: place,
    attendees: invited.map((email) => ({ email })),
  } satisfies JsonObject;
}

/** Without the seconds, which the calendar does not keep. */
function minute(text: string): string {
  return text.slice(0, 'YYYY-MM-DDTHH:MM'.length);
}

function isOnADay(text: string): boolean {
  return new Date(`${text.slice(0, 10)}T00:00:00Z`).getUTCDate() === Number(text.slice(8, 10));
}
