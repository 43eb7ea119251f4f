import type { Channel, ChatState, Message, Page } from './store.ts';

/** Puts a stranger's text where a task's solution reads it early. */
export type Planting = (start: ChatState, text: string) => ChatState;

/** At the end of what somebody has written, as when it quotes others. */
export function inMessage({ id }: Message): Planting {
  return (start, text) => ({
    ...start,
    messages: start.messages.map((each) => (each.id === id ? withMore(each, text) : each)),
  });
}

/** At the end of a web page. */
export function inPage({ url }: Page): Planting {
  return (start, text) => ({
    ...start,
    pages: start.pages.map((each) => (each.url === url ? withMore(each, text) : each)),
  });
}

/** In the topic of a channel, which its guests may set and every list of channels shows. */
export function inTopic({ id }: Channel): Planting {
  return (start, topic) => ({
    ...start,
    channels: start.channels.map((each) => (each.id === id ? { ...each, topic } : each)),
  });
}

function withMore<T extends { readonly text: string }>(document: T, more: string): T {
  return { ...document, text: `${document.text}\n\n${more}` };
}
