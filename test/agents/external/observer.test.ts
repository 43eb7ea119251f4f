import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { createObserver } from '../../../src/agents/external/proxy/observer.ts';
import type { HostModelCall } from '../../../src/contracts/externalAgent.ts';

test('every call is told with what it cost, also when there are too many to keep their texts', () => {
  const calls: HostModelCall[] = [];
  const observer = createObserver(
    { reads: () => undefined, modelCalled: (call) => void calls.push(call) },
    (text) => text,
  );
  const message = { role: 'user', content: 'Is it raining?' };
  const request = JSON.stringify({ model: 'm', messages: [message] });
  const reply = {
    choices: [{ message: { role: 'assistant', content: 'No' }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 7, completion_tokens: 2 },
  };
  const answer = {
    kind: 'answer',
    status: 200,
    contentType: 'application/json',
    body: JSON.stringify(reply),
  } as const;
  for (let count = 0; count < 600; count++) observer.asked('/v1/chat/completions', request).ended(answer, 1);
  expect(calls.map(({ inputTokens, outputTokens }) => inputTokens + outputTokens)).toEqual(
    Array.from({ length: 600 }, () => 9),
  );
  expect(calls[0]).toMatchObject({ messages: [{ text: 'Is it raining?' }], reply: { text: 'No' } });
  expect(calls.at(-1)).toMatchObject({ messages: [], reply: { kind: 'turn', text: '' } });
});

test('of what was shown, no text is kept, and none is shown twice', () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const shown: number[] = [];
  const observer = createObserver(
    { reads: (text) => void shown.push(text.length), modelCalled: () => undefined },
    (text) => text,
  );
  const ask = (content: string) =>
    observer
      .asked('/v1/chat/completions', JSON.stringify({ model: 'm', messages: [{ role: 'user', content }] }))
      .ended({ kind: 'lost', failure: 'network', what: '', nobody: false }, 1);
  const long = 200_000;
  const texts = 200;
  collect();
  const before = process.memoryUsage().heapUsed;
  for (let count = 0; count < 2 * texts; count++) ask(String(count % texts).padEnd(long, '.'));
  collect();
  expect(shown).toEqual(Array.from({ length: texts }, () => long));
  expect(process.memoryUsage().heapUsed - before).toBeLessThan((texts * long) / 4);
});
