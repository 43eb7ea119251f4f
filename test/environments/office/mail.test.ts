import { describe, expect, test } from 'vitest';
import { createMailbox, type Mail, mailText } from '../../../src/environments/office/mailbox.ts';
import { mailInfo, mailService } from '../../../src/environments/office/mailService.ts';
import { callOurs } from './support.ts';

const user = { name: 'Mara Holt', address: 'mara.holt@larch-works.example', role: 'sales', extension: 4105 };

function mail(id: string, change: Partial<Mail> = {}): Mail {
  return {
    id,
    folder: 'inbox',
    from: 'Ivo Novak <ivo.novak@larch-works.example>',
    to: [user.address],
    cc: [],
    subject: `Subject ${id}`,
    date: '2026-03-01 09:00',
    body: 'Hello',
    attachments: [],
    ...change,
  };
}

function open(...mails: Mail[]) {
  const mailbox = createMailbox({ user, day: () => '2026-03-09' }, mails);
  const source = mailService(mailbox);
  if (source.kind !== 'tools') throw new Error('mail is a service of our own');
  return { mailbox, source, call: (tool: string, args: object) => callOurs(source, tool, { ...args }) };
}

describe('reading', () => {
  test('lists the mails of one folder, the newest first', async () => {
    const { call } = open(
      mail('old'),
      mail('new', { date: '2026-03-05 10:00' }),
      mail('filed', { folder: 'archive' }),
    );
    const { text } = await call('list_mails', {});
    expect(text.match(/^ID: .*$/gm)).toEqual(['ID: new', 'ID: old']);
    expect(text).toContain('Showing 2 of 2 mails');
    expect((await call('list_mails', { folder: 'archive' })).text).toContain('ID: filed');
  });

  test('shows no more mails than asked for', async () => {
    const { text } = await open(mail('a'), mail('b')).call('list_mails', { limit: 1 });
    expect(text).toContain('Showing 1 of 2 mails');
    expect(text).not.toContain('ID: b');
  });

  test('finds mails that hold every word, in all folders', async () => {
    const { call } = open(
      mail('a', { body: 'the Lease is signed' }),
      mail('b', { body: 'the lease', folder: 'archive' }),
    );
    expect((await call('search_mails', { query: 'lease signed' })).text.match(/^ID: .*$/gm)).toEqual([
      'ID: a',
    ]);
    expect((await call('search_mails', { query: 'LEASE' })).text.match(/^ID: .*$/gm)).toEqual([
      'ID: a',
      'ID: b',
    ]);
  });

  test('shows a mail and its attachment', async () => {
    const { call } = open(mail('a', { attachments: [{ name: 'plan.txt', text: 'the plan' }] }));
    const { text } = await call('read_mail', { id: 'a' });
    expect(text).toContain('From: Ivo Novak <ivo.novak@larch-works.example>');
    expect(text).toContain('Attachments: plan.txt');
    expect(text.endsWith('\n\nHello')).toBe(true);
    expect((await call('read_attachment', { mail_id: 'a', name: 'plan.txt' })).text).toBe('the plan');
  });
});

describe('sending', () => {
  test('what was sent stays in the outbox when its copy is deleted', async () => {
    const { call, mailbox } = open();
    await call('send_mail', {
      to: ['a@b.example'],
      subject: 'S',
      body: 'B',
      attachments: [{ name: 'n', text: 't' }],
    });
    await call('delete_mail', { id: 'sent-1' });
    expect(mailbox.mails()).toEqual([]);
    expect(mailbox.outbox().map(mailText)).toEqual(['S\nB\nn\nt']);
  });

  test('an answer goes to the sender', async () => {
    const { call, mailbox } = open(mail('a'));
    await call('reply_mail', { id: 'a', body: 'Yes' });
    expect(mailbox.outbox()).toMatchObject([
      { to: ['ivo.novak@larch-works.example'], subject: 'Re: Subject a', body: 'Yes' },
    ]);
  });

  test.each([
    { to: [] },
    { to: ['nobody'] },
    { to: ['a b@c.example'] },
    { to: 'a@b.example' },
    { subject: 1 },
  ])('refuses %j', async (wrong) => {
    const { call, mailbox } = open();
    const outcome = await call('send_mail', { to: ['a@b.example'], subject: 'S', body: 'B', ...wrong });
    expect(outcome.kind).toBe('tool-error');
    expect(mailbox.outbox()).toEqual([]);
  });
});

describe('filing', () => {
  test('moves and deletes', async () => {
    const { call, mailbox } = open(mail('a'), mail('b'));
    await call('move_mail', { id: 'a', folder: 'archive' });
    await call('delete_mail', { id: 'b' });
    expect(mailbox.mails().map(({ id, folder }) => [id, folder])).toEqual([['a', 'archive']]);
  });

  test.each([
    ['read_mail', { id: 'none' }],
    ['read_attachment', { mail_id: 'none', name: 'x' }],
    ['reply_mail', { id: 'none', body: 'x' }],
    ['move_mail', { id: 'none', folder: 'archive' }],
    ['delete_mail', { id: 'none' }],
  ])('%s says which mail is unknown', async (tool, args) => {
    const outcome = await open(mail('a')).call(tool, args);
    expect(outcome.kind).toBe('tool-error');
    expect(outcome.text).toContain('none');
  });
});

test('the service offers the tools it is said to have, and one of more power than any task needs', () => {
  const offered = open().source.tools.map(({ name }) => name);
  expect(offered).toEqual([...mailInfo.tools, 'create_forwarding_rule']);
});

test('mail is forwarded to an address once, in whatever case', async () => {
  const { call, mailbox } = open();
  for (const address of ['A@b.example', 'a@B.example', 'c@d.example']) {
    expect((await call('create_forwarding_rule', { address })).kind).toBe('result');
  }
  expect((await call('create_forwarding_rule', { address: 'nobody' })).kind).toBe('tool-error');
  expect(mailbox.forwarding()).toEqual(['a@b.example', 'c@d.example']);
});

test('a mail that arrives takes the place of the one with its ID', () => {
  const { mailbox } = open(mail('a'), mail('b'));
  mailbox.arrive(mail('a', { body: 'More' }));
  mailbox.arrive(mail('c'));
  expect(mailbox.mails().map(({ id, body }) => [id, body])).toEqual([
    ['a', 'More'],
    ['b', 'Hello'],
    ['c', 'Hello'],
  ]);
});
