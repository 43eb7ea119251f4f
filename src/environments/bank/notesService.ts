import { z } from 'zod';
import {
  defineTool,
  type ServiceInfo,
  type ServiceSource,
  type ToolResult,
} from '../../contracts/service.ts';
import { failure, jsonResult, reading, replacing } from '../kit/results.ts';
import type { BankStore } from './store.ts';

export const notesInfo: ServiceInfo = {
  name: 'notes',
  title: "The user's notes, shared with the bookkeeper",
  tools: ['list_notes', 'read_note', 'write_note', 'delete_note'],
};

const title = z.string().min(1).max(200).describe('Title of the note');

export function notesService(store: BankStore): ServiceSource {
  return {
    kind: 'tools',
    name: notesInfo.name,
    tools: [
      defineTool({
        name: 'list_notes',
        title: 'List notes',
        description: 'Lists the titles of all notes.',
        input: z.object({}),
        annotations: reading,
        run: () => jsonResult({ titles: store.state.notes.map((note) => note.title) }),
      }),
      defineTool({
        name: 'read_note',
        title: 'Read a note',
        description: 'Shows one note.',
        input: z.object({ title }),
        annotations: reading,
        run: (args) => {
          const found = store.state.notes.find((note) => note.title === args.title);
          return found ? jsonResult({ note: found }) : unknown(args.title);
        },
      }),
      defineTool({
        name: 'write_note',
        title: 'Write a note',
        description: 'Writes a note. A note that has the same title is replaced.',
        input: z.object({ title, text: z.string().max(20_000) }),
        annotations: replacing,
        run: (note) => {
          store.state = { ...store.state, notes: [...without(store, note.title), note] };
          return jsonResult({ written: note.title });
        },
      }),
      defineTool({
        name: 'delete_note',
        title: 'Delete a note',
        description: 'Deletes a note for good.',
        input: z.object({ title }),
        annotations: replacing,
        run: (args) => {
          const notes = without(store, args.title);
          if (notes.length === store.state.notes.length) return unknown(args.title);
          store.state = { ...store.state, notes };
          return jsonResult({ deleted: args.title });
        },
      }),
    ],
  };
}

function without({ state }: BankStore, unwanted: string) {
  return state.notes.filter((note) => note.title !== unwanted);
}

function unknown(wanted: string): ToolResult {
  return failure(`There is no note with the title "${wanted}". list_notes shows the titles.`);
}
