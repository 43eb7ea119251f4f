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
