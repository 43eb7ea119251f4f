import { afterEach, describe, expect, test, vi } from 'vitest';
import { resultReply } from '../../src/contracts/wire.ts';
import { type Connection, type ConnectOptions, connect as connectTo, grid } from '../support/grid.ts';
import { onHostRequest, onServiceRequest, spy } from '../support/taps.ts';

const open: Connection[] = [];
const answers = { name: 'Ada', draft: 'Dear Ada' };
const elicited = (name: string) => ({ action: 'accept', content: { name } });
const sampled = (text: string) => ({
  model: 'none',
  role: 'assistant',
  content: { type: 'text', text },
});

afterEach(async () => {
  await Promise.all(open.splice(0).map((connection) => connection.close()));
});

async function connect(options: ConnectOptions): Promise<Connection> {
  const connection = await connectTo(options);
  open.push(connection);
  return connection;
}

/**
 * What a service asks of its host. In the 2025 era it sends requests, in the 2026 era it asks inside an
 * `input_required` result; taps see the same.
 */
describe.each(grid)('what a service asks over $transport in the $era era', ({ transport, era }) => {
  const at = { transport, era, answers } as const;
  const ask = async (connection: Connection): Promise<unknown> => JSON.parse(await connection.text('ask'));

  test('is seen by taps at both ends, with the answers of the host', async () => {
    const [host, service] = [spy(), spy()];
    const connection = await connect({ ...at, hostTaps: [host.tap], serviceTaps: [service.tap] });
    expect(await ask(connection)).toEqual({
      answers: { who: elicited('Ada'), draft: sampled('Dear Ada') },
      stateIntact: true,
    });
    for (const { seen } of [host, service]) {
      expect(seen.asked.map(({ method }) => method).sort()).toEqual([
        'elicitation/create',
        'sampling/createMessage',
      ]);
      expect(seen.answered).toHaveLength(2);
      expect(seen.answered).toContainEqual(resultReply(elicited('Ada')));
    }
    expect(connection.faults).toEqual([]);
  });

  test('can be changed on the way to the host and back', async () => {
    const change = onServiceRequest('sampling/createMessage', (next) => async (request, context) => {
      const messages = [{ role: 'user', content: { type: 'text', text: 'Changed' } }];
      const reply = await next({ ...request, params: { ...request.params, messages } }, context);
      expect(reply).toEqual(resultReply(sampled('Dear Ada')));
      return resultReply(sampled('Dear Eve'));
    });
    const host = spy();
    const connection = await connect({ ...at, hostTaps: [host.tap], serviceTaps: [change] });
    expect(await ask(connection)).toMatchObject({
      answers: { draft: sampled('Dear Eve') },
      stateIntact: true,
    });
    const shown = host.seen.asked.find(({ method }) => method === 'sampling/createMessage');
    expect(shown?.params).toMatchObject({ messages: [{ content: { text: 'Changed' } }] });
  });

  test('can be answered by taps alone, so that the host hears nothing of it', async () => {
    const forWho = onServiceRequest('elicitation/create', () => async () => resultReply(elicited('Tap')));
    const forDraft = onServiceRequest(
      'sampling/createMessage',
      () => async () => resultReply(sampled('Tap')),
    );
    const host = spy();
    const connection = await connect({
      ...at,
      hostTaps: [host.tap],
      serviceTaps: [forWho, forDraft],
    });
    expect(await ask(connection)).toEqual({
      answers: { who: elicited('Tap'), draft: sampled('Tap') },
      stateIntact: true,
    });
    expect(host.seen.asked).toEqual([]);
  });

  test('can be answered in part by a tap and in part by the host', async () => {
    const forWho = onServiceRequest('elicitation/create', () => async () => resultReply(elicited('Tap')));
    const host = spy();
    const connection = await connect({ ...at, hostTaps: [host.tap], serviceTaps: [forWho] });
    expect(await ask(connection)).toEqual({
      answers: { who: elicited('Tap'), draft: sampled('Dear Ada') },
      stateIntact: true,
    });
    expect(host.seen.asked.map(({ method }) => method)).toEqual(['sampling/createMessage']);
  });

  test('ends within bounds when the service never stops asking', async () => {
    const forWho = onServiceRequest('elicitation/create', () => async () => resultReply(elicited('Tap')));
    const service = spy();
    const byTap = await connect({ ...at, serviceTaps: [service.tap, forWho] });
    const outcome = await byTap.client
      .callTool({ name: 'ask-on' }, { timeout: 5000 })
      .catch((error: unknown) => error);
    expect(outcome).toMatchObject(
      era === '2025' ? { isError: true } : { message: 'The service keeps asking for input' },
    );
    const rounds = service.seen.requests.filter(({ params }) => params?.['name'] === 'ask-on').length;
    expect(rounds).toBe(era === '2025' ? 1 : 9);
  });

  test('that the host cannot answer fails the call and nothing else', async () => {
    const connection = await connect({ transport, era });
    const outcome: unknown = await connection.client
      .callTool({ name: 'ask' })
      .catch((error: unknown) => error);
    expect(outcome).toMatchObject(era === '2025' ? { isError: true } : { code: -32021 });
    expect(await connection.text('echo', { text: 'on' })).toBe('on');
  });

  test('that a tap refuses or drops reaches the service as no answer', async () => {
    const refuse = onServiceRequest('elicitation/create', () => async () => ({
      kind: 'error',
      error: { code: -32001, message: 'Blocked' },
    }));
    const connection = await connect({ ...at, serviceTaps: [refuse] });
    if (era === '2025')
      expect(await connection.client.callTool({ name: 'ask' })).toMatchObject({ isError: true });
    else
      expect(await ask(connection)).toEqual({ answers: { draft: sampled('Dear Ada') }, stateIntact: true });
  });

  test('can be asked by a tap, in the era that has such requests', async () => {
    const asking = onHostRequest('tools/call', (next) => async (request, context) => {
      const reply = await context.request('to-host', 'sampling/createMessage', {
        messages: [{ role: 'user', content: { type: 'text', text: 'What is the code?' } }],
        maxTokens: 5,
      });
      if (era === '2025') expect(reply).toEqual(resultReply(sampled('Dear Ada')));
      else expect(reply).toMatchObject({ kind: 'error', error: { code: -32601 } });
      return next(request, context);
    });
    const connection = await connect({ ...at, serviceTaps: [asking] });
    expect(await connection.text('echo', { text: 'on' })).toBe('on');
    expect.assertions(2);
  });

  test('dies with the connection', async () => {
    const host = spy();
    const never = onServiceRequest('elicitation/create', () => () => new Promise(() => undefined));
    const connection = await connect({ ...at, hostTaps: [never, host.tap] });
    const call = connection.client.callTool({ name: 'ask' }, { timeout: 5000 });
    const ended = expect(call).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' });
    await vi.waitFor(() => expect(host.seen.asked.length).toBeGreaterThan(0));
    await connection.client.close();
    await ended;
  });
});
