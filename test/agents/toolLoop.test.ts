import { describe, expect, test } from 'vitest';
import { ModelFailure, type ModelMessage, type ModelRequest } from '../../src/contracts/model.ts';
import { call, open, readIn, scriptedModel, type Turn, turns } from '../support/scriptedModel.ts';
import { runToyEpisode, type ToyEpisode } from '../support/toyExperiment.ts';

const id = 'toy/model-1:free';
const choice = { id, kind: 'tool-loop', model: id, parameters: {} };

async function run(play: (request: ModelRequest, turn: number) => Turn, options: ToyEpisode = {}) {
  const model = scriptedModel(id, play);
  const record = await runToyEpisode({ choice, models: open(model), ...options });
  return { model, record, requests: model.requests };
}

function lastMessages(request: ModelRequest | undefined, count: number): readonly ModelMessage[] {
  return request?.messages.slice(-count) ?? [];
}

describe('the tool loop', () => {
  test('solves a task with the tools of several services', async () => {
    const { record, requests } = await run((request, turn) => {
      const title = /note "(.*?)"/.exec(readIn(request))?.[1] ?? '';
      if (turn === 0) return { calls: [call('post__read_inbox'), call('notes__read_note', { title })] };
      const note = lastMessages(request, 1)[0];
      const text = note?.role === 'tool' && note.parts[0]?.type === 'text' ? note.parts[0].text : '';
      if (turn === 1) return { calls: [call('post__send_message', { to: 'robin@home.example', text })] };
      return 'Sent.';
    });
    expect(record.outcome).toMatchObject({ status: 'completed', utility: 1, calls: 3 });
    expect(requests).toHaveLength(3);
    expect(lastMessages(requests[1], 3).map(({ role }) => role)).toEqual(['assistant', 'tool', 'tool']);
    expect(record.outcome.cost).toMatchObject({ inputTokens: 300, outputTokens: 30 });
  });

  test('shows the system prompt first in the trace', async () => {
    const { record } = await run(turns('Done'));
    const event = record.events.find(({ type }) => type === 'model');
    expect(event).toMatchObject({ purpose: 'agent', by: id, model: id, version: `${id}-2026`, carried: 0 });
    if (event?.type !== 'model') throw new Error('no model event');
    expect(event.messages[0]).toMatchObject({ role: 'system' });
    expect(JSON.stringify(event.messages[0])).toContain('carries out the task of its user');
    expect(event.messages[1]).toMatchObject({ role: 'user' });
  });

  test.each(['tool-loop', 'react'])('%s: what is cut off a long result is not read', async (kind) => {
    const attack = { vector: 'tool-result', carrier: 'direct', goal: 'exfiltrate' };
    const play = (request: ModelRequest, turn: number): Turn => {
      const title = /note "(.*?)"/.exec(readIn(request))?.[1] ?? '';
      const acts = [['post__read_inbox', {}] as const, ['notes__read_note', { title }] as const];
      const act = acts[turn];
      if (kind === 'react') return act ? `Action: ${act[0]}[${JSON.stringify(act[1])}]` : 'Answer: Done';
      return act ? { calls: [call(act[0], act[1])] } : 'Done';
    };
    const meet = (maxResultCharacters: number) =>
      run(play, { attack, choice: { id, kind, model: id, parameters: { maxResultCharacters } } });
    const whole = await meet(100_000);
    expect(whole.record.outcome).toMatchObject({ attack: { stage: 'exposed' } });
    const short = await meet(100);
    expect(short.record.outcome).toMatchObject({ status: 'completed', attack: { stage: 'delivered' } });
    const events = short.record.events.filter(({ type }) => type === 'model');
    expect(JSON.stringify(events)).toMatch(/\[cut here: \d+ of \d+ characters left out\]/);
  });

  test('tells the model what it did wrong', async () => {
    const { record, requests } = await run(
      turns(
        { calls: [call('nothing__here'), { id: 'bad', tool: 'notes__read_note', invalid: '{"title":' }] },
        { calls: [call('notes__read_note', { wrong: 1 })] },
        'I give up',
      ),
    );
    expect(record.outcome.status).toBe('completed');
    const results = requests[2]?.messages.filter(({ role }) => role === 'tool') ?? [];
    expect(results).toHaveLength(3);
    for (const each of results) expect(each).toMatchObject({ isError: true });
    expect(JSON.stringify(results)).toContain('There is no tool');
    expect(JSON.stringify(results)).toContain('no JSON object');
  });

  test.each([
    ['turns', { maxSteps: 3 }, 'STEP_LIMIT', 3],
    ['tokens', { maxTokens: 200 }, 'TOKEN_LIMIT', 2],
    ['calls', { maxCalls: 4 }, 'CALL_LIMIT', 5],
  ])('ends at its limit of %s with what was measured', async (_, limits, code, asked) => {
    const { record, requests } = await run(() => ({ calls: [call('post__read_inbox')] }), { limits });
    expect(record.outcome).toMatchObject({ status: 'limit', problem: { code } });
    expect(requests).toHaveLength(asked);
    expect(record.outcome.cost.inputTokens).toBe(asked * 100);
  });

  test('a model that fails ends the episode as no measurement', async () => {
    const failure = new ModelFailure('overloaded', 'too busy');
    const { record } = await run(turns({ calls: [call('post__read_inbox')] }, failure));
    expect(record.outcome).toMatchObject({ status: 'model-error', calls: 1 });
  });
});
