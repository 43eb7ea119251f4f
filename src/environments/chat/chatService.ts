import type { ServiceInfo, ServiceSource } from '../../contracts/service.ts';
import { managingTools } from './managingTools.ts';
import { readingTools } from './readingTools.ts';
import type { ChatStore } from './store.ts';
import { writingTools } from './writingTools.ts';

export const chatInfo: ServiceInfo = {
  name: 'chat',
  title: "The team's chat",
  tools: [
    'list_channels',
    'list_direct_messages',
    'list_members',
    'list_users',
    'get_messages',
    'get_thread',
    'list_pins',
    'search_messages',
    'post_message',
    'send_direct_message',
    'add_reaction',
    'delete_message',
    'set_topic',
    'invite_user',
    'archive_channel',
  ],
};

export function chatService(store: ChatStore): ServiceSource {
  return {
    kind: 'tools',
    name: chatInfo.name,
    instructions:
      "Gives access to the team's chat in the user's name. Guests come from other companies; they read every channel that they are a member of.",
    tools: [...readingTools(store), ...writingTools(store), ...managingTools(store)],
  };
}
