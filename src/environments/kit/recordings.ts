import { open, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { z } from 'zod';
import { messageOf, SafeMcpError } from '../../contracts/errors.ts';

/** Greatest size of a file of recordings, in bytes. */
const maxBytes = 64 * 1024 * 1024;
const maxFiles = 20_000;

/** A folder of recordings or tasks of an original environment that the user names. */
export interface RecordingsFolder {
  /** Whether the folder holds a file or folder of this name. */
  has(name: string): boolean;
  /** @throws FILE_UNREADABLE */
  bytes(name: string): Promise<Buffer>;
  /** @throws FILE_UNREADABLE, also when the JSON in the file does not fit */
  json<Schema extends z.ZodType>(name: string, schema: Schema): Promise<z.output<Schema>>;
  /** One JSON value per line. @throws FILE_UNREADABLE with the line */
  jsonLines<Schema extends z.ZodType>(name: string, schema: Schema): Promise<z.output<Schema>[]>;
  /** Names in a folder inside, sorted. @throws FILE_UNREADABLE */
  names(folder: string): Promise<readonly string[]>;
}

/**
 * Opens a folder; `help` names the page that describes its format.
 * @throws FILE_UNREADABLE when it cannot be listed
 */
export async function openRecordings(folder: string, help: string): Promise<RecordingsFolder> {
  const unreadable = (name: string, what: string, cause?: unknown): SafeMcpError =>
    new SafeMcpError('FILE_UNREADABLE', `Cannot read recordings: ${what}`, {
      where: path.join(folder, name),
      hint: `See ${help} for the files that are read`,
      cause,
    });
  const names = async (inside: string): Promise<readonly string[]> => {
    const found = await readdir(path.join(folder, inside)).catch((error: unknown) => {
      throw unreadable(inside, messageOf(error), error);
    });
    if (found.length > maxFiles) throw unreadable(inside, `it holds more than ${maxFiles} files`);
    return found.sort();
  };
  const bytes = (name: string): Promise<Buffer> =>
    readBounded(path.join(folder, name)).catch((error: unknown) => {
      throw unreadable(name, messageOf(error), error);
    });
  const fitted = <Schema extends z.ZodType>(text: string, schema: Schema, name: string): z.output<Schema> => {
    const read = schema.safeParse(parsed(text, (what) => unreadable(name, what)));
    if (read.success) return read.data;
    const [issue] = read.error.issues;
    throw unreadable(
      name,
      `${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? 'another format'}`,
    );
  };
  const top = new Set(await names(''));
  return {
    has: (name) => top.has(name),
    bytes,
    names,
    json: async (name, schema) => fitted((await bytes(name)).toString('utf8'), schema, name),
    async jsonLines(name, schema) {
      const lines = (await bytes(name)).toString('utf8').split('\n');
      return lines.flatMap((line, index) =>
        line.trim() === '' ? [] : [fitted(line, schema, `${name}:${index + 1}`)],
      );
    },
  };
}

/**
 * Opens the folder of a tool environment: the one with NAME.jsonl, or the one above it.
 * @throws FILE_UNREADABLE
 */
export async function openToolRecordings(folder: string, name: string): Promise<RecordingsFolder> {
  const help = `docs/environments/${name}.md`;
  const given = await openRecordings(folder, help);
  if (given.has(`${name}.jsonl`) || !given.has('tool')) return given;
  return openRecordings(path.join(folder, 'tool'), help);
}

async function readBounded(file: string): Promise<Buffer> {
  const handle = await open(file, 'r');
  try {
    const stats = await handle.stat();
    if (!stats.isFile()) throw new Error('it is no file');
    if (stats.size > maxBytes) throw new Error(`it has more than ${maxBytes} bytes`);
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}

function parsed(text: string, refuse: (what: string) => SafeMcpError): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw refuse(messageOf(error));
  }
}
