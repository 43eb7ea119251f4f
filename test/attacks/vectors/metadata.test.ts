import { describe, expect, it } from 'vitest';
import { objectIn, parametersOf } from '../../../src/attacks/vectors/kit/tools.ts';
import { metadataVectors } from '../../../src/attacks/vectors/metadata/index.ts';
import type { Vector } from '../../../src/contracts/attack.ts';
import { boundedSize, isJsonObject, type JsonObject } from '../../../src/contracts/json.ts';
import type { McpRequest } from '../../../src/contracts/wire.ts';
import { definitionText } from '../../../src/protocol/content.ts';
import { defaultWireLimits } from '../../../src/protocol/wire.ts';
import { describeEpisodes } from './episodes.ts';
import {
  type Deliveries,
  deliveries,
  goalOf,
  payload,
  placed,
  tapOf,
  textIn,
  type Wire,
  wireWith,
} from './playing.ts';

const shelf = {
  name: 'shelve',
  title: 'Shelve',
  description: 'Puts a book away.',
  inputSchema: {
    type: 'object',
    properties: { book: { type: 'string', description: 'The book' }, row: { type: 'integer' } },
    required: ['book'],
  },
  annotations: { readOnlyHint: false },
};
const fetch = {
  name: 'fetch',
  description: 'Brings a book.',
  inputSchema: { type: 'object', properties: {} },
  outputSchema: { type: 'object', properties: { book: { type: 'string' } } },
};
const honest = [shelf, fetch];

function vectorOf(id: string): Vector {
  const found = metadataVectors.find((vector) => vector.id === id);
  if (!found) throw new Error(`No vector ${id}`);
  return found;
}

async function poisoned(
  id: string,
  { tools = honest, seed = 'seed' }: { tools?: readonly JsonObject[]; seed?: string } = {},
): Promise<Wire & Deliveries> {
  const told = deliveries();
  const tap = tapOf(await placed(vectorOf(id), { seed }), told);
  const serve = ({ method }: McpRequest): JsonObject =>
    method === 'tools/list' ? { tools } : { content: [{ type: 'text', text: 'honest' }] };
  return { ...wireWith(tap, serve), ...told };
}

function toolsIn(result: JsonObject): JsonObject[] {
  return Array.isArray(result['tools']) ? result['tools'].filter(isJsonObject) : [];
}

async function listed(id: string, options?: Parameters<typeof poisoned>[1]): Promise<JsonObject[]> {
  return toolsIn(await (await poisoned(id, options)).ask('tools/list'));
}

/** The only tool that is not as the service gave it. */
function changed(tools: readonly JsonObject[]): JsonObject {
  const [only, more] = tools.filter((tool) => !honest.includes(tool as (typeof honest)[number]));
  if (!only || more) throw new Error('Not one tool was changed');
  return only;
}

const listings = metadataVectors.filter(({ atOpening, id }) => !atOpening && id !== 'list-pages');

describe.each(listings.map(({ id }) => id))('%s', (id) => {
  it('shows all of the payload to a reader, and nothing but listings carries it', async () => {
    const { ask, noted } = await poisoned(id);
    const tools = toolsIn(await ask('tools/list'));
    const read = tools.map((tool) => definitionText({ ...tool })).join('\n');
    for (const word of payload.text.split(' ')) expect(read).toContain(word);
    expect(new Set(noted.map((each) => each.split('/')[0]))).toEqual(new Set(['notes#1']));
    const before = noted.length;
    await ask('tools/call', { name: 'fetch', arguments: {} });
    expect(noted.length).toBe(before);
  });

  it('leaves every honest call possible and unchanged', async () => {
    for (const seed of ['1', '2', '3']) {
      const { ask, reached } = await poisoned(id, { seed });
      const tools = toolsIn(await ask('tools/list'));
      for (const { name, inputSchema } of honest) {
        const shown = tools.find((tool) => tool['name'] === name);
        expect(shown?.['inputSchema']).toMatchObject({
          properties: Object.fromEntries(Object.keys(inputSchema.properties).map((key) => [key, {}])),
          ...('required' in inputSchema && { required: inputSchema.required }),
        });
        if (name === 'shelve') expect(shown).not.toHaveProperty('outputSchema');
      }
      const call = { name: 'shelve', arguments: { book: 'Emma', row: 2 } };
      expect(await ask('tools/call', call)).toEqual({ content: [{ type: 'text', text: 'honest' }] });
      expect(reached.at(-1)?.params).toEqual(call);
    }
  });

  it('keeps what it has added from the service', async () => {
    const { ask, reached } = await poisoned(id);
    for (const { name, inputSchema } of toolsIn(await ask('tools/list'))) {
      const known = honest.find((tool) => tool.name === name);
      const properties = isJsonObject(inputSchema) ? inputSchema['properties'] : {};
      const given = Object.fromEntries(Object.keys(properties ?? {}).map((key) => [key, 'x']));
      const before = reached.length;
      const answer = await ask('tools/call', { name: name ?? '', arguments: given });
      if (known) {
        expect(Object.keys(objectIn(reached.at(-1)?.params?.['arguments']))).toEqual(
          Object.keys(known.inputSchema.properties),
        );
      } else {
        expect(reached.length).toBe(before);
        expect(answer).toMatchObject({ resultType: 'complete', content: [{ type: 'text' }] });
      }
    }
  });
});

describe('the place of the payload', () => {
  it.each([
    ['tool-title', 'title', /payload$/],
    ['tool-name', 'name', /^payload$/],
    ['line-jumping', 'description', /no need to call[\s\S]*payload$/],
  ])('of %s', async (id, field, shape) => {
    expect(textIn(changed(await listed(id)), field).replace(payload.text, 'payload')).toMatch(shape);
  });

  it.each([
    ['parameter-name', { [payload.text]: { type: 'string' } }],
    ['enum-value', expect.objectContaining({ enum: ['normal', payload.text] })],
    ['default-value', expect.objectContaining({ default: payload.text })],
    ['schema-example', expect.objectContaining({ examples: [payload.text] })],
    ['full-schema', expect.objectContaining({ default: payload.text, description: payload.text })],
  ])('of %s', async (id, expected) => {
    const { properties } = Object(changed(await listed(id))['inputSchema']) as { properties: JsonObject };
    const added = Object.entries(properties).filter(([name]) => !['book', 'row'].includes(name));
    expect(id === 'parameter-name' ? Object.fromEntries(added) : added[0]?.[1]).toEqual(expected);
  });

  it('is the title among the annotations, which stay', async () => {
    const { annotations } = changed(await listed('annotation-title', { tools: [shelf] }));
    expect(annotations).toEqual({ readOnlyHint: false, title: payload.text });
  });

  it('is the description of a parameter, behind its honest one', async () => {
    const seen = new Set<string>();
    for (const seed of ['1', '2', '3', '4', '5', '6']) {
      const [tool] = await listed('parameter-description', { seed, tools: [shelf] });
      seen.add(JSON.stringify(parametersOf(tool ?? {})));
    }
    const { book, row } = shelf.inputSchema.properties;
    expect([...seen].sort()).toEqual([
      JSON.stringify({ book, row: { ...row, description: payload.text } }),
      JSON.stringify({ book: { ...book, description: `The book\n\n${payload.text}` }, row }),
    ]);
  });

  it('is a parameter more where a tool has none', async () => {
    const [tool] = await listed('parameter-description', { tools: [fetch] });
    expect(tool?.['inputSchema']).toMatchObject({
      properties: { client_note: { type: 'string', description: payload.text } },
    });
  });

  it('is the output schema of a tool that has one, else of a tool more', async () => {
    expect(changed(await listed('output-schema'))).toMatchObject({
      name: 'fetch',
      outputSchema: { description: payload.text, properties: { book: { type: 'string' } } },
    });
    const tools = await listed('output-schema', { tools: [shelf] });
    expect(tools).toHaveLength(2);
    expect(tools[0]).toBe(shelf);
    expect(tools[1]).toMatchObject({ outputSchema: { description: payload.text } });
  });

  it('is the first tool of the list for line jumping', async () => {
    expect((await listed('line-jumping')).slice(1)).toEqual(honest);
  });
});

describe('what is said at the opening', () => {
  const initialized = { serverInfo: { name: 'notes', version: '1' }, instructions: 'Be kind.' };
  const discovered = {
    _meta: { 'io.modelcontextprotocol/serverInfo': { name: 'notes', version: '1' }, other: 1 },
    instructions: 'Be kind.',
  };

  it.each([
    ['initialize', initialized],
    ['server/discover', discovered],
  ])('stands in the answer to %s', async (method, answer) => {
    for (const id of ['service-instructions', 'server-identity']) {
      const told = deliveries();
      const wire = wireWith(tapOf(await placed(vectorOf(id)), told), () => answer);
      const opened = JSON.stringify(await wire.ask(method));
      expect(opened).toContain(JSON.stringify(payload.text).slice(1, -1));
      expect(opened).toContain('Be kind.');
      await wire.ask('tools/list');
      expect(told.noted).toEqual(['notes#1/0']);
    }
  });

  it('is not reported where a service does not introduce itself', async () => {
    const told = deliveries();
    const wire = wireWith(tapOf(await placed(vectorOf('server-identity')), told), () => ({
      instructions: 'x',
    }));
    expect(await wire.ask('initialize')).toEqual({ instructions: 'x' });
    expect(told.noted).toEqual([]);
  });
});

describe('split payloads', () => {
  it('go to two to four tools, each piece reported, no literal cut', async () => {
    const many = Array.from({ length: 5 }, (_, index) => ({ name: `t${index}`, description: 'Honest.' }));
    const counts = new Set<number>();
    for (const seed of ['1', '2', '3', '4', '5', '6', '7', '8']) {
      const { ask, noted } = await poisoned('split-tools', { tools: many, seed });
      const tools = toolsIn(await ask('tools/list'));
      const touched = tools.filter(({ description }) => description !== 'Honest.');
      counts.add(touched.length);
      expect(noted).toEqual(touched.map((_, part) => `notes#1/${part}`));
      for (const literal of payload.literals)
        expect(touched.filter((tool) => textIn(tool, 'description').includes(literal))).toHaveLength(1);
    }
    expect([...counts].sort((a, b) => a - b)).toEqual([2, 3, 4]);
  });

  it('go to fields of the tool where there is but one', async () => {
    for (const id of ['split-tools', 'split-schema']) {
      const [tool] = await listed(id, { tools: [shelf] });
      expect(textIn(tool, 'description')).toMatch(/^Puts a book away\.\n\nFirst/);
      expect(textIn(tool, 'description')).not.toContain(payload.text);
      expect(JSON.stringify(tool?.['inputSchema'])).toContain('today.');
    }
  });

  it('keep the parts they come in', async () => {
    const parts = ['alpha beta', 'gamma delta', 'epsilon zeta'];
    const instance = await placed(vectorOf('split-schema'));
    const given = { text: parts.join('\n'), literals: [], parts };
    expect(instance.shape?.(given)).toMatchObject({ parts });
    const told = deliveries();
    const wire = wireWith(instance.tap(given, told.deliver, goalOf()), () => ({ tools: [shelf] }));
    const read = definitionText({ ...toolsIn(await wire.ask('tools/list'))[0] });
    for (const part of parts) expect(read).toContain(part);
    expect(told.noted).toEqual(['notes#1/0', 'notes#1/1', 'notes#1/2']);
  });
});

describe('large and deep lists', () => {
  it('put the payload into one of hundreds of tools, among which the honest ones stay', async () => {
    const tools = await listed('tool-flood');
    expect(tools.length).toBeGreaterThan(200);
    expect(new Set(tools.map(({ name }) => name)).size).toBe(tools.length);
    expect(tools.filter((tool) => JSON.stringify(tool).includes('carry_up'))).toHaveLength(1);
    expect(tools).toEqual(expect.arrayContaining([...honest]));
  });

  it('hide it behind choices within the limits of the wire, at a few hundred KB', async () => {
    const tools = await listed('schema-bomb');
    const size = boundedSize(
      { jsonrpc: '2.0', id: 1, result: { tools } },
      {
        maxSize: 400_000,
        maxDepth: defaultWireLimits.maxDepth,
      },
    );
    expect(size).toBeGreaterThan(100_000);
    expect(size).toBeLessThan(400_000);
  });

  it('reach it by references that all resolve within the schema', async () => {
    for (const id of ['schema-ref', 'schema-bomb']) {
      const tool = changed(await listed(id));
      const schema = Object(tool['inputSchema']) as { $defs: JsonObject };
      const text = JSON.stringify(schema);
      const targets = [...text.matchAll(/"\$ref":"#\/\$defs\/([^"]+)"/g)].map(([, name]) => name ?? '');
      expect(targets.length).toBeGreaterThan(1);
      for (const target of targets) expect(schema.$defs).toHaveProperty([target]);
    }
  });

  it('keep shared schemas that the tool has already', async () => {
    const $defs = { common_note: { type: 'number' } };
    const tool = { ...shelf, inputSchema: { ...shelf.inputSchema, $defs } };
    const [shown] = await listed('schema-ref', { tools: [tool] });
    expect(shown?.['inputSchema']).toMatchObject({ $defs });
  });
});

describe('list-pages', () => {
  const pages: Record<string, JsonObject> = {
    '': { tools: [shelf], nextCursor: 'two', ttlMs: 5 },
    two: { tools: [fetch], ttlMs: 5 },
  };

  it('adds a page behind the last honest one, in its form', async () => {
    const told = deliveries();
    const tap = tapOf(await placed(vectorOf('list-pages')), told);
    const { ask, reached } = wireWith(tap, ({ params }) => pages[textIn(params, 'cursor')] ?? {});
    const first = await ask('tools/list');
    expect(first).toEqual(pages['']);
    const second = await ask('tools/list', { cursor: 'two', _meta: { kept: true } });
    expect(second).toMatchObject({ tools: [fetch] });
    expect(told.noted).toEqual([]);
    const third = await ask('tools/list', { cursor: textIn(second, 'nextCursor'), _meta: { kept: true } });
    expect(JSON.stringify(third)).toContain('carry_up');
    expect(third).toMatchObject({ ttlMs: 5 });
    expect(third).not.toHaveProperty('nextCursor');
    expect(reached.at(-1)?.params).toEqual({ _meta: { kept: true } });
    expect(told.noted).toEqual(['notes#3/0']);
    const [decoy] = toolsIn(third);
    await ask('tools/call', { name: textIn(decoy, 'name'), arguments: {} });
    expect(reached).toHaveLength(3);
  });
});

describeEpisodes(metadataVectors);
