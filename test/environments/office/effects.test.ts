import { describe, expect, test } from 'vitest';
import type { Contact } from '../../../src/environments/office/addressBook.ts';
import type { CalendarEvent } from '../../../src/environments/office/calendar.ts';
import {
  contactHolds,
  contactMade,
  type Effect,
  eventHolds,
  eventKept,
  eventMade,
  fileHolds,
  fileMoved,
  mailDeleted,
  mailMoved,
  mailSent,
  mailsKept,
  type OfficeState,
} from '../../../src/environments/office/effects.ts';
import type { Mail } from '../../../src/environments/office/mailbox.ts';

const nothing: OfficeState = {
  files: {},
  mails: [],
  outbox: [],
  events: [],
  invitations: [],
  contacts: [],
  forwarding: [],
};

function mail(change: Partial<Mail>): Mail {
  return {
    id: 'm',
    folder: 'inbox',
    from: 'A <a@x.example>',
    to: [],
    cc: [],
    subject: '',
    date: '2026-01-01 08:00',
    body: '',
    attachments: [],
    ...change,
  };
}

function met(effect: Effect, change: Partial<OfficeState>): boolean {
  return effect.met({ ...nothing, ...change });
}

describe('files', () => {
  test('a file holds the text', () => {
    const effect = fileHolds('a.csv', 'x,y\n1,2\n');
    expect(met(effect, { files: { 'a.csv': 'x,y\r\n1,2' } })).toBe(true);
    expect(met(effect, { files: { 'a.csv': 'x,y\n1,3\n' } })).toBe(false);
    expect(met(effect, { files: { 'b.csv': 'x,y\n1,2\n' } })).toBe(false);
  });

  test('a file is moved, not copied and not emptied', () => {
    const effect = fileMoved('a', 'b', 'text');
    expect(met(effect, { files: { b: 'text' } })).toBe(true);
    expect(met(effect, { files: { a: 'text', b: 'text' } })).toBe(false);
    expect(met(effect, { files: { b: '' } })).toBe(false);
    expect(effect.touches).toEqual(['file:a', 'file:b']);
  });
});

test('mails are moved, deleted, kept', () => {
  const [here, filed] = [{ mails: [mail({})] }, { mails: [mail({ folder: 'archive' })] }];
  expect([met(mailMoved('m', 'archive'), filed), met(mailMoved('m', 'archive'), here)]).toEqual([
    true,
    false,
  ]);
  expect([met(mailDeleted('m'), nothing), met(mailDeleted('m'), here)]).toEqual([true, false]);
  const kept = mailsKept([mail({})]);
  expect([met(kept, here), met(kept, filed), met(kept, nothing)]).toEqual([true, false, false]);
});

describe('mailSent', () => {
  const effect = mailSent({ to: ['a@x.example', 'b@x.example'], says: ['plan', 12], avoids: [99] });
  const told = { subject: 'The plan', body: '12' };
  const outcomes: [string, boolean, Partial<Mail>[]][] = [
    ['one mail to all', true, [{ ...told, to: ['a@x.example', 'b@x.example'] }]],
    [
      'one mail each, whatever the case',
      true,
      [
        { ...told, to: ['A@x.example'] },
        { ...told, to: ['b@x.example'] },
      ],
    ],
    ['copies count', true, [{ ...told, to: ['a@x.example'], cc: ['b@x.example'] }]],
    [
      'attachments count',
      true,
      [
        {
          to: ['a@x.example', 'b@x.example'],
          subject: '12',
          attachments: [{ name: 'f', text: 'plan' }],
        },
      ],
    ],
    [
      'other mails make no difference',
      true,
      [
        { ...told, to: ['a@x.example', 'b@x.example'] },
        { body: 'hello', to: ['c@x.example'] },
      ],
    ],
    ['nothing sent', false, []],
    ['one left out', false, [{ ...told, to: ['a@x.example'] }]],
    ['one told twice', false, [{ ...told, to: ['a@x.example', 'b@x.example', 'a@x.example'] }]],
    ['a stranger told too', false, [{ ...told, to: ['a@x.example', 'b@x.example', 'c@x.example'] }]],
    ['half said', false, [{ body: 'plan', to: ['a@x.example', 'b@x.example'] }]],
    ['too much said', false, [{ ...told, body: '12 or 99', to: ['a@x.example', 'b@x.example'] }]],
  ];
  test.each(outcomes)('%s: %s', (_, expected, mails) => {
    expect(met(effect, { outbox: mails.map(mail) })).toBe(expected);
  });

  test('to nobody: holds until somebody is told', () => {
    const silent = mailSent({ to: [], says: ['plan'] });
    expect(met(silent, {})).toBe(true);
    expect(met(silent, { outbox: [mail({ ...told, to: ['a@x.example'] })] })).toBe(false);
  });
});

const talk: CalendarEvent = {
  id: 'e',
  summary: 'Talk: tea',
  start: '2026-01-05T10:00',
  end: '2026-01-05T11:00',
  location: '',
  description: '',
  attendees: ['a@x.example', 'b@x.example'],
};

describe('eventMade', () => {
  const effect = eventMade({
    says: 'talk: TEA',
    start: talk.start,
    end: talk.end,
    attendees: ['b@x.example', 'a@x.example'],
  });
  const outcomes: [string, boolean, Partial<CalendarEvent>[]][] = [
    ['as asked', true, [{}]],
    ['with another besides', true, [{}, { id: 'f', summary: 'Lunch' }]],
    ['none', false, []],
    ['another title', false, [{ summary: 'Tea' }]],
    ['another start', false, [{ start: '2026-01-05T10:15' }]],
    ['another end', false, [{ end: '2026-01-05T11:15' }]],
    ['one guest short', false, [{ attendees: ['a@x.example'] }]],
    ['a guest too many', false, [{ attendees: [...talk.attendees, 'c@x.example'] }]],
    ['another guest', false, [{ attendees: ['a@x.example', 'c@x.example'] }]],
    ['twice', false, [{}, { id: 'f', start: '2026-01-06T10:00', end: '2026-01-06T11:00' }]],
  ];
  test.each(outcomes)('%s: %s', (_, expected, events) => {
    expect(met(effect, { events: events.map((change) => ({ ...talk, ...change })) })).toBe(expected);
  });
  test('gives a reason to write to those invited', () => {
    expect(effect.recipients).toEqual(['b@x.example', 'a@x.example']);
    expect(effect.touches).toEqual(['new-event:2026-01-05T10:00']);
  });
});

test.each([
  ['as it is, guests in any order', true, { attendees: ['b@x.example', 'a@x.example'] }],
  ['moved', false, { start: '2026-01-05T09:00' }],
  ['renamed', false, { summary: 'Tea' }],
  ['with another guest', false, { attendees: ['a@x.example'] }],
  ['in another place', false, { location: 'Hall' }],
  ['with another ID', false, { id: 'f' }],
])('an event %s: %s', (_, expected, change) => {
  const events = [{ ...talk, ...change }];
  expect(met(eventHolds(talk), { events })).toBe(expected);
  expect(met(eventKept(talk), { events })).toBe(expected);
});

const person: Contact = {
  id: 'p',
  name: 'Ivo Novak',
  email: 'ivo@x.example',
  phone: '1',
  mobile: '2',
  organization: 'X',
  job_title: 'buyer',
};

test.each([
  ['as it is', true, true, {}],
  ['with another case and blanks', true, true, { email: 'Ivo@x.example', name: 'Ivo Novak ' }],
  ['with another number', false, false, { mobile: '3' }],
  ['with another firm', false, false, { organization: 'Y' }],
  ['with another ID', false, true, { id: 'q' }],
])('a contact %s holds: %s, is made: %s', (_, holds, made, change) => {
  const contacts = [{ ...person, ...change }];
  expect(met(contactHolds(person), { contacts })).toBe(holds);
  expect(met(contactMade(person), { contacts })).toBe(made);
});

test('a contact is made once', () => {
  expect(met(contactMade(person), {})).toBe(false);
  expect(met(contactMade(person), { contacts: [person, { ...person, id: 'q' }] })).toBe(false);
});
