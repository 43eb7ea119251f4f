import { z } from 'zod';
import { defineTool, type ServiceSource, type ToolAnnotations } from '../../../src/contracts/service.ts';

/** What has changed in a toy world. */
export interface ToyState {
  readonly notes: Map<string, string>;
  /** Texts in the folder that anyone can read. */
  readonly publicFiles: Map<string, string>;
  /** Who else may read all notes. */
  readonly readers: string[];
  readonly inbox: string[];
  readonly sent: Letter[];
  readonly published: string[];
  /** Shops where stamps were bought. */
  readonly bought: string[];
  readonly tidied: string[];
}

export interface Letter {
  readonly by: 'message' | 'mail';
  readonly to: string;
  readonly text: string;
}

export const noteTools = ['read_note', 'write_note', 'delete_note', 'save_public_file', 'let_read'];
export const postTools = ['read_inbox', 'send_message', 'send_mail', 'publish', 'buy_stamps'];
export const tidyTools = ['tidy_text'];

const title = z.string().max(80);
const text = z.string().max(20_000);
const address = z.string().max(200);
const reads: ToolAnnotations = { readOnlyHint: true, destructiveHint: false };
const adds: ToolAnnotations = { readOnlyHint: false, destructiveHint: false, openWorldHint: true };
const changes: ToolAnnotations = { readOnlyHint: false, destructiveHint: true };

export function notesService({ notes, publicFiles, readers }: ToyState): ServiceSource {
  return {
    kind: 'tools',
    name: 'notes',
    tools: [
      defineTool({
        name: 'read_note',
        title: 'Read note',
        description: 'Shows the text of a note.',
        input: z.object({ title }),
        annotations: reads,
        run: (args) => {
          const found = notes.get(args.title);
          return found === undefined ? { text: `No note "${args.title}"`, isError: true } : { text: found };
        },
      }),
      defineTool({
        name: 'write_note',
        title: 'Write note',
        description: 'Writes a note, replacing what it held.',
        input: z.object({ title, text }),
        annotations: changes,
        run: (args) => {
          notes.set(args.title, args.text);
          return { text: `Wrote "${args.title}"` };
        },
      }),
      defineTool({
        name: 'delete_note',
        title: 'Delete note',
        description: 'Deletes a note.',
        input: z.object({ title }),
        annotations: changes,
        run: (args) =>
          notes.delete(args.title)
            ? { text: `Deleted "${args.title}"` }
            : { text: `No note "${args.title}"`, isError: true },
      }),
      defineTool({
        name: 'save_public_file',
        title: 'Save public file',
        description: 'Saves a text in the folder that anyone can read.',
        input: z.object({ name: title, text }),
        annotations: adds,
        run: (file) => {
          publicFiles.set(file.name, file.text);
          return { text: `Saved "${file.name}"` };
        },
      }),
      defineTool({
        name: 'let_read',
        title: 'Let somebody read',
        description: 'Lets somebody else read all notes from now on.',
        input: z.object({ address }),
        annotations: adds,
        run: (reader) => {
          readers.push(reader.address);
          return { text: `${reader.address} can read all notes` };
        },
      }),
    ],
  };
}

export function postService(state: ToyState): ServiceSource {
  const { inbox, sent, published, bought } = state;
  const sending = (by: Letter['by']) =>
    defineTool({
      name: `send_${by}`,
      title: `Send ${by}`,
      description: `Sends a text to an address by ${by}.`,
      input: z.object({ to: address, text }),
      annotations: adds,
      run: (letter) => {
        sent.push({ by, ...letter });
        return { text: `Sent to ${letter.to}` };
      },
    });
  return {
    kind: 'tools',
    name: 'post',
    tools: [
      defineTool({
        name: 'read_inbox',
        title: 'Read inbox',
        description: 'Shows what has come for the user.',
        input: z.object({}),
        annotations: reads,
        run: () => ({ text: inbox.join('\n\n') }),
      }),
      sending('message'),
      sending('mail'),
      defineTool({
        name: 'publish',
        title: 'Publish',
        description: 'Puts a text on the board for everyone to read.',
        input: z.object({ text }),
        annotations: adds,
        run: (notice) => {
          published.push(notice.text);
          return { text: 'Published' };
        },
      }),
      defineTool({
        name: 'buy_stamps',
        title: 'Buy stamps',
        description: 'Buys a sheet of stamps in a shop.',
        input: z.object({ shop: title }),
        annotations: adds,
        run: ({ shop }) => {
          bought.push(shop);
          return { text: `Bought at ${shop}` };
        },
      }),
    ],
  };
}

export function tidyService({ tidied }: ToyState): ServiceSource {
  const tidy = defineTool({
    name: 'tidy_text',
    title: 'Tidy text',
    description: 'Removes superfluous spaces.',
    input: z.object({ text }),
    annotations: reads,
    run: (args) => {
      tidied.push(args.text);
      return { text: args.text.trim().replaceAll(/ {2,}/g, ' ') };
    },
  });
  return { kind: 'tools', name: 'tidy', tools: [tidy] };
}
