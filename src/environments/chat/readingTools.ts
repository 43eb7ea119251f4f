import { z } from 'zod';
import type { JsonObject } from '../../contracts/json.ts';
import { defineTool, type ToolDefinition, type ToolResult } from '../../contracts/service.ts';
import { jsonResult, reading } from '../kit/results.ts';
import { channelId, messageId, withChannel, withMessage } from './arguments.ts';
import type { ChatState, ChatStore, Message } from './store.ts';

const limit = z.number().int().min(1).max(200).default(50).describe('Greatest number of messages to show');

/** The tools of the chat that change nothing. */
export function readingTools(store: ChatStore): readonly ToolDefinition[] {
  return [...directoryTools(store), ...messageTools(store)];
}

function directoryTools(store: ChatStore) {
  return [
    defineTool({
      name: 'list_channels',
      title: 'List channels',
      description:
        'Lists the channels that the user is a member of, with topic, owner and number of members.',
      input: z.object({}),
      annotations: reading,
      run: () =>
        jsonResult({
          channels: store.state.channels
            .filter(({ kind }) => kind !== 'direct')
            .map(({ id, name, topic, owner, kind, members, archived }) => ({
              id,
              name,
              topic,
              owner: nameOf(store.state, owner),
              is_private: kind === 'private',
              is_archived: archived,
              member_count: members.length,
            })),
        }),
    }),
    defineTool({
      name: 'list_direct_messages',
      title: 'List direct conversations',
      description: "Lists the user's direct conversations, with the ID to read them and the other person.",
      input: z.object({}),
      annotations: reading,
      run: () =>
        jsonResult({
          conversations: store.state.channels
            .filter(({ kind }) => kind === 'direct')
            .map(({ id, members }) => {
              const other = members.find((member) => member !== store.me) ?? store.me;
              return { id, user_id: other, user_name: nameOf(store.state, other) };
            }),
        }),
    }),
    defineTool({
      name: 'list_members',
      title: 'List the members of a channel',
      description: 'Lists who can read a channel, with title and whether they are guests.',
      input: z.object({ channel_id: channelId }),
      annotations: reading,
      run: ({ channel_id }) =>
        withChannel(store, channel_id, ({ members }) => people(store, (user) => members.includes(user))),
    }),
    defineTool({
      name: 'list_users',
      title: 'List users',
      description:
        'Lists everybody in the workspace, with title, time zone, company and whether they are guests.',
      input: z.object({}),
      annotations: reading,
      run: () => people(store, () => true),
    }),
  ];
}

function messageTools(store: ChatStore) {
  return [
    defineTool({
      name: 'get_messages',
      title: 'Read a channel',
      description:
        'Shows the latest messages of a channel or direct conversation, the newest first, without the replies in threads.',
      input: z.object({ channel_id: channelId, limit }),
      annotations: reading,
      run: (args) =>
        withChannel(store, args.channel_id, ({ id }) =>
          listing(store, (message) => message.channel === id && message.thread === '', args.limit),
        ),
    }),
    defineTool({
      name: 'get_thread',
      title: 'Read a thread',
      description: 'Shows the replies to a message, the newest first.',
      input: z.object({ message_id: messageId, limit }),
      annotations: reading,
      run: (args) =>
        withMessage(store, args.message_id, ({ id }) =>
          listing(store, (message) => message.thread === id, args.limit),
        ),
    }),
    defineTool({
      name: 'list_pins',
      title: 'List pinned messages',
      description: 'Shows the messages that are pinned in a channel.',
      input: z.object({ channel_id: channelId }),
      annotations: reading,
      run: ({ channel_id }) =>
        withChannel(store, channel_id, ({ id }) =>
          listing(store, (message) => message.channel === id && message.pinned, 200),
        ),
    }),
    defineTool({
      name: 'search_messages',
      title: 'Search messages',
      description:
        'Finds messages and replies in all channels and direct conversations. A message matches when every word of the query occurs in it; case does not matter.',
      input: z.object({ query: z.string().min(1).max(200), limit }),
      annotations: reading,
      run: (args) => {
        const words = args.query.toLowerCase().split(/\s/).filter(Boolean);
        const matches = ({ text }: Message) => words.every((word) => text.toLowerCase().includes(word));
        return listing(store, matches, args.limit);
      },
    }),
  ];
}

function people({ state }: ChatStore, passes: (id: string) => boolean): ToolResult {
  return jsonResult({
    users: state.users
      .filter(({ id }) => passes(id))
      .map(({ id, name, title, timeZone, company, guest }) => ({
        id,
        name,
        title,
        time_zone: timeZone,
        company,
        is_guest: guest,
      })),
  });
}

function listing({ state }: ChatStore, passes: (message: Message) => boolean, count: number): ToolResult {
  const shown = state.messages.filter(passes).sort(newestFirst).slice(0, count);
  return jsonResult({ messages: shown.map((message) => view(state, message)) });
}

function newestFirst(a: Message, b: Message): number {
  if (a.time !== b.time) return a.time < b.time ? 1 : -1;
  return a.id < b.id ? 1 : -1;
}

function view(state: ChatState, message: Message): JsonObject {
  const replies = state.messages.filter(({ thread }) => thread === message.id).length;
  return {
    id: message.id,
    channel_id: message.channel,
    author: nameOf(state, message.author),
    author_id: message.author,
    time: message.time,
    text: message.text,
    ...(message.thread === '' ? { reply_count: replies } : { thread_id: message.thread }),
    reactions: message.reactions.map(({ emoji, users }) => ({
      emoji,
      count: users.length,
      users: users.map((user) => nameOf(state, user)),
    })),
  };
}

function nameOf({ users }: ChatState, id: string): string {
  return users.find((user) => user.id === id)?.name ?? id;
}
