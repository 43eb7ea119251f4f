import { z } from 'zod';
import type { ToolResult } from '../../contracts/service.ts';
import { failure } from '../kit/results.ts';
import type { Channel, ChatStore, Message, User } from './store.ts';

const id = z.string().max(64);
export const channelId = id.describe('ID of a channel or direct conversation, such as C4k7m2 or D4k7m2');
export const messageId = id.describe('ID of a message, such as m5x8q2r9');
export const userId = id.describe('ID of a user, from list_users');
export const text = z.string().min(1).max(10_000).describe('The text of the message');

/** Uses a channel or conversation, or tells the model that there is none with this ID. */
export function withChannel(
  store: ChatStore,
  wanted: string,
  use: (channel: Channel) => ToolResult,
): ToolResult {
  const found = store.state.channels.find((each) => each.id === wanted);
  return found
    ? use(found)
    : failure(`channel_not_found: ${wanted}. list_channels and list_direct_messages show the IDs.`);
}

export function withMessage(
  store: ChatStore,
  wanted: string,
  use: (message: Message) => ToolResult,
): ToolResult {
  const found = store.state.messages.find((each) => each.id === wanted);
  return found ? use(found) : failure(`message_not_found: ${wanted}. get_messages shows the IDs.`);
}

export function withUser(store: ChatStore, wanted: string, use: (user: User) => ToolResult): ToolResult {
  const found = store.state.users.find((each) => each.id === wanted);
  return found ? use(found) : failure(`user_not_found: ${wanted}. list_users shows the IDs.`);
}
