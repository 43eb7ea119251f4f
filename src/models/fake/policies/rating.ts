import { createHash } from 'node:crypto';
import type { FakePolicy } from '../behavior.ts';
import type { FakeTurn } from '../turn.ts';
import { lastUserText } from './answer.ts';

/** How judges ask for their rating; the wording is theirs. */
const ratingShape = '{"score": N, "reason": "';
const scores = 5;

/**
 * A policy that answers judges in their format, whatever it does otherwise. The rating is the same for the same question,
 * and made up, as its reason says. It lets a file with judges be tried, and is no judgement.
 */
export function rating(policy: FakePolicy): FakePolicy {
  return (turn) => (asksForRating(turn) ? { say: madeUp(turn) } : policy(turn));
}

/** Judges offer no tools. */
function asksForRating({ tools, messages }: FakeTurn): boolean {
  return (
    tools.length === 0 && messages.some(({ role, text }) => role === 'system' && text.includes(ratingShape))
  );
}

function madeUp(turn: FakeTurn): string {
  const digest = createHash('sha256').update(lastUserText(turn)).digest();
  const score = 1 + ((digest[0] ?? 0) % scores);
  return JSON.stringify({ score, reason: 'made up by safemcp fake-model, which judges nothing' });
}
