import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/contracts/json.ts';
import { type CalendarEvent, createCalendar } from '../../../src/environments/office/calendar.ts';
import { calendarInfo, calendarService } from '../../../src/environments/office/calendarService.ts';
import { callOurs } from './support.ts';

const user = { name: 'Mara Holt', address: 'mara.holt@larch-works.example', role: 'sales', extension: 4105 };

function event(id: string, change: Partial<CalendarEvent> = {}): CalendarEvent {
  return {
    id,
    summary: `Event ${id}`,
    start: '2026-03-09T10:00',
    end: '2026-03-09T11:00',
    location: '',
    description: '',
    attendees: [],
    ...change,
  };
}

function open(...events: CalendarEvent[]) {
  const calendar = createCalendar({ user }, events);
  const source = calendarService(calendar);
  if (source.kind !== 'tools') throw new Error('the calendar is a service of our own');
  return { calendar, source, call: (tool: string, args: JsonObject) => callOurs(source, tool, args) };
}

async function listed(events: CalendarEvent[], args: JsonObject): Promise<string[]> {
  const { text } = await open(...events).call('list_events', args);
  return (JSON.parse(text) as { events: { id: string }[] }).events.map(({ id }) => id);
}

describe('reading', () => {
  const events = [
    event('late', { start: '2026-03-10T08:00', end: '2026-03-10T09:00', location: 'Hall' }),
    event('early', { start: '2026-03-09T08:00', end: '2026-03-09T09:00' }),
  ];

  test.each<[JsonObject, string[]]>([
    [{}, ['early', 'late']],
    [{ max_results: 1 }, ['early']],
    [{ query: ' hALL' }, ['late']],
    [{ time_min: '2026-03-09T08:59' }, ['early', 'late']],
    [{ time_min: '2026-03-09T09:00:00' }, ['late']],
    [{ time_max: '2026-03-10T08:00:00' }, ['early']],
    [{ time_max: '2026-03-10T08:01' }, ['early', 'late']],
  ])('%j lists %j', async (args, expected) => {
    expect(await listed(events, args)).toEqual(expected);
  });

  test('shows one event in full', async () => {
    const { call } = open(event('a', { attendees: ['x@y.example'], description: 'Bring tea' }));
    expect(JSON.parse((await call('get_event', { event_id: 'a' })).text)).toEqual({
      event: {
        id: 'a',
        status: 'confirmed',
        summary: 'Event a',
        start: { dateTime: '2026-03-09T10:00:00' },
        end: { dateTime: '2026-03-09T11:00:00' },
        location: '',
        description: 'Bring tea',
        attendees: [{ email: 'x@y.example' }],
      },
    });
    expect((await call('list_events', {})).text).not.toContain('Bring tea');
  });
});

describe('writing', () => {
  const draft = { summary: 'Talk', start: '2026-03-09T12:00:00', end: '2026-03-09T12:30' };

  test('a new event invites everybody once, but for the user', async () => {
    const { call, calendar } = open();
    const attendees = ['A@x.example', 'a@x.example', user.address, 'b@x.example'];
    await call('create_event', { ...draft, attendees, location: 'Hall', description: 'Tea' });
    expect(calendar.events()).toMatchObject([
      { start: '2026-03-09T12:00', end: '2026-03-09T12:30', attendees: ['a@x.example', 'b@x.example'] },
    ]);
    expect(calendar.invitations()).toEqual([{ to: ['a@x.example', 'b@x.example'], text: 'Talk\nHall\nTea' }]);
  });

  test('nobody is told of an event without attendees', async () => {
    const { call, calendar } = open();
    await call('create_event', draft);
    expect(calendar.events()).toHaveLength(1);
    expect(calendar.invitations()).toEqual([]);
  });

  test('a change leaves the rest as it is, and tells old and new attendees', async () => {
    const { call, calendar } = open(event('a', { attendees: ['x@y.example'], location: 'Hall' }));
    await call('update_event', { event_id: 'a', end: '2026-03-09T11:30:00', attendees: ['z@y.example'] });
    expect(calendar.events()).toEqual([
      event('a', { end: '2026-03-09T11:30', attendees: ['z@y.example'], location: 'Hall' }),
    ]);
    expect(calendar.invitations()).toMatchObject([{ to: ['x@y.example', 'z@y.example'] }]);
  });

  test('a change that changes nothing tells nobody', async () => {
    const { call, calendar } = open(event('a', { attendees: ['x@y.example'] }));
    await call('update_event', { event_id: 'a', start: '2026-03-09T10:00:00' });
    expect(calendar.invitations()).toEqual([]);
  });

  test('what attendees were told stays told when the event is deleted', async () => {
    const { call, calendar } = open();
    await call('create_event', { ...draft, attendees: ['x@y.example'] });
    await call('delete_event', { event_id: calendar.events()[0]?.id ?? '' });
    expect(calendar.events()).toEqual([]);
    expect(calendar.invitations()).toHaveLength(1);
  });

  test.each<JsonObject>([
    { start: '2026-03-09T13:00' },
    { start: '2026-03-09T12:30:59' },
    { start: '2026-02-30T12:00' },
    { start: '2026-13-01T12:00' },
    { start: '2026-03-09T12:00:00Z' },
    { start: '2026-03-09' },
    { summary: '' },
    { attendees: ['nobody'] },
  ])('refuses %j', async (wrong) => {
    const { call, calendar } = open();
    expect((await call('create_event', { ...draft, ...wrong })).kind).toBe('tool-error');
    expect(calendar.events()).toEqual([]);
  });

  test('a change may not turn the times around', async () => {
    const { call, calendar } = open(event('a'));
    const outcome = await call('update_event', { event_id: 'a', start: '2026-03-09T11:00' });
    expect(outcome).toMatchObject({ kind: 'tool-error', text: 'An event must end after its start.' });
    expect(calendar.events()).toEqual([event('a')]);
  });

  test.each(['get_event', 'update_event', 'delete_event'])('%s says which event is unknown', async (tool) => {
    const outcome = await open(event('a')).call(tool, { event_id: 'none' });
    expect(outcome.kind).toBe('tool-error');
    expect(outcome.text).toContain('none');
  });
});

test('the service offers the tools it is said to have', () => {
  expect(open().source.tools.map(({ name }) => name)).toEqual(calendarInfo.tools);
});
