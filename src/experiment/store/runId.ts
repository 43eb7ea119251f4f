import { randomInt } from 'node:crypto';

const letters = 'abcdefghjkmnpqrstuvwxyz23456789';

/** What an id of a run looks like. Ids become file names, so one that is read from a store must pass. */
export const runIdPattern = /^\d{8}-\d{6}-[a-hj-km-np-z2-9]{4}$/;

/** An id for a run: start in UTC and four random letters, as in `20260102-030405-k7mq`. Sorts by start. */
export function newRunId(startedAt: Date): string {
  const [day, time] = startedAt.toISOString().slice(0, 19).replaceAll(/[-:]/g, '').split('T');
  const ending = Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join('');
  return `${day}-${time}-${ending}`;
}
