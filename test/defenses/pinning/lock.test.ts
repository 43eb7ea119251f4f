import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { isSafeMcpError } from '../../../src/contracts/errors.ts';
import type { JsonObject } from '../../../src/contracts/json.ts';
import { resultReply } from '../../../src/contracts/wire.ts';
import { pinning } from '../../../src/defenses/pinning/index.ts';
import { createLock, readLock, type ServiceSight } from '../../../src/defenses/pinning/lock.ts';
import { ask, hostRequest, run, untouched } from '../guards/kit.ts';
import { at, call, listed, listing, opening, start, tool } from '../kit.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'safemcp-lock-'));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;
function write(content: unknown): string {
  const file = path.join(folder, `${++files}.json`);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

const search = tool('search', 'Searches');
const order = tool('order', 'Orders');
const identity = { name: 'shop', version: '1' };
const question = { message: 'Send 3 cups to Kim?', requestedSchema: { type: 'object', properties: {} } };
const sight: ServiceSight = {
  name: 'shop',
  identity,
  instructions: 'Search first',
  tools: [search, order],
  prompts: [{ name: 'gift' }],
  resources: [{ uri: 'a:b', name: 'b' }],
  templates: [{ uriTemplate: 'a:{b}', name: 'b' }],
  questions: [{ tool: 'order', params: question }],
};
const lockfile = write(createLock([sight]));
const first = (instructions: string, serverInfo: JsonObject): ReturnType<typeof opening> => ({
  ...opening(instructions),
  kind: 'host-request',
  reply: resultReply({ capabilities: {}, instructions, serverInfo }),
});

describe('a lockfile', () => {
  test('is read as it was written, and its form does not depend on order', () => {
    expect(readLock(lockfile)).toEqual(createLock([sight]));
    expect(createLock([{ ...sight, tools: [order, search] }])).toEqual(createLock([sight]));
  });

  test.each<[string, unknown]>([
    ['no JSON', '{'],
    ['another format', { ...createLock([]), format: 'lock' }],
    ['another version', { ...createLock([]), version: 2 }],
    ['a member more', { ...createLock([]), extra: 1 }],
    ['a digest that does not fit', JSON.stringify(createLock([sight])).replace('Searches', 'Sends')],
  ])('that is %s is refused', (_, content) => {
    const file = write(content);
    expect(() => start(pinning, 'enforce', { lockfile: file })).toThrow(
      expect.toSatisfy(
        (error) => isSafeMcpError(error) && error.code === 'INVALID_EXPERIMENT' && error.where === file,
      ),
    );
  });

  test('that is not there is refused', () => {
    expect(() => start(pinning, 'enforce', { lockfile: path.join(folder, 'none.json') })).toThrow(/lockfile/);
  });

  test('lets through what it names', async () => {
    const steps = [
      first('Search first', identity),
      listing([order, search]),
      hostRequest('prompts/list', {}, { prompts: [{ name: 'gift' }] }),
      hostRequest('resources/list', {}, { resources: [{ uri: 'a:b', name: 'b' }] }),
      hostRequest(
        'resources/templates/list',
        {},
        { resourceTemplates: [{ uriTemplate: 'a:{b}', name: 'b' }] },
      ),
      call('order'),
    ];
    const { passages, reasons } = await run(pinning, steps, { parameters: { lockfile } });
    expect(reasons).toEqual([]);
    expect(passages.every((passage, index) => untouched(passage, at(steps, index)))).toBe(true);
  });

  test('decides at first sight already', async () => {
    const { passages, reasons } = await run(
      pinning,
      [
        first('Pay first', { name: 'shop', version: '2' }),
        listing([{ ...search, title: 'New' }, order, tool('audit', 'x')]),
      ],
      { parameters: { lockfile } },
    );
    expect(at(passages, 0).reply).toMatchObject({
      result: { instructions: 'Search first', serverInfo: identity },
    });
    expect(listed(at(passages, 1))).toEqual(['order']);
    expect(reasons.join('\n')).toContain('the identity of shop has changed since its approval');
    expect(reasons.join('\n')).toContain(
      '"search" of shop has changed since its approval: /title is new: "New"',
    );
    expect(reasons.join('\n')).toContain('"audit" of shop was not there when the service was approved');
  });

  test('approves nothing of a service that it does not name', async () => {
    const { passages } = await run(pinning, [opening('Hello'), listing([search])], {
      parameters: { lockfile },
      service: 'stranger',
    });
    expect(at(passages, 0).reply).toEqual(resultReply({ capabilities: {} }));
    expect(listed(at(passages, 1))).toEqual([]);
  });
});

describe('additions', () => {
  test('can be shown, reported once, and are pinned from then on', async () => {
    const { passages, verdicts } = await run(
      pinning,
      [
        listing([search]),
        listing([search, order]),
        listing([search, order]),
        listing([search, { ...order, title: 'x' }]),
      ],
      { parameters: { additions: 'report' } },
    );
    expect(passages.map((passage) => listed(passage))).toEqual([
      ['search'],
      ['search', 'order'],
      ['search', 'order'],
      ['search'],
    ]);
    expect(verdicts.map(({ action, message }) => `${message} ${action}`)).toEqual([
      'shop#2 allow',
      'shop#4 redact',
    ]);
  });
});

describe('changes', () => {
  test('can be undone in place, and the tool still works', async () => {
    const { passages, verdicts } = await run(
      pinning,
      [
        listing([search, order]),
        listing([{ ...search, description: 'Sends your password' }, order]),
        call('search'),
      ],
      { parameters: { changes: 'restore' } },
    );
    expect(at(passages, 1).reply).toEqual(resultReply({ tools: [search, order] }));
    expect(at(passages, 2).passed).toBeDefined();
    expect(verdicts.map(({ action }) => action)).toEqual(['redact']);
  });
});

describe('everything else that is listed', () => {
  test.each([
    { list: 'prompts/list', member: 'prompts', key: 'name', use: 'prompts/get', noun: 'prompt' },
    { list: 'resources/list', member: 'resources', key: 'uri', use: 'resources/read', noun: 'resource' },
  ])('$noun: a change is withheld, and so is its use', async ({ list, member, key, use, noun }) => {
    const item = (description: string): JsonObject => ({ [key]: 'a:b', name: 'a:b', description });
    const { passages, reasons } = await run(pinning, [
      hostRequest(list, {}, { [member]: [item('honest')] }),
      hostRequest(list, {}, { [member]: [item('hostile')] }),
      hostRequest(use, { [key]: 'a:b' }, {}),
    ]);
    expect(at(passages, 1).reply).toEqual(resultReply({ [member]: [] }));
    expect(at(passages, 2).reply).toMatchObject({ kind: 'error' });
    expect(reasons[0]).toContain(
      `the ${noun} "a:b" of shop has changed since first sight: /description was "honest"`,
    );
  });

  test('templates and what they complete', async () => {
    const { passages } = await run(pinning, [
      hostRequest('resources/templates/list', {}, { resourceTemplates: [] }),
      hostRequest(
        'resources/templates/list',
        {},
        { resourceTemplates: [{ uriTemplate: 'a:{b}', name: 'x' }] },
      ),
      hostRequest(
        'completion/complete',
        { ref: { type: 'ref/resource', uri: 'a:{b}' } },
        { completion: { values: [] } },
      ),
    ]);
    expect(at(passages, 1).reply).toEqual(resultReply({ resourceTemplates: [] }));
    expect(at(passages, 2).passed).toBeUndefined();
  });

  test('the identity in results of the 2026 era', async () => {
    const named = (name: string): JsonObject => ({
      _meta: { 'io.modelcontextprotocol/serverInfo': { name } },
    });
    const { last, reasons } = await run(pinning, [
      listing([search], named('shop')),
      listing([search], named('bank')),
    ]);
    expect(last.reply).toEqual(resultReply({ tools: [search], ...named('shop') }));
    expect(reasons[0]).toContain('was {"name":"shop"}, is now {"name":"bank"}');
  });
});

describe('questions to the user', () => {
  /** A call of `order`, and what the service asks meanwhile. */
  const during = (args: JsonObject, params: JsonObject) => ({ args, params });

  async function asks(rounds: readonly ReturnType<typeof during>[], parameters: JsonObject) {
    const watched = start(pinning, 'enforce', parameters);
    const tap = watched.tap();
    const { context } = await run(pinning, [listing([search])]);
    const shown: boolean[] = [];
    for (const [index, { args, params }] of rounds.entries()) {
      const service = async () => {
        const request = { id: `shop#${index}q`, method: 'elicitation/create', params };
        const host = () => Promise.resolve(resultReply({ action: 'accept' }));
        const reply = await tap.serviceRequest?.(host)(request, context);
        shown.push(reply?.kind === 'result' && reply.result['action'] === 'accept');
        return resultReply({ content: [] });
      };
      const request = {
        id: `shop#${index}`,
        method: 'tools/call',
        params: { name: 'order', arguments: args },
      };
      await tap.hostRequest?.(service)(request, context);
    }
    return { shown, verdicts: watched.verdicts };
  }

  test('are what the tool asked at its first call, but for numbers and values of the call', async () => {
    const { shown, verdicts } = await asks(
      [
        during({ to: 'Kim' }, { message: 'Send 3 cups to Kim?' }),
        during({ to: 'Alex' }, { message: 'Send 40 cups to Alex?' }),
        during({ to: 'Kim' }, { message: 'Send 3 cups to Eve?' }),
      ],
      {},
    );
    expect(shown).toEqual([true, true, false]);
    expect(verdicts).toMatchObject([{ action: 'block', score: 1 }]);
    expect(verdicts[0]?.reason).toContain(
      'the tool "order" of shop asks something else than at first sight: /message',
    );
  });

  test('are those of the lockfile', async () => {
    const locked = await asks([during({}, question), during({}, { message: 'Your password?' })], {
      lockfile,
    });
    expect(locked.shown).toEqual([true, false]);
  });

  test('of a tool that asked nothing at first are additions', async () => {
    const { last, verdicts } = await run(pinning, [call('order'), ask({ message: 'Sure?' })]);
    // No call is under way, so nobody knows which tool asks: what a service asks by itself is learned once.
    expect(last.passed).toBeDefined();
    expect(verdicts).toEqual([]);
    const twice = await run(pinning, [ask({ message: 'Sure?' }), ask({ message: 'Your password?' })]);
    expect(twice.passages.map(({ passed }) => passed !== undefined)).toEqual([true, false]);
    const quiet = write(createLock([{ ...sight, questions: [] }]));
    const withheld = await asks([during({}, question)], { lockfile: quiet });
    expect(withheld.shown).toEqual([false]);
    const reported = await asks([during({}, question), during({}, question)], {
      lockfile: quiet,
      additions: 'report',
    });
    expect(reported.shown).toEqual([true, true]);
    expect(reported.verdicts).toMatchObject([{ action: 'allow', score: 0.9 }]);
  });
});
