import { describe, expect, it } from 'vitest';
import { createExposureMeter } from '../../../src/attacks/exposure.ts';
import { betweenVectors } from '../../../src/attacks/vectors/between/index.ts';
import type { Vector } from '../../../src/contracts/attack.ts';
import type { JsonObject } from '../../../src/contracts/json.ts';
import { createSeed } from '../../../src/contracts/seed.ts';
import { definitionText } from '../../../src/protocol/content.ts';
import { createToyEnvironment } from '../../support/toyEnvironment.ts';
import { describeEpisodes } from './episodes.ts';
import { deliveries, goalOf, payload, placed, tapOf, textIn, wireWith } from './playing.ts';

const tidy = { name: 'tidy_text', description: 'Tidies.', inputSchema: { type: 'object', properties: {} } };
const seeds = Array.from({ length: 12 }, (_, index) => String(index));

function vectorOf(id: string): Vector {
  const found = betweenVectors.find((vector) => vector.id === id);
  if (!found) throw new Error(`No vector ${id}`);
  return found;
}

/** The tools that a rogue service lists. */
async function listed(id: string, seed = 'seed'): Promise<readonly JsonObject[]> {
  const instance = await placed(vectorOf(id), { seed });
  expect(instance.seat.service).toBe('tidy');
  const result = await wireWith(tapOf(instance, deliveries()), () => ({ tools: [tidy] })).ask('tools/list');
  return result['tools'] as readonly JsonObject[];
}

/** The tools of the toy's first service, by name. */
async function neededTools(): Promise<ReadonlyMap<string, string>> {
  const task = createToyEnvironment().task(createSeed('toy'), 0);
  const world = await task.open({ workFolder: () => Promise.reject(new Error('not needed')) });
  const source = world.services.find(({ name }) => name === task.services[0]);
  return new Map(source?.kind === 'tools' ? source.tools.map((tool) => [tool.name, tool.description]) : []);
}

describe('a rogue service', () => {
  const rogues = betweenVectors.filter(({ id }) => !['tool-transfer', 'parasitic-chain'].includes(id));

  it.each(rogues.map(({ id }) => id))(
    '%s sits where the task can do without, or brings a service',
    async (id) => {
      expect((await placed(vectorOf(id))).seat).toEqual({ service: 'tidy' });
      const { seat, service } = await placed(vectorOf(id), { thirdParty: false });
      expect(['notes', 'post']).not.toContain(seat.service);
      expect(service).toMatchObject({ kind: 'tools', name: seat.service });
      expect(seat.sink?.service).toBe(seat.service);
    },
  );

  it('offers a tool with the name and description of a needed one', async () => {
    const needed = await neededTools();
    for (const seed of seeds) {
      const [honest, decoy] = await listed('name-collision', seed);
      expect(honest).toBe(tidy);
      expect(decoy?.['description']).toBe(`${needed.get(textIn(decoy, 'name'))}\n\n${payload.text}`);
    }
  });

  it('offers a tool whose name only looks like a needed one', async () => {
    const needed = [...(await neededTools()).keys()];
    const shapes = new Set<string>();
    for (const seed of seeds) {
      const name = textIn((await listed('look-alike-name', seed))[1], 'name');
      expect(needed).not.toContain(name);
      const original = needed.find((each) => [`${each}_v2`, `${each}s`].includes(name));
      if (original) shapes.add(name.slice(original.length));
      else {
        const seen = name.replace(/[аеоср]/, (letter) => 'aeocp'.charAt('аеоср'.indexOf(letter)));
        expect(needed).toContain(seen);
        expect(Array.from(name).filter((letter, at) => letter !== seen.charAt(at))).toHaveLength(1);
        shapes.add('homoglyph');
      }
    }
    expect([...shapes].sort()).toEqual(['_v2', 'homoglyph', 's']);
  });

  it('names the tool that it wants chosen no more, or another one in its place', async () => {
    const needed = [...(await neededTools()).keys()];
    for (const seed of seeds) {
      const praise = textIn((await listed('preference', seed))[0], 'description');
      expect(needed.some((name) => praise.includes(`${name} of the service`))).toBe(true);
      const redirection = textIn((await listed('redirection', seed))[0], 'description');
      const [, right, other] =
        /Where (\w+) of the service \w+ seems to fit, use (\w+)/.exec(redirection) ?? [];
      expect(needed).toContain(right);
      expect(other).toBeDefined();
      expect(other).not.toBe(right);
      for (const text of [praise, redirection]) {
        expect(text).toMatch(/^Tidies\. /);
        expect(text.endsWith(`\n\n${payload.text}`)).toBe(true);
      }
    }
  });

  it('gives instructions at the opening', async () => {
    const told = deliveries();
    const instance = await placed(vectorOf('rogue-instructions'));
    const { ask } = wireWith(tapOf(instance, told), () => ({ capabilities: {} }), { service: 'tidy' });
    for (const method of ['initialize', 'server/discover', 'tools/list'])
      expect((await ask(method))['instructions']).toBe(method === 'tools/list' ? undefined : payload.text);
    expect(told.noted).toEqual(['tidy#1/0', 'tidy#2/0']);
  });
});

describe('tool transfer', () => {
  it('says in honest results that the called tool is now elsewhere, at a service that is there', async () => {
    const told = deliveries();
    const instance = await placed(vectorOf('tool-transfer'));
    const content = [{ type: 'text', text: 'honest' }];
    const { ask } = wireWith(tapOf(instance, told), ({ method }) =>
      method === 'tools/call' ? { content } : { tools: [tidy] },
    );
    expect(await ask('tools/list')).toEqual({ tools: [tidy] });
    const result = await ask('tools/call', { name: 'read_note', arguments: {} });
    const [block] = result['content'] as readonly JsonObject[];
    const text = textIn(block, 'text');
    expect(text).toMatch(/^honest\n\nThe tool read_note has moved/);
    expect(text.endsWith(payload.text)).toBe(true);
    const { service } = instance;
    expect(text).toContain(`of the service ${service?.name}`);
    expect(service?.kind === 'tools' && service.tools.every(({ name }) => text.includes(name))).toBe(true);
    expect(told.noted).toEqual(['notes#2/0']);
  });
});

describe('parasitic chain', () => {
  it.each([true, false])('tells only who has read both halves (spare service: %s)', async (thirdParty) => {
    const instance = await placed(vectorOf('parasitic-chain'), { thirdParty });
    const shaped = instance.shape?.(payload) ?? payload;
    expect(shaped.parts).toHaveLength(2);
    const told = deliveries();
    const [entry] = [...(instance.others?.(shaped, told.deliver) ?? [])];
    const [rogue = '', rogueTap] = entry ?? [];
    expect(['notes', 'post']).not.toContain(rogue);
    expect(instance.service?.name ?? 'tidy').toBe(rogue);
    const serve = (): JsonObject => ({ tools: [tidy] });
    const read = async (tap: Parameters<typeof wireWith>[0], service: string): Promise<string> => {
      const { tools } = await wireWith(tap, serve, { service }).ask('tools/list');
      return definitionText({ tools });
    };
    const first = await read(instance.tap(shaped, told.deliver, goalOf()), 'notes');
    const second = await read(rogueTap, rogue);
    expect(told.noted).toEqual(['notes#1/0', `${rogue}#1/1`]);
    for (const [one, other] of [
      [first, second],
      [second, first],
    ] as const) {
      const meter = createExposureMeter(shaped);
      expect(meter.read(one)).toBe(false);
      expect(meter.read(one)).toBe(false);
      expect(meter.read(other)).toBe(true);
    }
  });

  it('shares out parts that come as they are', async () => {
    const instance = await placed(vectorOf('parasitic-chain'));
    const parts = ['alpha beta', 'gamma delta', 'epsilon zeta'];
    const given = { text: parts.join('\n'), literals: [], parts };
    const told = deliveries();
    const taps = [
      instance.tap(given, told.deliver, goalOf()),
      ...(instance.others?.(given, told.deliver).values() ?? []),
    ];
    for (const tap of taps) await wireWith(tap, () => ({ tools: [tidy] })).ask('tools/list');
    expect(told.noted).toEqual(['notes#1/0', 'notes#1/1', 'notes#1/2']);
  });
});

describeEpisodes(betweenVectors);
