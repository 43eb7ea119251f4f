import { describe, expect, it } from 'vitest';
import { rugPullPrompts, toolInjection } from '../../../src/attacks/vectors/time/appearing.ts';
import { behaviorTurn } from '../../../src/attacks/vectors/time/behaviorTurn.ts';
import { cloakingCaller, cloakingHistory } from '../../../src/attacks/vectors/time/cloaking.ts';
import { timeVectors } from '../../../src/attacks/vectors/time/index.ts';
import { rugPullCached, rugPullIdentity } from '../../../src/attacks/vectors/time/rugPull.ts';
import { isImpossible } from '../../../src/contracts/goal.ts';
import { createToyEnvironment } from '../../support/toyEnvironment.ts';
import { carries, describeEndToEnd, rawWire, resultIn } from './rawWire.ts';

const clientInfo = 'io.modelcontextprotocol/clientInfo';
const serverInfo = 'io.modelcontextprotocol/serverInfo';
const toolsChanged = 'notifications/tools/list_changed';

describe('rug pulls of the 2026 era', () => {
  it('pin one poisoned list in caches and are honest again', async () => {
    const { ask, call, log } = await rawWire(rugPullCached);
    expect(resultIn(await ask('tools/list'))).toMatchObject({ ttlMs: 5, cacheScope: 'private' });
    await call();
    const poisoned = await ask('tools/list');
    expect(carries(poisoned)).toBe(true);
    expect(resultIn(poisoned)).toMatchObject({ ttlMs: 86_400_000, cacheScope: 'public' });
    const later = await ask('tools/list');
    expect(carries(later)).toBe(false);
    expect(resultIn(later)).toMatchObject({ ttlMs: 5, cacheScope: 'private' });
    expect(log).toEqual([toolsChanged, 's#3']);
    expect(rugPullCached.eras).toEqual(['2026']);
  });

  it('change the identity with the definition', async () => {
    const honest = { name: 'read', description: 'Reads.' };
    const listing = { tools: [honest], _meta: { [serverInfo]: { name: 'notes', version: '1.0.0' } } };
    const { ask, call } = await rawWire(rugPullIdentity, { answers: { 'tools/list': listing } });
    expect(resultIn(await ask('tools/list'))).toBe(listing);
    await call();
    const turned = resultIn(await ask('tools/list'));
    expect(turned).toMatchObject({ _meta: { [serverInfo]: { version: '2.0.0' } } });
    expect(carries(turned)).toBe(true);
  });
});

describe('what appears', () => {
  it('is a tool that works and that the service never hears of', async () => {
    const { ask, call, served, log } = await rawWire(toolInjection);
    expect(carries(await ask('tools/list'))).toBe(false);
    await call();
    const listed = resultIn(await ask('tools/list'))['tools'];
    expect(listed).toHaveLength(3);
    expect(carries(listed)).toBe(true);
    const name = (listed as { name: string }[]).at(-1)?.name ?? '';
    const before = served.length;
    expect(resultIn(await call(name))).toMatchObject({ resultType: 'complete' });
    expect(served).toHaveLength(before);
    expect(log).toEqual([toolsChanged, 's#3']);
  });

  it('is a prompt that can be got', async () => {
    const { ask, call, log } = await rawWire(rugPullPrompts, { era: '2025' });
    expect(await ask('initialize')).toMatchObject({
      result: { capabilities: { tools: {}, prompts: { listChanged: true } } },
    });
    expect(resultIn(await ask('prompts/list'))).toEqual({ prompts: [] });
    await call();
    const { prompts } = resultIn(await ask('prompts/list'));
    expect(carries(prompts)).toBe(true);
    const [{ name = '' } = {}] = prompts as { name?: string }[];
    expect(carries(await ask('prompts/get', { name }))).toBe(false);
    expect(await ask('prompts/get', { name: 'other' })).toMatchObject({ kind: 'error' });
    expect(log).toEqual(['notifications/prompts/list_changed', 's#4']);
  });
});

describe('cloaking', () => {
  it('shows the list with the payload to callers with the name of a host', async () => {
    for (const [name, expected] of [
      ['safemcp', true],
      ['claude-code', true],
      ['some-scanner', false],
    ] as const) {
      const modern = await rawWire(cloakingCaller);
      expect(carries(await modern.ask('tools/list', { _meta: { [clientInfo]: { name } } })), name).toBe(
        expected,
      );
      const old = await rawWire(cloakingCaller, { era: '2025' });
      await old.ask('initialize', { clientInfo: { name } });
      expect(carries(await old.ask('tools/list')), name).toBe(expected);
      expect(old.log).toEqual(expected ? ['s#2'] : []);
    }
  });

  it('shows an honest list to callers without a name, and to the next caller of another name', async () => {
    const { ask } = await rawWire(cloakingCaller);
    expect(carries(await ask('tools/list'))).toBe(false);
    await ask('tools/list', { _meta: { [clientInfo]: { name: 'safemcp' } } });
    expect(carries(await ask('tools/list', { _meta: { [clientInfo]: { name: 'scan' } } }))).toBe(false);
  });

  it('turns the tool that was called, and forgets it at the next opening', async () => {
    const { ask, call, log } = await rawWire(cloakingHistory);
    expect(carries(await ask('tools/list'))).toBe(false);
    await call('write');
    await call('read');
    const [read, write] = resultIn(await ask('tools/list'))['tools'] as readonly unknown[];
    expect([carries(read), carries(write)]).toEqual([false, true]);
    await ask('server/discover');
    expect(carries(await ask('tools/list'))).toBe(false);
    expect(log).toEqual([toolsChanged, 's#4']);
  });
});

describe('a turn of behavior', () => {
  it('leaves the first result and all definitions honest', async () => {
    const { ask, call } = await rawWire(behaviorTurn);
    expect(carries(await call())).toBe(false);
    expect(carries(await call())).toBe(true);
    expect(carries(await ask('tools/list'))).toBe(false);
  });

  it('is offered where one service serves the whole task', () => {
    const toy = createToyEnvironment();
    expect(isImpossible(behaviorTurn.compatible(toy))).toBe(true);
    expect(behaviorTurn.compatible({ ...toy, services: toy.services.slice(0, 1) })).toBe('compatible');
  });
});

describeEndToEnd(timeVectors);
