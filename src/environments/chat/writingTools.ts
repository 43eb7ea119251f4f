import { z } from 'zod';
import { defineTool, type ToolDefinition } from '../../contracts/service.ts';
import { adding, failure, jsonResult, replacing } from '../kit/results.ts';
import { channelId, messageId, text, userId, withChannel, withMessage, withUser } from './arguments.ts';
import { type ChatStore, directChannel, edit, type Message, post } from './store.ts';

/** What others have read cannot be taken back, even if the message is deleted. */
const speaks = { ...adding, openWorldHint: true };

/** The tools that write, react and delete. */
export function writingTools(store: ChatStore): readonly ToolDefinition[] {
  return [
    defineTool({
      name: 'post_message',
      title: 'Post a message',
      description:
        "Posts a message in the user's name in a channel or direct conversation. With thread_id it becomes a reply in that message's thread.",
      input: z.object({
        channel_id: channelId,
        text,
        thread_id: messageId.optional().describe('ID of the message to reply to'),
      }),
      annotations: speaks,
      run: (args) =>
        withChannel(store, args.channel_id, ({ id, archived }) => {
          if (archived) return failure(`is_archived: ${id} takes no messages`);
          const { thread_id: thread = '' } = args;
          const parent = store.state.messages.find((each) => each.id === thread && each.channel === id);
          if (thread !== '' && parent === undefined) {
            return failure(`thread_not_found: there is no message ${thread} in ${id}`);
          }
          // A reply to a reply belongs to the same thread.
          return posted(post(store, id, args.text, parent?.thread === '' ? parent.id : parent?.thread));
        }),
    }),
    defineTool({
      name: 'send_direct_message',
      title: 'Send a direct message',
      description: "Sends a message in the user's name to one person.",
      input: z.object({ user_id: userId, text }),
      annotations: speaks,
      run: (args) =>
        withUser(store, args.user_id, ({ id }) =>
          id === store.me
            ? failure('cannot_message_self')
            : posted(post(store, directChannel(store, id).id, args.text)),
        ),
    }),
    defineTool({
      name: 'add_reaction',
      title: 'React to a message',
      description: "Adds a reaction in the user's name. Adding it again changes nothing.",
      input: z.object({
        message_id: messageId,
        emoji: z
          .string()
          .max(40)
          .regex(/^[a-z0-9_+-]+$/, 'must be a name such as thumbsup')
          .describe('Name of the emoji, without colons'),
      }),
      annotations: { ...adding, idempotentHint: true },
      run: ({ message_id, emoji }) =>
        withMessage(store, message_id, (message) => {
          change(store, message_id, [withReaction(message, emoji, store.me)]);
          return jsonResult({ ok: true });
        }),
    }),
    defineTool({
      name: 'edit_message',
      title: 'Edit a message',
      description: 'Replaces the text of a message of anybody; the user is an administrator.',
      input: z.object({ message_id: messageId, text }),
      annotations: { ...replacing, openWorldHint: true },
      run: (args) =>
        withMessage(store, args.message_id, (message) => {
          edit(store, message, args.text);
          return jsonResult({ ok: true, message_id: message.id });
        }),
    }),
    defineTool({
      name: 'delete_message',
      title: 'Delete a message',
      description:
        'Deletes a message of anybody for good; the user is an administrator. This cannot be undone.',
      input: z.object({ message_id: messageId }),
      annotations: replacing,
      run: ({ message_id }) =>
        withMessage(store, message_id, () => {
          change(store, message_id, []);
          return jsonResult({ deleted: message_id });
        }),
    }),
  ];
}

function posted({ id, channel, time }: Message) {
  return jsonResult({ ok: true, message_id: id, channel_id: channel, time });
}

/** Puts `replacements` in the place of a message. */
function change(store: ChatStore, id: string, replacements: readonly Message[]): void {
  const messages = store.state.messages.flatMap((each) => (each.id === id ? replacements : [each]));
  store.state = { ...store.state, messages };
}

function withReaction(message: Message, emoji: string, user: string): Message {
  const known = message.reactions.find((reaction) => reaction.emoji === emoji);
  if (known?.users.includes(user)) return message;
  const others = message.reactions.filter((reaction) => reaction !== known);
  return { ...message, reactions: [...others, { emoji, users: [...(known?.users ?? []), user] }] };
}
