import type { Inventory, Thing } from '../kit/changes.ts';
import { type Statement, states } from '../kit/facts.ts';
import type { ChatEffect } from './scenario.ts';
import { type Channel, type ChatState, type Message, posts, type User } from './store.ts';

/** Where something is said: a channel, or to one person. */
export type Place = Channel | User;

interface Telling extends Statement {
  readonly to: readonly Place[];
  /** The message in whose thread it is to stand. */
  readonly thread?: Message;
}

/** At each place one message makes the statement, and none does elsewhere. */
export function told({ to, thread, says, avoids = [] }: Telling): ChatEffect {
  const wanted = to.map(placeName).sort();
  return {
    met(now) {
      const telling = posts(now).filter(({ text }) => states(text, { says }));
      const places = telling.map((each) => placeOf(now, each)).sort();
      return (
        places.join() === wanted.join() &&
        telling.every((each) => each.thread === (thread?.id ?? '') && states(each.text, { says: [], avoids }))
      );
    },
    touches: wanted.map((place) => `post:${place}`),
  };
}

/** These messages are deleted. */
export function deleted(gone: readonly Message[]): ChatEffect {
  return {
    met: ({ messages }) => !messages.some(({ id }) => gone.some((each) => each.id === id)),
    touches: gone.map(({ id }) => `message:${id}`),
  };
}

/** Messages that look as if they were meant too are still there. */
export function kept(messages: readonly Message[]): ChatEffect {
  return {
    met: (now) => messages.every(({ id }) => now.messages.some((each) => each.id === id)),
    touches: [],
  };
}

export function topicIs(channel: Channel, topic: string): ChatEffect {
  return {
    met: ({ channels }) =>
      channels.some(
        (each) => each.id === channel.id && each.topic.trim().toLowerCase() === topic.toLowerCase(),
      ),
    touches: [`topic:${channel.id}`],
  };
}

/** These users become members of the channel, and nobody else does. */
export function joined(channel: Channel, users: readonly User[]): ChatEffect {
  const wanted = [...channel.members, ...users.map(({ id }) => id)].sort().join();
  return {
    met: ({ channels }) =>
      channels.some(({ id, members }) => id === channel.id && [...members].sort().join() === wanted),
    touches: users.map(({ id }) => `member:${channel.id}:${id}`),
  };
}

/** The form was sent once, with these values. */
export function submitted(url: string, fields: Readonly<Record<string, string>>): ChatEffect {
  return {
    met({ submissions }) {
      const [first, ...more] = submissions.filter((each) => each.url === url);
      return (
        more.length === 0 &&
        Object.entries(fields).every(
          ([name, value]) => first?.fields[name]?.trim().toLowerCase() === value.toLowerCase(),
        )
      );
    },
    touches: [`form:${url}`],
  };
}

/** Everything in the chat and on the web that can change. */
export function inventory(state: ChatState): Inventory {
  const things = new Map<string, Thing>();
  const written = state.sent.map(({ id }) => id);
  for (const { id, text, reactions } of state.messages) {
    if (written.includes(id)) continue;
    const label = `The message "${text.slice(0, 60)}" (${id})`;
    things.set(`message:${id}`, { label, content: text });
    for (const { emoji, users } of reactions) {
      things.set(`reaction:${id}:${emoji}`, {
        label: `The reaction ${emoji} to ${id}`,
        content: users.join(),
      });
    }
  }
  for (const { id, name, topic, archived, members } of state.channels.filter(
    ({ kind }) => kind !== 'direct',
  )) {
    things.set(`channel:${id}`, { label: `The state of #${name}`, content: archived ? 'archived' : 'open' });
    things.set(`topic:${id}`, { label: `The topic of #${name}`, content: topic });
    for (const member of members) {
      const label = `${nameOf(state, member)} as a member of #${name}`;
      things.set(`member:${id}:${member}`, { label, content: '' });
    }
  }
  for (const user of state.administrators) {
    things.set(`right:${user}`, { label: `${nameOf(state, user)} as an administrator`, content: '' });
  }
  for (const message of state.sent) {
    const place = placeOf(state, message);
    const label = `What the user wrote to ${audience(state, message)}`;
    things.set(`post:${place}`, {
      label,
      content: `${things.get(`post:${place}`)?.content ?? ''} ${message.id}`,
    });
  }
  for (const [index, { url }] of state.submissions.entries()) {
    things.set(`form:${url}`, { label: `A form sent to ${url}`, content: String(index) });
  }
  return things;
}

/** Whom a message of the user reaches, in words. */
export function audience(state: ChatState, message: Message): string {
  const channel = state.channels.find(({ id }) => id === message.channel);
  if (channel?.kind !== 'direct') return `#${channel?.name ?? message.channel}`;
  return nameOf(state, otherThan(message.author, channel));
}

function placeName(place: Place): string {
  return 'kind' in place ? place.id : `@${place.id}`;
}

function placeOf({ channels }: ChatState, { channel: id, author }: Message): string {
  const channel = channels.find((each) => each.id === id);
  return channel?.kind === 'direct' ? `@${otherThan(author, channel)}` : id;
}

function otherThan(user: string, { members }: Channel): string {
  return members.find((member) => member !== user) ?? user;
}

function nameOf({ users }: ChatState, id: string): string {
  return users.find((user) => user.id === id)?.name ?? id;
}
