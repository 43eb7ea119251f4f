import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { messageOf, SafeMcpError } from '../contracts/errors.ts';
import type { JsonObject } from '../contracts/json.ts';

/** Longest line that is read: the largest trace a run can hold, with room. */
const maxLine = 256 * 1024 * 1024;

/**
 * Writes documents as compressed JSON lines; the file appears when it is whole.
 * @throws FILE_UNWRITABLE
 */
export async function writeDocuments(file: string, documents: AsyncIterable<JsonObject>): Promise<void> {
  const part = `${file}.part`;
  async function* lines(): AsyncGenerator<string> {
    for await (const document of documents) yield `${JSON.stringify(document)}\n`;
  }
  await writing(file, async () => {
    try {
      await pipeline(Readable.from(lines()), createGzip(), createWriteStream(part));
      await rename(part, file);
    } finally {
      await rm(part, { force: true });
    }
  });
}

/** Does what writes a file or folder. @throws FILE_UNWRITABLE when the system does not allow it */
export async function writing(target: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    throw isSystemError(error) ? unusable(target, 'written', error) : error;
  }
}

/** @throws FILE_UNREADABLE, IMPORT_INVALID when it holds something else than compressed JSON lines */
export async function* readDocuments(file: string): AsyncGenerator<unknown> {
  const source = createReadStream(file);
  const unzipped = source.pipe(createGunzip());
  source.once('error', (error) => unzipped.destroy(error));
  try {
    yield* parsedLines(unzipped.setEncoding('utf8'));
  } catch (error) {
    if (isSystemError(error) && !String(error.code).startsWith('Z_')) throw unusable(file, 'read', error);
    if (isSystemError(error) || error instanceof SyntaxError)
      throw new SafeMcpError(
        'IMPORT_INVALID',
        `The file does not hold compressed JSON lines: ${messageOf(error)}`,
        {
          where: file,
          hint: 'Give a file that safemcp export has written',
          cause: error,
        },
      );
    throw error;
  } finally {
    source.destroy();
    unzipped.destroy();
  }
}

async function* parsedLines(text: AsyncIterable<string>): AsyncGenerator<unknown> {
  let held: string[] = [];
  let length = 0;
  for await (const chunk of text) {
    const pieces = chunk.split('\n');
    const last = pieces.pop() ?? '';
    for (const piece of pieces) {
      yield JSON.parse([...held, piece].join(''));
      held = [];
      length = 0;
    }
    held.push(last);
    length += last.length;
    if (length > maxLine) throw new SyntaxError('a line is too long');
  }
  const rest = held.join('');
  if (rest !== '') yield JSON.parse(rest);
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && !('hint' in error);
}

function unusable(file: string, deed: 'read' | 'written', cause: unknown): SafeMcpError {
  return new SafeMcpError(
    deed === 'read' ? 'FILE_UNREADABLE' : 'FILE_UNWRITABLE',
    `The file cannot be ${deed}: ${messageOf(cause)}`,
    {
      where: file,
      hint: 'Check the path and the permissions',
      cause,
    },
  );
}
