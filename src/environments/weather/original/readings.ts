import type { Query } from '../queries.ts';
import { readComparison } from './comparing.ts';
import { type Frame, readFrame } from './frame.ts';
import { readCount, readDays, readOnDays, readYesNo } from './hunting.ts';
import { readAir, readAmount, readDistance, readHeight, readPlaceChoice } from './measuring.ts';

/** Longer questions are not read: the expressions take more than linear time. */
const longestQuestion = 600;

/** Ways to read a question; the first that makes something of it counts. */
const readings: readonly ((frame: Frame) => Query | undefined)[] = [
  readDistance,
  readHeight,
  readAir,
  readOnDays,
  readCount,
  readDays,
  readPlaceChoice,
  readComparison,
  readYesNo,
  readAmount,
];

/** What a question of the original asks for. */
export function readWeather(
  text: string,
): { readonly kind: 'read'; readonly query: Query } | { readonly kind: 'unread' } {
  if (text.length > longestQuestion) return { kind: 'unread' };
  const frame = readFrame(text);
  for (const reading of readings) {
    const query = reading(frame);
    if (query) return { kind: 'read', query };
  }
  return { kind: 'unread' };
}
