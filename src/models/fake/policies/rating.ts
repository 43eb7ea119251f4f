import { createHash } from 'node:crypto';
import type { FakeTurn } from '../turn.ts';
import { lastUserText } from './answer.ts';

/** How judges ask for their rating; the wording is theirs. */
const ratingShape = '{"score": N, "reason": "';
const scores = 5;

/**
 * A rating in the format of judges, where one is asked for: the same for the same question, and made up, as its reason
 * says. It lets a file with judges be tried, and is no judgement.
 */
export function ratingFor(turn: FakeTurn): string | undefined {
  const asked = turn.messages.some(({ role, text }) => role === 'system' && text.includes(ratingShape));
  if (!asked) return undefined;
  const digest = createHash('sha256').update(lastUserText(turn)).digest();
  const score = 1 + ((digest[0] ?? 0) % scores);
  return JSON.stringify({ score, reason: 'made up by safemcp fake-model, which judges nothing' });
}
