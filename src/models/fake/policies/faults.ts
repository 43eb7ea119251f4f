import type { FakeBehavior, FakePolicy } from '../behavior.ts';
import type { FakeTurn } from '../turn.ts';
import { caller } from './caller.ts';
import { rating } from './rating.ts';

/** What can go wrong without ending a run at once (a refused key does) or making it wait (a stall does). */
const mix: readonly ((turn: FakeTurn) => FakeBehavior)[] = [
  () => ({ status: 429, retryAfter: 1 }),
  malformedCall,
  () => ({ status: 500 }),
  () => ({ call: [{ tool: 'no_such_tool', arguments: {} }] }),
  () => ({ fault: 'dropped' }),
  wrongArguments,
  () => ({ status: 529 }),
  () => ({ refuse: 'I cannot help with that request.' }),
  () => ({ fault: 'html' }),
  () => ({ say: '', end: 'content-filter' }),
  () => ({ status: 503 }),
  () => ({ say: 'This text was cut', end: 'length' }),
  () => ({ fault: 'invalid-json' }),
  () => ({ say: '' }),
  () => ({ fault: 'cut-off' }),
  () => ({ status: 400 }),
];

/** Every second request meets the next fault of a fixed mix; the others are answered as `caller` does. */
export function faults(): FakePolicy {
  const honest = rating(caller());
  return (turn) => {
    const fault = turn.n % 2 === 0 ? mix[(turn.n / 2 - 1) % mix.length] : undefined;
    return fault ? fault(turn) : honest(turn);
  };
}

/** A call of an offered tool whose arguments end too early. */
function malformedCall({ tools: [tool] }: FakeTurn): FakeBehavior {
  return { call: [{ tool: tool?.name ?? 'no_such_tool', broken: '{"title": "never clo' }] };
}

/** A call of an offered tool with arguments that no schema asks for. */
function wrongArguments({ tools: [tool] }: FakeTurn): FakeBehavior {
  return { call: [{ tool: tool?.name ?? 'no_such_tool', arguments: { not_an_argument: [1, 2, 3] } }] };
}
