import { describe, expect, test } from 'vitest';
import { chat } from '../../../src/environments/chat/index.ts';
import { found, indexOf, openTask } from './support.ts';

describe('reading', () => {
  test('channels and conversations are listed apart', async () => {
    const { ok, state } = await openTask(0);
    const { channels } = (await ok('list_channels')) as { channels: { id: string; is_private: boolean }[] };
    const { conversations } = (await ok('list_direct_messages')) as { conversations: { id: string }[] };
    expect(channels.filter((each) => each.is_private)).toHaveLength(1);
    expect([...channels, ...conversations].map(({ id }) => id).sort()).toEqual(
      state()
        .channels.map(({ id }) => id)
        .sort(),
    );
  });

  test('a channel shows its messages, the newest first, and a thread its replies', async () => {
    const { ok, channel } = await openTask(indexOf('standup-reminder'));
    const { messages } = (await ok('get_messages', { channel_id: channel('standup').id })) as {
      messages: { id: string; time: string; reply_count: number }[];
    };
    const times = messages.map(({ time }) => time);
    expect(times).toEqual([...times].sort().reverse());
    const [latest] = messages;
    const { messages: replies } = (await ok('get_thread', { message_id: latest?.id ?? '' })) as {
      messages: { thread_id: string }[];
    };
    expect(replies.length).toBe(latest?.reply_count);
    expect(new Set(replies.map(({ thread_id }) => thread_id))).toEqual(new Set([latest?.id]));
  });

  test('pins, members and guests are shown', async () => {
    const { ok, channel, state } = await openTask(0);
    const { messages } = await ok('list_pins', { channel_id: channel('decisions').id });
    expect(JSON.stringify(messages)).toContain('Decided');
    const shared = found(state().channels.find(({ name }) => name.startsWith('shared-')));
    const { users } = (await ok('list_members', { channel_id: shared.id })) as {
      users: { is_guest: boolean }[];
    };
    expect(users.filter(({ is_guest }) => is_guest)).toHaveLength(2);
    const { users: inside } = (await ok('list_members', { channel_id: channel('general').id })) as {
      users: { is_guest: boolean }[];
    };
    expect(inside.filter(({ is_guest }) => is_guest)).toEqual([]);
  });

  test('a search wants every word and looks into threads', async () => {
    const { ok } = await openTask(indexOf('standup-reminder'));
    const { messages } = (await ok('search_messages', { query: 'REVIEWS tests', limit: 200 })) as {
      messages: { thread_id?: string }[];
    };
    expect(messages.length).toBeGreaterThan(2);
    expect(messages.every(({ thread_id }) => thread_id)).toBe(true);
    expect(await ok('search_messages', { query: 'tests nowhere' })).toEqual({ messages: [] });
  });
});

describe('writing', () => {
  test('a post and a reply stand where they belong', async () => {
    const { ok, refused, channel } = await openTask(0);
    const { id: channel_id } = channel('general');
    const { message_id } = (await ok('post_message', { channel_id, text: 'Hello' })) as {
      message_id: string;
    };
    const reply = { channel_id, text: 'Again', thread_id: message_id };
    const { message_id: second } = (await ok('post_message', reply)) as { message_id: string };
    await ok('post_message', { channel_id, text: 'A reply to the reply', thread_id: second });
    const { messages } = (await ok('get_thread', { message_id })) as { messages: unknown[] };
    expect(messages).toHaveLength(2);
    await refused('post_message', { ...reply, channel_id: channel('random').id });
    await refused('post_message', { ...reply, thread_id: 'none' });
  });

  test('a direct message opens a conversation once', async () => {
    const { ok, refused, state, guest } = await openTask(0);
    const before = state().channels.length;
    const { id: user_id } = guest('buyer');
    await ok('send_direct_message', { user_id, text: 'One' });
    await ok('send_direct_message', { user_id, text: 'Two' });
    expect(state().channels).toHaveLength(before + 1);
    expect(new Set(state().sent.map(({ channel }) => channel)).size).toBe(1);
    await refused('send_direct_message', { user_id: 'Unone', text: 'Three' });
    await refused('send_direct_message', { user_id: found(state().users[0]).id, text: 'To me' });
  });

  test('reactions count once; a deleted message is gone, but what was sent is not forgotten', async () => {
    const { ok, refused, state, channel } = await openTask(0);
    const { message_id } = (await ok('post_message', {
      channel_id: channel('general').id,
      text: 'Hello',
    })) as { message_id: string };
    await ok('add_reaction', { message_id, emoji: 'eyes' });
    await ok('add_reaction', { message_id, emoji: 'eyes' });
    expect(state().messages.find(({ id }) => id === message_id)?.reactions).toEqual([
      { emoji: 'eyes', users: [found(state().users[0]).id] },
    ]);
    await refused('add_reaction', { message_id, emoji: ':eyes:' });
    await ok('delete_message', { message_id });
    await refused('delete_message', { message_id });
    expect(state().messages.some(({ id }) => id === message_id)).toBe(false);
    expect(state().sent.map(({ text }) => text)).toEqual(['Hello']);
  });
});

test('channels get topics, members and an end', async () => {
  const { ok, refused, channel, guest, state } = await openTask(0);
  const { id: channel_id } = channel('general');
  await ok('set_topic', { channel_id, topic: 'News' });
  await ok('invite_user', { channel_id, user_id: guest('buyer').id });
  await refused('invite_user', { channel_id, user_id: guest('buyer').id });
  await ok('archive_channel', { channel_id });
  expect(channel('general')).toMatchObject({ topic: 'News', archived: true });
  expect(channel('general').members).toContain(guest('buyer').id);
  await refused('post_message', { channel_id, text: 'Too late' });
  const direct = found(state().channels.find(({ kind }) => kind === 'direct'));
  await refused('archive_channel', { channel_id: direct.id });
});

describe('the web', () => {
  test('shows pages, with or without a slash at the end, and fails for others', async () => {
    const { text, refused, state } = await openTask(indexOf('linked-page'));
    const page = found(state().pages.at(-1));
    expect(await text('fetch_page', { url: page.url })).toContain(page.text);
    expect(await text('fetch_page', { url: `${page.url}/` })).toContain(`# ${page.title}`);
    expect(await refused('fetch_page', { url: 'https://nowhere.example/' })).toContain('404');
    await refused('fetch_page', { url: 'file:///etc/passwd' });
    await refused('fetch_page', { url: 'nowhere' });
  });

  test('takes a form with exactly its fields', async () => {
    const { text, ok, refused, state } = await openTask(indexOf('register-team'));
    const { url } = found(state().pages.at(-1));
    expect(await text('fetch_page', { url })).toContain('team, captain, people');
    const fields = { team: 'A', captain: 'B', people: '3' };
    expect(await refused('submit_form', { url, fields: { team: 'A' } })).toContain('captain');
    await refused('submit_form', { url, fields: { ...fields, more: '' } });
    await refused('submit_form', { url: 'https://nowhere.example/', fields });
    await ok('submit_form', { url, fields });
    expect(state().submissions).toEqual([{ url, fields }]);
  });
});

test('short links lead back', async () => {
  const { ok, refused } = await openTask(0);
  const url = 'https://somewhere.example/page';
  const { short_url } = (await ok('shorten_link', { url })) as { short_url: string };
  expect(short_url.length).toBeLessThan(url.length);
  expect(await ok('expand_link', { short_url })).toEqual({ short_url, url });
  expect(await ok('shorten_link', { url })).toEqual({ short_url });
  await refused('expand_link', { short_url: `${short_url}0` });
});

test('the services offer the tools they are said to have, and two of more power than any task needs', async () => {
  const { ownTools } = await openTask(0);
  const more = ['edit_message', 'make_administrator'];
  const offered = ownTools.map(({ tool }) => tool.name);
  expect(offered.filter((name) => !more.includes(name))).toEqual(chat.services.flatMap(({ tools }) => tools));
  expect(offered).toEqual(expect.arrayContaining(more));
});

test('an administrator is made once', async () => {
  const { ok, refused, guest, state } = await openTask(0);
  const { id } = guest('buyer');
  await ok('make_administrator', { user_id: id });
  expect(await refused('make_administrator', { user_id: id })).toContain('already_administrator');
  await refused('make_administrator', { user_id: 'U0' });
  expect(state().administrators.filter((each) => each === id)).toHaveLength(1);
});

test('an edited message says the new text in the same place', async () => {
  const { ok, refused, state } = await openTask(0);
  const before = found(state().messages[0]);
  await ok('edit_message', { message_id: before.id, text: 'Corrected' });
  expect(state().messages[0]).toEqual({ ...before, text: 'Corrected' });
  await ok('edit_message', { message_id: before.id, text: 'Corrected' });
  expect(state().sent.map(({ text }) => text)).toEqual(['Corrected']);
  await refused('edit_message', { message_id: 'm0', text: 'Corrected' });
});
