import type { Settled } from './messages.ts';
import { errorOf, thrownOf } from './thrown.ts';

/** Does something for another thread; never rejects. */
export async function settle(work: () => Promise<unknown>): Promise<Settled> {
  try {
    return { kind: 'value', json: JSON.stringify(await work()) };
  } catch (error) {
    return thrownOf(error);
  }
}

/** What it was, as JSON has it. @throws what the work threw */
export function readSettled(settled: Settled): unknown {
  if (settled.kind === 'value') return JSON.parse(settled.json);
  throw errorOf(settled);
}
