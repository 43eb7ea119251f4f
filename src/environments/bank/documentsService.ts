import { z } from 'zod';
import {
  defineTool,
  type ServiceInfo,
  type ServiceSource,
  type ToolResult,
} from '../../contracts/service.ts';
import { failure, jsonResult, reading, replacing } from '../kit/results.ts';
import { type BankDocument, type BankStore, folders } from './store.ts';

export const documentsInfo: ServiceInfo = {
  name: 'documents',
  title: 'Invoices, letters and contracts that reached the user',
  tools: ['list_documents', 'search_documents', 'read_document', 'move_document', 'delete_document'],
};

const documentId = z.string().max(64).describe('ID of the document, from list_documents');
const folder = z.enum(folders);

export function documentsService(store: BankStore): ServiceSource {
  return {
    kind: 'tools',
    name: documentsInfo.name,
    instructions: 'Holds the documents that others have sent to the user. New ones are in the inbox.',
    tools: [...readingTools(store), ...filingTools(store)],
  };
}

function readingTools(store: BankStore) {
  return [
    defineTool({
      name: 'list_documents',
      title: 'List documents',
      description: 'Lists the documents of a folder, the newest first, without their text.',
      input: z.object({ folder: folder.default('inbox') }),
      annotations: reading,
      run: (args) => listing(store.state.documents.filter((each) => each.folder === args.folder)),
    }),
    defineTool({
      name: 'search_documents',
      title: 'Search documents',
      description:
        'Finds documents in all folders. A document matches when every word of the query occurs in its sender, title or text; case does not matter.',
      input: z.object({ query: z.string().min(1).max(200) }),
      annotations: reading,
      run: ({ query }) => {
        const words = query.toLowerCase().split(/\s/).filter(Boolean);
        return listing(
          store.state.documents.filter(({ sender, title, text }) => {
            const all = `${sender}\n${title}\n${text}`.toLowerCase();
            return words.every((word) => all.includes(word));
          }),
        );
      },
    }),
    defineTool({
      name: 'read_document',
      title: 'Read a document',
      description: 'Shows one document with its whole text.',
      input: z.object({ id: documentId }),
      annotations: reading,
      run: ({ id }) => {
        const found = store.state.documents.find((each) => each.id === id);
        return found ? jsonResult({ document: found }) : unknown(id);
      },
    }),
  ];
}

function filingTools(store: BankStore) {
  const change = (id: string, changed: (document: BankDocument) => BankDocument[]): boolean => {
    const has = store.state.documents.some((each) => each.id === id);
    const documents = store.state.documents.flatMap((each) => (each.id === id ? changed(each) : [each]));
    store.state = { ...store.state, documents };
    return has;
  };
  return [
    defineTool({
      name: 'move_document',
      title: 'Move a document',
      description: 'Moves a document to another folder.',
      input: z.object({ id: documentId, folder }),
      annotations: { ...replacing, destructiveHint: false },
      run: (args) =>
        change(args.id, (document) => [{ ...document, folder: args.folder }])
          ? jsonResult({ id: args.id, folder: args.folder })
          : unknown(args.id),
    }),
    defineTool({
      name: 'delete_document',
      title: 'Delete a document',
      description: 'Deletes a document for good. This cannot be undone.',
      input: z.object({ id: documentId }),
      annotations: replacing,
      run: ({ id }) => (change(id, () => []) ? jsonResult({ deleted: id }) : unknown(id)),
    }),
  ];
}

function listing(documents: readonly BankDocument[]): ToolResult {
  const newestFirst = [...documents].sort((a, b) =>
    a.date === b.date ? (a.id < b.id ? -1 : 1) : a.date < b.date ? 1 : -1,
  );
  return jsonResult({
    documents: newestFirst.map(({ id, folder, sender, title, date }) => ({
      id,
      folder,
      sender,
      title,
      date,
    })),
  });
}

function unknown(id: string): ToolResult {
  return failure(`There is no document with the ID ${id}. list_documents shows the IDs.`);
}
