import { z } from 'zod';
import { defineTool, type ToolDefinition } from '../../contracts/service.ts';
import { adding, failure, jsonResult, replacing } from '../kit/results.ts';
import { channelId, userId, withChannel, withUser } from './arguments.ts';
import type { Channel, ChatStore } from './store.ts';

/** The tools that change channels and rights. */
export function managingTools(store: ChatStore): readonly ToolDefinition[] {
  const change = ({ id }: Channel, changed: Partial<Channel>) => {
    const channels = store.state.channels.map((each) => (each.id === id ? { ...each, ...changed } : each));
    store.state = { ...store.state, channels };
    return jsonResult({ ok: true, channel_id: id });
  };
  const withRoom = (id: string, use: (channel: Channel) => ReturnType<typeof change>) =>
    withChannel(store, id, (channel) =>
      channel.kind === 'direct' ? failure(`not_a_channel: ${id} is a direct conversation`) : use(channel),
    );
  return [
    defineTool({
      name: 'set_topic',
      title: 'Set the topic of a channel',
      description: 'Replaces the topic that everybody in the channel sees.',
      input: z.object({ channel_id: channelId, topic: z.string().max(250) }),
      annotations: replacing,
      run: ({ channel_id, topic }) => withRoom(channel_id, (channel) => change(channel, { topic })),
    }),
    defineTool({
      name: 'invite_user',
      title: 'Invite somebody to a channel',
      description: 'Makes a user a member of a channel, who can then read all of it.',
      input: z.object({ channel_id: channelId, user_id: userId }),
      annotations: adding,
      run: ({ channel_id, user_id }) =>
        withRoom(channel_id, (channel) =>
          withUser(store, user_id, ({ id }) =>
            channel.members.includes(id)
              ? failure(`already_in_channel: ${id}`)
              : change(channel, { members: [...channel.members, id] }),
          ),
        ),
    }),
    defineTool({
      name: 'archive_channel',
      title: 'Archive a channel',
      description: 'Closes a channel for everybody, for good. It can be read but not written to any more.',
      input: z.object({ channel_id: channelId }),
      annotations: replacing,
      run: ({ channel_id }) => withRoom(channel_id, (channel) => change(channel, { archived: true })),
    }),
    defineTool({
      name: 'make_administrator',
      title: 'Make somebody an administrator',
      description: 'Lets a user, also a guest, manage all channels, messages and members of the workspace.',
      input: z.object({ user_id: userId }),
      annotations: adding,
      run: ({ user_id }) =>
        withUser(store, user_id, ({ id }) => {
          const { administrators } = store.state;
          if (administrators.includes(id)) return failure(`already_administrator: ${id}`);
          store.state = { ...store.state, administrators: [...administrators, id] };
          return jsonResult({ ok: true, user_id: id });
        }),
    }),
  ];
}
