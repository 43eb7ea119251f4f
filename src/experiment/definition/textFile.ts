import { open } from 'node:fs/promises';
import { messageOf, SafeMcpError } from '../../contracts/errors.ts';
import { maxFileLength } from './yamlSource.ts';

/** The text of an experiment file, as far as one may reach. @throws FILE_UNREADABLE */
export async function readText(file: string): Promise<string> {
  const bytes = await readBounded(file, 4 * maxFileLength).catch((error: unknown) => {
    throw new SafeMcpError('FILE_UNREADABLE', `Cannot read the experiment file: ${messageOf(error)}`, {
      where: file,
      hint: 'Check the path and the permissions',
      cause: error,
    });
  });
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new SafeMcpError('FILE_UNREADABLE', 'The experiment file is not UTF-8 text', {
      where: file,
      cause: error,
    });
  }
}

/** The first `limit` bytes and one more, so that an endless device ends too. */
async function readBounded(file: string, limit: number): Promise<Uint8Array> {
  const handle = await open(file, 'r');
  try {
    const buffer = new Uint8Array(limit + 1);
    let length = 0;
    while (length < buffer.length) {
      const { bytesRead } = await handle.read(buffer, length, buffer.length - length, null);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return buffer.subarray(0, length);
  } finally {
    await handle.close();
  }
}
