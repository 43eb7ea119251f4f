import type { FakeCall, FakeTurn } from '../turn.ts';

/** The calls that the conversation holds, the oldest first. */
export function callsMade({ messages }: FakeTurn): readonly FakeCall[] {
  return messages.flatMap(({ calls }) => calls);
}
