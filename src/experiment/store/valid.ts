import { z } from 'zod';
import { messageOf, SafeMcpError } from '../../contracts/errors.ts';

/** What `read` makes of a stored record. @throws RECORD_INVALID */
export function valid<T>(id: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw invalid(id, error);
  }
}

/** Names a record that cannot be read. */
export function invalid(id: string, cause: unknown): SafeMcpError {
  const what = cause instanceof z.ZodError ? z.prettifyError(cause) : messageOf(cause);
  return new SafeMcpError('RECORD_INVALID', `The stored record ${id} cannot be read: ${what}`, {
    where: id,
    hint: 'It was damaged or written by a defective version; run its experiment again',
    cause,
  });
}
