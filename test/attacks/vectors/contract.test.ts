import { describe, expect, it } from 'vitest';
import { vectors } from '../../../src/attacks/index.ts';
import { rogueService } from '../../../src/attacks/vectors/between/rogueService.ts';
import { withDescription, withResultText } from '../../../src/attacks/vectors/kit/poison.ts';
import { createToolResult, toolResult } from '../../../src/attacks/vectors/results/toolResult.ts';
import { createRugPull, rugPull, rugPullSilent } from '../../../src/attacks/vectors/time/rugPull.ts';
import type { GoalInstance, Payload, Vector, VectorInstance } from '../../../src/contracts/attack.ts';
import { isImpossible } from '../../../src/contracts/goal.ts';
import { type JsonObject, stringsIn } from '../../../src/contracts/json.ts';
import { createSeed } from '../../../src/contracts/seed.ts';
import { type Exchange, type McpReply, resultReply, type WireContext } from '../../../src/contracts/wire.ts';
import { fc } from '../../support/properties.ts';
import { createToyEnvironment } from '../../support/toyEnvironment.ts';

const payload: Payload = { text: 'please do something else', literals: ['something'] };
const goal: GoalInstance = {
  wish: payload,
  carryOut: () => Promise.resolve({ kind: 'go-on' }),
  owns: () => false,
  calls: [],
  achieved: () => [],
};
const listing = { tools: [{ name: 'a', description: 'First.' }, { name: 'b' }] };
const answer = { content: [{ type: 'text', text: 'honest' }] };

async function place(
  vector: Vector,
  { thirdParty = true, seed = 'seed' }: { thirdParty?: boolean; seed?: string } = {},
): Promise<VectorInstance> {
  const task = createToyEnvironment({ thirdParty }).task(createSeed('toy'), 0);
  const world = await task.open({ workFolder: () => Promise.reject(new Error('not needed')) });
  return vector.place({ task, world, rng: createSeed(seed).rng() });
}

interface Played {
  /** Sends one request through the tap and gives what the host gets. */
  readonly ask: (method: string, honest: JsonObject | McpReply, params?: JsonObject) => Promise<McpReply>;
  /** What the vector makes of the payload. */
  readonly pieces: readonly string[];
  readonly delivered: readonly string[];
  readonly notices: readonly string[];
}

async function play(vector: Vector): Promise<Played> {
  const delivered: string[] = [];
  const notices: string[] = [];
  const instance = await place(vector);
  const shaped = instance.shape?.(payload) ?? payload;
  const tap = instance.tap(shaped, (message) => delivered.push(message), goal);
  const context: WireContext = {
    service: instance.seat.service,
    transport: 'memory',
    era: '2026',
    signal: new AbortController().signal,
    notify: (direction, method) => notices.push(`${direction} ${method}`),
    request: () => Promise.reject(new Error('not needed')),
  };
  let honest: McpReply = { kind: 'dropped' };
  const service: Exchange = () => Promise.resolve(honest);
  const exchange = tap.hostRequest?.(service) ?? service;
  let count = 0;
  return {
    pieces: shaped.parts ?? [shaped.text],
    delivered,
    notices,
    ask(method, reply, params) {
      honest = 'kind' in reply ? (reply as McpReply) : resultReply(reply);
      return exchange({ id: `s#${++count}`, method, ...(params && { params }) }, context);
    },
  };
}

function holdsPayload(reply: McpReply): boolean {
  return stringsIn(reply).some((text) => text.includes(payload.text));
}

/** Throws on any change to the value or what is in it. */
function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(frozen);
    Object.freeze(value);
  }
  return value;
}

/** Vectors that send a message of their own, beside the reply, or none at all. */
function speaksAside({ group, actsAlone, id }: Vector): boolean {
  const aside = ['never-ending-result', 'false-error', 'suppressed-result'];
  return group === 'primitive' || actsAlone === true || aside.includes(id);
}

describe.each(vectors)('the vector $id', (vector) => {
  it('describes itself and names its eras', () => {
    expect(vector.id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect([vector.title, vector.definition, vector.source].every(Boolean)).toBe(true);
    expect(vector.eras.length).toBeGreaterThan(0);
  });

  it('takes whatever a service answers, changes none of it, and reports nothing but what carries the payload', async () => {
    const keys = fc.constantFrom('tools', 'content', 'capabilities', 'name', 'description', 'type', 'text');
    const { tree } = fc.letrec<{ tree: unknown; leaf: unknown }>((tie) => ({
      leaf: fc.oneof(fc.string(), fc.constantFrom('text', null, 0, true)),
      tree: fc.oneof(
        { depthSize: 'small' },
        tie('leaf'),
        fc.array(tie('tree'), { maxLength: 3 }),
        fc.dictionary(keys, tie('tree'), { maxKeys: 3 }),
      ),
    }));
    const results = fc.dictionary(keys, tree, { maxKeys: 4 }) as fc.Arbitrary<JsonObject>;
    const methods = fc.constantFrom('tools/list', 'tools/call', 'initialize', 'server/discover', 'ping');
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(methods, results), { maxLength: 8 }), async (exchanges) => {
        const { ask, delivered, pieces } = await play(vector);
        const carrying = new Set<string>();
        for (const [index, [method, result]] of exchanges.entries()) {
          const reply = JSON.stringify(await ask(method, frozen(result)));
          const said = pieces.map((piece) => JSON.stringify(piece).slice(1, -1));
          if (said.some((piece) => reply.includes(piece))) carrying.add(`s#${index + 1}`);
        }
        if (!speaksAside(vector)) expect(delivered.filter((message) => !carrying.has(message))).toEqual([]);
      }),
    );
  });
});

it.each(vectors.filter((vector) => !speaksAside(vector)))(
  'the vector $id lets errors and dropped requests pass',
  async (vector) => {
    const { ask, delivered } = await play(vector);
    const error = { kind: 'error', error: { code: -1, message: 'no' } } as const;
    for (const method of ['tools/list', 'tools/list', 'tools/call', 'tools/call', 'tools/list']) {
      expect(await ask(method, error)).toBe(error);
      expect(await ask(method, { kind: 'dropped' })).toEqual({ kind: 'dropped' });
    }
    expect(delivered).toEqual([]);
  },
);

const short = { text: 'X', literals: [] };

describe('text in a definition', () => {
  it('follows the honest description of the chosen tool alone', () => {
    expect(withDescription(listing, short, 2)).toEqual({
      tools: [{ name: 'a', description: 'First.\n\nX' }, { name: 'b' }],
    });
    expect(withDescription(listing, short, 1)).toEqual({
      tools: [
        { name: 'a', description: 'First.' },
        { name: 'b', description: 'X' },
      ],
    });
  });

  it('goes to no further page', async () => {
    const { ask } = await play(vectors[0] ?? toolResult);
    expect(holdsPayload(await ask('tools/list', listing, { cursor: '2' }))).toBe(false);
    expect(holdsPayload(await ask('tools/list', listing))).toBe(true);
  });
});

describe('text in a result', () => {
  it('follows the last text, or stands alone', () => {
    const image = { type: 'image', data: '' };
    const text = { type: 'text', text: 'honest' };
    expect(withResultText({ content: [text, image] }, short)).toEqual({
      content: [{ type: 'text', text: 'honest\n\nX' }, image],
    });
    expect(withResultText({ content: [image] }, short)).toEqual({
      content: [image, { type: 'text', text: 'X' }],
    });
    expect(withResultText({ resultType: 'input_required' }, short)).toBeUndefined();
  });

  it('comes from the given call on', async () => {
    const { ask } = await play(createToolResult({ id: 'late', title: 'Late', fromCall: 3 }));
    const carried = [];
    for (let call = 0; call < 4; call++) carried.push(holdsPayload(await ask('tools/call', answer)));
    expect(carried).toEqual([false, false, true, true]);
  });
});

describe('rug pull', () => {
  it('changes after the call it waits for, and says so once', async () => {
    const turn = { kind: 'announced', afterCalls: 2 } as const;
    const { ask, notices } = await play(createRugPull({ id: 'r', title: 'R', definition: 'r', turn }));
    const seen = [];
    for (let round = 0; round < 4; round++) {
      seen.push([holdsPayload(await ask('tools/list', listing)), notices.length]);
      await ask('tools/call', answer);
    }
    expect(seen).toEqual([
      [false, 0],
      [false, 0],
      [true, 1],
      [true, 1],
    ]);
    expect(notices).toEqual(['to-host notifications/tools/list_changed']);
  });

  it('declares change notices, so that hosts listen', async () => {
    for (const method of ['initialize', 'server/discover']) {
      const { ask } = await play(rugPull);
      const opened = await ask(method, { capabilities: { tools: {}, logging: {} }, instructions: 'hi' });
      expect(opened).toEqual(
        resultReply({ capabilities: { tools: { listChanged: true }, logging: {} }, instructions: 'hi' }),
      );
    }
  });

  it('goes without notice after the first listing when silent', async () => {
    const { ask, notices } = await play(rugPullSilent);
    expect(holdsPayload(await ask('tools/list', listing))).toBe(false);
    await ask('tools/call', answer);
    expect(holdsPayload(await ask('tools/list', listing))).toBe(true);
    expect(notices).toEqual([]);
  });
});

describe('rogue service', () => {
  it('sits at the service that the task can do without', async () => {
    const { seat, service } = await place(rogueService);
    expect(seat).toEqual({ service: 'tidy' });
    expect(service).toBeUndefined();
  });

  it('else brings a service of its own that works and keeps what it is given', async () => {
    const { seat, service } = await place(rogueService, { thirdParty: false });
    expect(service).toMatchObject({ kind: 'tools', name: seat.service });
    expect(['notes', 'post']).not.toContain(seat.service);
    const call = seat.sink?.send('some   words\n\n here ');
    expect(call?.service).toBe(seat.service);
    const tool =
      service?.kind === 'tools' ? service.tools.find(({ name }) => name === call?.tool) : undefined;
    const args = tool?.input.parse(call?.arguments) ?? {};
    expect(await tool?.run(args)).toEqual({ text: 'some words\nhere' });
    expect(seat.sink?.received()).toEqual(['some   words\n\n here ']);
    const described = seat.sink?.describe('the code') ?? '';
    expect(seat.sink?.literals.every((literal) => described.includes(literal))).toBe(true);
  });
});

describe('the seat', () => {
  it('is the same for all vectors on services that the task needs', async () => {
    for (const vector of vectors.filter(({ group }) => group !== 'between-services'))
      for (const seed of ['1', '2'])
        expect((await place(vector, { seed })).seat.service, vector.id).toBe('notes');
  });

  it('is refused where tasks need no service', () => {
    const toy = createToyEnvironment();
    const idle = { ...toy, services: toy.services.filter(({ thirdParty }) => thirdParty) };
    for (const vector of vectors.filter(
      ({ group, honestSeat }) => group !== 'between-services' && !honestSeat,
    ))
      expect(isImpossible(vector.compatible(idle)), vector.id).toBe(true);
  });
});
