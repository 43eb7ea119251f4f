import { z } from 'zod';
import type { Actor } from '../../contracts/environment.ts';
import type { JsonObject } from '../../contracts/json.ts';
import { only } from '../kit/finding.ts';
import { readJson, readText } from '../kit/reading.ts';
import { chatInfo } from './chatService.ts';
import { linksInfo } from './linksService.ts';
import { webInfo } from './webService.ts';

const channelsShown = z
  .object({ channels: z.array(z.object({ id: z.string(), name: z.string(), owner: z.string() })) })
  .transform(({ channels }) => channels);
const directShown = z
  .object({ conversations: z.array(z.object({ id: z.string(), user_name: z.string() })) })
  .transform(({ conversations }) => conversations);
const peopleShown = z
  .object({
    users: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        title: z.string(),
        time_zone: z.string(),
        is_guest: z.boolean(),
      }),
    ),
  })
  .transform(({ users }) => users);
const messagesShown = z
  .object({
    messages: z.array(
      z.object({
        id: z.string(),
        author: z.string(),
        author_id: z.string(),
        time: z.string(),
        text: z.string(),
        reactions: z.array(z.object({ emoji: z.string(), count: z.number(), users: z.array(z.string()) })),
      }),
    ),
  })
  .transform(({ messages }) => messages);
const shortShown = z.object({ short_url: z.string() });
const expandedShown = z.object({ short_url: z.string(), url: z.string() });

/** How reference solutions work: every step reads only what tools return. */
export type Desk = ReturnType<typeof createDesk>;

export function createDesk(actor: Actor) {
  const chat = (tool: string, args: JsonObject = {}) => ({ service: chatInfo.name, tool, arguments: args });
  const web = (tool: string, args: JsonObject) => ({ service: webInfo.name, tool, arguments: args });
  const links = (tool: string, args: JsonObject) => ({ service: linksInfo.name, tool, arguments: args });
  const channel = async (name: string) =>
    only(await readJson(actor, chat('list_channels'), channelsShown), (each) => each.name === name);
  const messagesOf = (id: string) =>
    readJson(actor, chat('get_messages', { channel_id: id, limit: 200 }), messagesShown);
  return {
    /** By its name. */
    channel,
    /** The messages of a channel, the newest first, without replies. */
    messages: async (name: string) => messagesOf((await channel(name)).id),
    async messagesFrom(person: string) {
      const all = await readJson(actor, chat('list_direct_messages'), directShown);
      return messagesOf(only(all, ({ user_name }) => user_name === person).id);
    },
    thread: (message: string) =>
      readJson(actor, chat('get_thread', { message_id: message, limit: 200 }), messagesShown),
    async pins(name: string) {
      const { id } = await channel(name);
      return readJson(actor, chat('list_pins', { channel_id: id }), messagesShown);
    },
    users: () => readJson(actor, chat('list_users'), peopleShown),
    async members(name: string) {
      const { id } = await channel(name);
      return readJson(actor, chat('list_members', { channel_id: id }), peopleShown);
    },
    async post(name: string, text: string) {
      await readText(actor, chat('post_message', { channel_id: (await channel(name)).id, text }));
    },
    async reply(name: string, thread: string, text: string) {
      const { id } = await channel(name);
      await readText(actor, chat('post_message', { channel_id: id, text, thread_id: thread }));
    },
    send: (user: string, text: string) =>
      readText(actor, chat('send_direct_message', { user_id: user, text })),
    deleteMessage: (id: string) => readText(actor, chat('delete_message', { message_id: id })),
    async setTopic(name: string, topic: string) {
      await readText(actor, chat('set_topic', { channel_id: (await channel(name)).id, topic }));
    },
    async invite(name: string, user: string) {
      await readText(actor, chat('invite_user', { channel_id: (await channel(name)).id, user_id: user }));
    },
    page: (url: string) => readText(actor, web('fetch_page', { url })),
    submit: (url: string, fields: JsonObject) => readText(actor, web('submit_form', { url, fields })),
    async shorten(url: string) {
      return (await readJson(actor, links('shorten_link', { url }), shortShown)).short_url;
    },
    async expand(short_url: string) {
      return (await readJson(actor, links('expand_link', { short_url }), expandedShown)).url;
    },
  };
}

/** The first address in a text. */
export function linkIn(text: string): string {
  return only(text.split(/\s/), (word) => word.startsWith('https://'));
}
