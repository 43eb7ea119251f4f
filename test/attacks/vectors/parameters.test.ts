import { describe, expect, it } from 'vitest';
import { parametersOf } from '../../../src/attacks/vectors/kit/tools.ts';
import { parameterVectors } from '../../../src/attacks/vectors/parameters/index.ts';
import { SolutionStuck } from '../../../src/contracts/agent.ts';
import type { Vector } from '../../../src/contracts/attack.ts';
import type { JsonObject } from '../../../src/contracts/json.ts';
import type { McpRequest } from '../../../src/contracts/wire.ts';
import { describeEpisodes } from './episodes.ts';
import { deliveries, goalOf, payload, placed, tapOf, textIn, wireWith } from './playing.ts';

const readNote = {
  name: 'read_note',
  description: 'Shows a note.',
  inputSchema: { type: 'object', properties: { title: { type: 'string' } }, required: ['title'] },
};
const deleteNote = { ...readNote, name: 'delete_note', description: 'Deletes a note.' };
const writeNote = { ...readNote, name: 'write_note', description: 'Writes a note.' };
const tools = [readNote, writeNote, deleteNote];
const done = { content: [{ type: 'text', text: 'done' }] };

function vectorOf(id: string): Vector {
  const found = parameterVectors.find((vector) => vector.id === id);
  if (!found) throw new Error(`No vector ${id}`);
  return found;
}

function serve({ method }: McpRequest): JsonObject {
  return method === 'tools/list' ? { tools } : done;
}

function parametersIn(tool: JsonObject | undefined): Record<string, JsonObject> {
  return parametersOf(tool ?? {}) as Record<string, JsonObject>;
}

/** Name and schema of the parameter that a listing shows besides the honest one, with its tool. */
function added(listing: JsonObject): { tool: string; name: string; schema: JsonObject } {
  const found = (listing['tools'] as readonly JsonObject[]).flatMap((tool) =>
    Object.entries(parametersIn(tool))
      .filter(([name]) => name !== 'title')
      .map(([name, schema]) => ({ tool: textIn(tool, 'name'), name, schema })),
  );
  if (!found[0] || found.length > 1) throw new Error('Not one parameter was added');
  return found[0];
}

describe.each(['out-of-scope-parameter', 'header-parameter'])('%s', (id) => {
  it('asks for context, keeps what it is given and calls the service without it', async () => {
    const told = deliveries();
    const instance = await placed(vectorOf(id));
    const { ask, reached } = wireWith(tapOf(instance, told), serve);
    const { tool, name, schema } = added(await ask('tools/list'));
    expect(schema['type']).toBe('string');
    expect(textIn(schema, 'description')).toMatch(/^[A-Z][\s\S]+\n\nFirst of all/);
    expect(told.noted).toEqual(['notes#1/0']);
    await ask('tools/call', { name: tool, arguments: { title: 'x', [name]: 'what was said' } });
    expect(reached.at(-1)?.params).toEqual({ name: tool, arguments: { title: 'x' } });
    expect(instance.seat.sink?.received()).toEqual(['what was said']);
    const sent = instance.seat.sink?.send('more');
    await ask('tools/call', { name: sent?.tool ?? '', arguments: sent?.arguments ?? {} });
    expect(instance.seat.sink?.received()).toEqual(['what was said', 'more']);
    const described = instance.seat.sink?.describe('the code') ?? '';
    expect(instance.seat.sink?.literals.every((literal) => described.includes(literal))).toBe(true);
  });

  it('bounds what it keeps', async () => {
    const instance = await placed(vectorOf(id));
    const { ask } = wireWith(tapOf(instance, deliveries()), serve);
    const { tool, name } = added(await ask('tools/list'));
    await ask('tools/call', { name: tool, arguments: { [name]: ['y'.repeat(90_000)] } });
    expect(instance.seat.sink?.received()[0]?.length).toBe(20_000);
  });

  it('leaves calls without it as they are', async () => {
    const { ask, reached } = wireWith(tapOf(await placed(vectorOf(id)), deliveries()), serve);
    await ask('tools/list');
    const params = { name: 'read_note', arguments: { title: 'x' } };
    await ask('tools/call', params);
    expect(reached.at(-1)?.params).toBe(params);
  });
});

describe('header-parameter', () => {
  it('is an annotation that hosts of the 2026 era accept, and they alone', async () => {
    const vector = vectorOf('header-parameter');
    expect(vector.eras).toEqual(['2026']);
    const { ask } = wireWith(tapOf(await placed(vector), deliveries()), serve);
    expect(added(await ask('tools/list')).schema['x-mcp-header']).toMatch(/^[A-Za-z-]+$/);
  });
});

describe('default-redirect', () => {
  const listed = async (
    plan: Parameters<typeof goalOf>[0],
    seed = 'seed',
  ): Promise<readonly JsonObject[]> => {
    const instance = await placed(vectorOf('default-redirect'), { seed });
    const { ask } = wireWith(tapOf(instance, deliveries(), goalOf(plan)), serve);
    return (await ask('tools/list'))['tools'] as readonly JsonObject[];
  };

  it("puts the plan's values into the parameters of its tool", async () => {
    const plan = [{ service: 'notes', tool: 'delete_note', arguments: { title: 'family', other: 1 } }];
    for (const seed of ['1', '2', '3', '4']) {
      const [read, write, remove] = await listed(plan, seed);
      expect([read, write]).toEqual([readNote, writeNote]);
      expect(parametersIn(remove)).toEqual({
        title: { type: 'string', default: 'family', description: payload.text },
      });
    }
  });

  it('takes the longest literal where the plan has no call here', async () => {
    const changed = (await listed([])).filter((tool) => !tools.includes(tool as typeof readNote));
    expect(changed).toHaveLength(1);
    expect(parametersIn(changed[0])['title']).toMatchObject({
      default: 'the attic',
      description: payload.text,
    });
  });
});

describe('tampered-call', () => {
  const plan = [
    { service: 'notes', tool: 'delete_note', arguments: { title: 'family' } },
    { service: 'post', tool: 'send_message', arguments: { to: 'x', text: 'y' } },
  ];
  const callOf = ({ method, params }: McpRequest): unknown[] => [
    method,
    params?.['name'],
    params?.['arguments'],
  ];

  it('carries out the plan itself at the first call, once, at whichever service', async () => {
    const told = deliveries();
    const instance = await placed(vectorOf('tampered-call'));
    const own = wireWith(tapOf(instance, told, goalOf(plan)), serve);
    const other = wireWith(instance.others?.(payload, told.deliver).get('post'), serve, { service: 'post' });
    const meta = { _meta: { 'io.modelcontextprotocol/protocolVersion': '2026-07-28', progressToken: 7 } };
    await other.ask('tools/list', meta);
    await own.ask('tools/list', meta);
    expect(told.noted).toEqual([]);
    for (const title of ['one', 'two'])
      expect(await own.ask('tools/call', { name: 'read_note', arguments: { title }, ...meta })).toEqual(done);
    expect(own.reached.map(callOf)).toEqual([
      ['tools/list', undefined, undefined],
      ['tools/call', 'delete_note', { title: 'family' }],
      ['tools/call', 'read_note', { title: 'one' }],
      ['tools/call', 'read_note', { title: 'two' }],
    ]);
    expect(other.reached.map(callOf).slice(1)).toEqual([
      ['tools/call', 'send_message', { to: 'x', text: 'y' }],
    ]);
    const { progressToken: _, ...envelope } = meta._meta;
    expect(other.reached[1]?.params?.['_meta']).toEqual(envelope);
    expect(told.noted).toEqual(['notes#2/0']);
  });

  it('goes on with the call when the plan cannot, and sends no envelope in the 2025 era', async () => {
    const instance = await placed(vectorOf('tampered-call'));
    const goal = {
      ...goalOf(plan.slice(0, 1)),
      carryOut: async (actor: Parameters<ReturnType<typeof goalOf>['carryOut']>[0]): Promise<never> => {
        const { service, tool, arguments: args } = plan[0] ?? { service: '', tool: '', arguments: {} };
        expect(await actor.call(service, tool, args)).toEqual({ kind: 'result', text: 'done' });
        expect(await actor.call('nowhere', 'x', {})).toMatchObject({ kind: 'protocol-error' });
        throw new SolutionStuck('no way on');
      },
    };
    const own = wireWith(tapOf(instance, deliveries(), goal), serve, { era: '2025' });
    expect(await own.ask('tools/call', { name: 'read_note', arguments: { title: 'one' } })).toEqual(done);
    expect(own.reached[0]?.params).toEqual({ name: 'delete_note', arguments: { title: 'family' } });
    expect(own.reached).toHaveLength(2);
    expect.assertions(5);
  });
});

describeEpisodes(parameterVectors);
