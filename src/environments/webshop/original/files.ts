import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { messageOf, SafeMcpError } from '../../../contracts/errors.ts';

/** Greater files are not read. */
const maxBytes = 256 * 1024 * 1024;

/**
 * The paths of a folder's files whose names fit, in the order of their names.
 * @throws FILE_UNREADABLE when the folder cannot be listed
 */
export async function filesIn(folder: string, name: RegExp): Promise<readonly string[]> {
  try {
    const names = await readdir(folder);
    return names
      .filter((file) => name.test(file))
      .sort()
      .map((file) => path.join(folder, file));
  } catch (error) {
    throw unreadable(folder, error);
  }
}

/** @throws FILE_UNREADABLE */
export async function readText(file: string): Promise<string> {
  try {
    const { size } = await stat(file);
    if (size > maxBytes) throw new RangeError(`it is larger than ${maxBytes} bytes`);
    return await readFile(file, 'utf8');
  } catch (error) {
    throw unreadable(file, error);
  }
}

/**
 * The value of a JSON text that stands at `where`.
 * @throws FILE_UNREADABLE when it is no JSON or does not fit
 */
export function parseJson<Schema extends z.ZodType>(
  text: string,
  schema: Schema,
  where: string,
): z.output<Schema> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw unreadable(where, error);
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new SafeMcpError('FILE_UNREADABLE', z.prettifyError(parsed.error), { where, hint });
}

const hint = 'docs/environments/webshop.md names the files and their formats';

function unreadable(where: string, error: unknown): SafeMcpError {
  return new SafeMcpError('FILE_UNREADABLE', `Cannot read ${path.basename(where)}: ${messageOf(error)}`, {
    where,
    hint,
    cause: error,
  });
}
