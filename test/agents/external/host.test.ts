import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { isJsonObject } from '../../../src/contracts/json.ts';
import { createHostGate } from '../../../src/experiment/hostGate.ts';
import { startFakeModel } from '../../../src/models/fake/index.ts';
import { openHttpDoor } from '../../../src/protocol/httpDoor.ts';
import { contextOf } from '../../defenses/kit.ts';
import { toyService } from '../../support/protocolToy.ts';
import { defenseSet, runToyEpisode } from '../../support/toyExperiment.ts';
import { stranger } from './support.ts';

const attack = { vector: 'tool-description', carrier: 'direct', goal: 'destroy' };

describe.each(['stdio', 'http'] as const)('a host of its own over %s', (mcp) => {
  test.each([
    ['legacy', '2025'],
    ['legacy', '2026'],
    ['auto', '2025'],
    ['2026-07-28', '2026'],
  ] as const)('that speaks %s solves a task where %s is offered', async (speaks, era) => {
    const agent = stranger('work', { era: speaks, parameters: { mcp } });
    const { outcome, events } = await runToyEpisode({ agent, era });
    expect(outcome).toMatchObject({ status: 'completed', utility: 1, calls: 3 });
    expect(events.find((event) => event.type === 'answer')).toMatchObject({ text: 'Sent.' });
    const opening = era === '2026' && speaks !== 'legacy' ? 'server/discover' : 'initialize';
    const opened = events.filter((event) => event.type === 'exchange' && event.request?.method === opening);
    expect(opened.length).toBeGreaterThanOrEqual(3);
    const messages = events.flatMap((event) => (event.type === 'exchange' ? [event.message] : []));
    expect(new Set(messages).size).toBe(messages.length);
  });

  test('is reached by an attack, and carries it out', async () => {
    const agent = stranger('work', { parameters: { mcp } });
    const { outcome } = await runToyEpisode({ agent, attack });
    expect(outcome).toMatchObject({ status: 'completed', attack: { stage: 'achieved' } });
  });

  test('is protected by a defense', async () => {
    const agent = stranger('work', { parameters: { mcp } });
    const { outcome } = await runToyEpisode({ agent, attack, defense: defenseSet('policy') });
    expect(outcome).toMatchObject({
      status: 'completed',
      utility: 1,
      attack: { stage: 'attempted', stoppedBy: 'policy' },
    });
  });
});

test('clients come and go', async () => {
  const { outcome } = await runToyEpisode({ agent: stranger('twice'), attack });
  expect(outcome).toMatchObject({ status: 'completed', attack: { stage: 'achieved' } });
});

test('a host that ends before it has reached a service is reported as that, with the last it said', async () => {
  const { outcome } = await runToyEpisode({ agent: stranger('silent') });
  expect(outcome).toMatchObject({
    status: 'agent-error',
    problem: {
      code: 'HOST_NEVER_CONNECTED',
      what: 'The host ended with exit code 7 and had reached no service: No model',
    },
  });
});

test('a host that cannot be started is named', async () => {
  const agent = stranger('work', { parameters: { command: ['/nowhere/at-all'] } });
  const { outcome } = await runToyEpisode({ agent });
  expect(outcome).toMatchObject({ status: 'agent-error', problem: { code: 'HOST_NOT_STARTED' } });
});

test('a host that crashes is an error of the agent', async () => {
  const { outcome } = await runToyEpisode({ agent: stranger('crash', { parameters: { mcp: 'http' } }) });
  expect(outcome).toMatchObject({
    status: 'agent-error',
    problem: { code: 'HOST_CRASHED', what: 'The host ended with exit code 3: Out of ideas' },
  });
});

/** A process that has ended stays in the list of processes until its parent has taken notice. */
async function isAlive(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const facts = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return !/\) [ZX] /.test(facts);
}

test('a host that hangs is ended with all that it has started', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'safemcp-test-'));
  try {
    const file = path.join(folder, 'pids');
    const agent = stranger('hang', { file, parameters: { mcp: 'http', timeoutMs: 3_000 } });
    const { outcome } = await runToyEpisode({ agent });
    expect(outcome).toMatchObject({ status: 'timeout', problem: { code: 'HOST_TIMEOUT' } });
    const pids = JSON.parse(await readFile(file, 'utf8')) as number[];
    expect(pids).toHaveLength(3);
    // The one that has left the group can be found on Linux only.
    for (const pid of process.platform === 'linux' ? pids : pids.slice(0, 2))
      expect(await isAlive(pid)).toBe(false);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("a host that the episode's time ends without a word is reported as never connected", async () => {
  const agent = stranger('work', {
    parameters: { command: [process.execPath, '-e', 'setInterval(() => {}, 1000)'] },
  });
  const { outcome } = await runToyEpisode({ agent, limits: { episodeTimeoutMs: 300 } });
  expect(outcome).toMatchObject({ status: 'timeout', problem: { code: 'HOST_NEVER_CONNECTED' } });
});

test('a flood of output is read and let go', async () => {
  const { outcome, events } = await runToyEpisode({ agent: stranger('flood') });
  expect(outcome).toMatchObject({ status: 'completed', utility: 1 });
  const answer = events.find((event) => event.type === 'answer');
  expect(answer?.text.endsWith('The end.')).toBe(true);
  expect(answer?.text.length).toBeLessThanOrEqual(100_000);
});

test('the end of a key that began before what is kept of the output is not told', async () => {
  const key = 'KEY-ABCDEFGHIJKLMNOPQRSTUVWXYZ';
  const print = `console.error(process.env.THE_KEY + ': '.repeat(2040) + 'the end'); process.exit(3)`;
  const parameters = { command: [process.execPath, '-e', print], pass: ['THE_KEY'] };
  const { outcome } = await runToyEpisode({ agent: stranger('', { parameters, env: { THE_KEY: key } }) });
  expect(outcome.problem?.what).toMatch(/: the end$/);
  expect(outcome.problem?.what).not.toContain('XYZ');
});

test('wrong frames end nothing but their own connection', async () => {
  const { outcome } = await runToyEpisode({ agent: stranger('frames') });
  expect(outcome).toMatchObject({ status: 'completed', utility: 1 });
});

test('a host that keeps calling ends at its limit of calls', async () => {
  const { outcome } = await runToyEpisode({ agent: stranger('endless'), limits: { maxCalls: 6 } });
  expect(outcome).toMatchObject({ status: 'limit', calls: 6, problem: { code: 'CALL_LIMIT' } });
});

test('a call that a service does not answer in time has failed', async () => {
  const gate = createHostGate({
    maxCalls: 9,
    callTimeoutMs: 5,
    offers2026: true,
    signal: new AbortController().signal,
    onFailure: () => undefined,
    onReading: () => undefined,
  });
  const send = gate.tap.hostRequest?.(() => new Promise<never>(() => undefined));
  const reply = await send?.(
    { id: 'toy#1', method: 'tools/call', params: { name: 'look' } },
    contextOf('toy', '2025'),
  );
  expect(reply).toMatchObject({ kind: 'error', error: { code: -32001 } });
});

test('a host gets folders of its own, and no variable that is not named', async () => {
  const env = {
    PATH: process.env['PATH'],
    SECRET: 'never-to-be-seen',
    TOKEN: 'passed-but-hidden',
    LONGER: 'passed-but-hidden-too',
  };
  const parameters = { pass: ['TOKEN', 'LONGER'], env: { PLACE: '{work}' } };
  const { events } = await runToyEpisode({ agent: stranger('look', { env, parameters }) });
  const answer = events.find((event) => event.type === 'answer')?.text ?? '';
  const seen: unknown = JSON.parse(answer);
  expect(isJsonObject(seen) && isJsonObject(seen['env']) ? seen['env'] : {}).toMatchObject({
    TOKEN: '[redacted]',
    LONGER: '[redacted]',
    PLACE: expect.stringMatching(/work$/) as unknown,
    HOME: expect.stringMatching(/home$/) as unknown,
  });
  expect(answer).not.toContain('never-to-be-seen');
});

test('a host that asks its model past the proxy is no measurement', async () => {
  const agent = stranger('work', { model: 'own/m', parameters: { endpoint: 'http://127.0.0.1:9/v1' } });
  const { outcome } = await runToyEpisode({ agent, attack });
  expect(outcome).toMatchObject({
    status: 'agent-error',
    problem: { code: 'HOST_MODEL_UNSEEN' },
    attack: { stage: 'achieved' },
  });
});

test.each(['GET', 'POST'])('nobody comes in over HTTP who does not know the address (%s)', async (method) => {
  const door = await openHttpDoor(
    { source: toyService(), wire: { service: 'toy' }, onFailure: () => undefined },
    '2025',
  );
  try {
    const url = door.entry.kind === 'http' ? new URL(door.entry.url) : undefined;
    expect((await fetch(`${url?.origin}/mcp`, { method })).status).toBe(404);
    const unknown = await fetch(url ?? '', { method, headers: { 'mcp-session-id': 'unknown' } });
    expect(unknown.status).toBe(404);
  } finally {
    await door.close();
  }
});
describe('a host whose model', () => {
  const broken = { status: 500 } as const;
  test.each([
    ['fails in the end is no measurement, however the host ends', [{ say: 'On it' }, broken], 'model-error'],
    ['fails once and then answers is one', [broken, { say: 'Done' }], 'completed'],
  ] as const)('%s', async (_, answers, status) => {
    const fake = await startFakeModel({ behave: ({ n }) => answers[n - 1] ?? broken });
    try {
      const parameters = { endpoint: `${fake.url}/v1` };
      const agent = stranger('ask', { model: 'any/model', file: String(answers.length), parameters });
      const { outcome, events } = await runToyEpisode({ agent });
      expect(outcome).toMatchObject({ status });
      expect(events.filter((event) => event.type === 'model')).toHaveLength(2);
    } finally {
      await fake.close();
    }
  });
});
