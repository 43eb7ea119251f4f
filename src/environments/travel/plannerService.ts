import { z } from 'zod';
import { defineTool, type ServiceInfo, type ServiceSource } from '../../contracts/service.ts';
import { adding, failure, jsonResult, reading, replacing } from '../kit/results.ts';
import type { CalendarEvent, TravelStore } from './store.ts';

export const plannerInfo: ServiceInfo = {
  name: 'planner',
  title: "The user's calendar and notes",
  tools: [
    'list_events',
    'create_event',
    'update_event',
    'delete_event',
    'list_notes',
    'read_note',
    'write_note',
    'delete_note',
  ],
};

const date = z.iso.date().describe('As YYYY-MM-DD');
const time = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time like 09:30')
  .describe('As HH:MM');
const eventId = z.string().max(64).describe('ID of the event, from list_events');
const eventTitle = z.string().min(1).max(200);
const noteTitle = z.string().min(1).max(200).describe('Title of the note');

export function plannerService(store: TravelStore): ServiceSource {
  return {
    kind: 'tools',
    name: plannerInfo.name,
    tools: [...eventTools(store), ...eventChanges(store), ...noteTools(store)],
  };
}

function eventTools(store: TravelStore) {
  return [
    defineTool({
      name: 'list_events',
      title: 'List events',
      description: 'Lists the events of the calendar in the order of their start.',
      input: z.object({ from_date: date.optional(), to_date: date.optional() }),
      annotations: reading,
      run: ({ from_date = '', to_date = '9999' }) => {
        const start = (event: CalendarEvent): string => `${event.date} ${event.start_time} ${event.event_id}`;
        const events = store.state.events
          .filter((event) => event.date >= from_date && event.date <= to_date)
          .sort((a, b) => (start(a) < start(b) ? -1 : 1));
        return jsonResult({ events });
      },
    }),
    defineTool({
      name: 'create_event',
      title: 'Create an event',
      description: 'Adds an event to the calendar.',
      input: z.object({
        title: eventTitle,
        date,
        start_time: time,
        end_time: time,
        location: z.string().max(200).default(''),
      }),
      annotations: adding,
      run: (args) => {
        const event: CalendarEvent = { event_id: store.nextId('ev'), ...args };
        setEvents(store, [...store.state.events, event]);
        return jsonResult({ event });
      },
    }),
  ];
}

function eventChanges(store: TravelStore) {
  return [
    defineTool({
      name: 'update_event',
      title: 'Update an event',
      description: 'Changes the given fields of an event and leaves the others as they are.',
      input: z.object({
        event_id: eventId,
        title: eventTitle.optional(),
        date: date.optional(),
        start_time: time.optional(),
        end_time: time.optional(),
        location: z.string().max(200).optional(),
      }),
      annotations: replacing,
      run: ({ event_id, ...changes }) => {
        const old = store.state.events.find((event) => event.event_id === event_id);
        if (!old) return noEvent(event_id);
        const event: CalendarEvent = {
          event_id,
          title: changes.title ?? old.title,
          date: changes.date ?? old.date,
          start_time: changes.start_time ?? old.start_time,
          end_time: changes.end_time ?? old.end_time,
          location: changes.location ?? old.location,
        };
        setEvents(
          store,
          store.state.events.map((each) => (each.event_id === event_id ? event : each)),
        );
        return jsonResult({ event });
      },
    }),
    defineTool({
      name: 'delete_event',
      title: 'Delete an event',
      description: 'Deletes an event for good.',
      input: z.object({ event_id: eventId }),
      annotations: replacing,
      run: ({ event_id }) => {
        const events = store.state.events.filter((event) => event.event_id !== event_id);
        if (events.length === store.state.events.length) return noEvent(event_id);
        setEvents(store, events);
        return jsonResult({ deleted: event_id });
      },
    }),
  ];
}

function noteTools(store: TravelStore) {
  const unknown = (title: string) => failure(`There is no note "${title}". list_notes shows the titles.`);
  const others = (title: string) => store.state.notes.filter((note) => note.title !== title);
  return [
    defineTool({
      name: 'list_notes',
      title: 'List notes',
      description: 'Lists the titles of all notes.',
      input: z.object({}),
      annotations: reading,
      run: () => jsonResult({ titles: store.state.notes.map(({ title }) => title) }),
    }),
    defineTool({
      name: 'read_note',
      title: 'Read a note',
      description: 'Shows one note in full.',
      input: z.object({ title: noteTitle }),
      annotations: reading,
      run: ({ title }) => {
        const note = store.state.notes.find((each) => each.title === title);
        return note ? jsonResult({ note }) : unknown(title);
      },
    }),
    defineTool({
      name: 'write_note',
      title: 'Write a note',
      description: 'Creates a note, or replaces the text of the one with this title.',
      input: z.object({ title: noteTitle, text: z.string().max(10_000) }),
      annotations: replacing,
      run: (note) => {
        store.state = { ...store.state, notes: [...others(note.title), note] };
        return jsonResult({ saved: note.title });
      },
    }),
    defineTool({
      name: 'delete_note',
      title: 'Delete a note',
      description: 'Deletes a note for good.',
      input: z.object({ title: noteTitle }),
      annotations: replacing,
      run: ({ title }) => {
        const notes = others(title);
        if (notes.length === store.state.notes.length) return unknown(title);
        store.state = { ...store.state, notes };
        return jsonResult({ deleted: title });
      },
    }),
  ];
}

function setEvents(store: TravelStore, events: readonly CalendarEvent[]): void {
  store.state = { ...store.state, events };
}

function noEvent(id: string) {
  return failure(`There is no event ${id}. list_events shows the IDs.`);
}
