import type { FakePolicy } from '../behavior.ts';
import { answer, lastUserText } from './answer.ts';

/** Answers with what the user said last. */
export function echo(): FakePolicy {
  return (turn) => answer(turn, lastUserText(turn));
}
