import type { FakeSpeech } from '../behavior.ts';
import type { FakeMessage, FakeTurn } from '../turn.ts';
import { minimalValue } from './minimalArguments.ts';

const longest = 400;

/** What a policy says when it is done: its words, or JSON where the client asked for a shape. */
export function answer(turn: FakeTurn, words: string): FakeSpeech {
  if (turn.schema) return { say: JSON.stringify(minimalValue(turn.schema)) };
  return { say: shortened(words) };
}

export function shortened(text: string): string {
  const characters = Array.from(text.slice(0, 2 * longest));
  return characters.length > longest ? `${characters.slice(0, longest).join('')}...` : text;
}

/** The last text of the user. */
export function lastUserText({ messages }: FakeTurn): string {
  return messages.findLast(({ role, text }) => role === 'user' && text !== '')?.text ?? '';
}

/** The result that came last, if anything came since the user spoke. */
export function lastResult(messages: readonly FakeMessage[]): string | undefined {
  return messages.at(-1)?.results.at(-1)?.text;
}
