import { describe, expect, it } from 'vitest';
import { inPieces } from '../../../src/attacks/vectors/kit/pieces.ts';
import {
  embeddedResource,
  fakeTurnMarkers,
  structuredResult,
  userImpersonation,
} from '../../../src/attacks/vectors/results/blocks.ts';
import { neverEndingResult, oversizedResult } from '../../../src/attacks/vectors/results/floods.ts';
import { resultVectors } from '../../../src/attacks/vectors/results/index.ts';
import { linkContents, resourceLink } from '../../../src/attacks/vectors/results/links.ts';
import { falseError, suppressedResult } from '../../../src/attacks/vectors/results/refusals.ts';
import { retrieval } from '../../../src/attacks/vectors/results/retrieval.ts';
import { splitResults } from '../../../src/attacks/vectors/results/splitResults.ts';
import { isImpossible } from '../../../src/contracts/goal.ts';
import type { JsonValue } from '../../../src/contracts/json.ts';
import type { McpReply } from '../../../src/contracts/wire.ts';
import { environments } from '../../../src/environments/index.ts';
import { attackEpisode } from '../../support/attackEpisode.ts';
import { fc } from '../../support/properties.ts';
import { createToyEnvironment } from '../../support/toyEnvironment.ts';
import { carries, describeEndToEnd, payload, rawWire, resultIn } from './rawWire.ts';

const honestBlock = { type: 'text', text: 'honest' };

function contentOf(reply: McpReply): readonly JsonValue[] {
  const content = resultIn(reply)['content'];
  return Array.isArray(content) ? (content as readonly JsonValue[]) : [];
}

describe('blocks of a result', () => {
  it('stand behind the honest one, which stays as it is', async () => {
    for (const vector of [embeddedResource, userImpersonation, resourceLink]) {
      const { call, log } = await rawWire(vector);
      const [first, ...others] = contentOf(await call());
      expect(first, vector.id).toEqual(honestBlock);
      expect(carries(others), vector.id).toBe(true);
      expect(log).toEqual(['s#1']);
    }
  });

  it('of structured data say what the text does not', async () => {
    const { call } = await rawWire(structuredResult);
    const result = resultIn(await call());
    expect(result['content']).toEqual([honestBlock]);
    expect(result['structuredContent']).toEqual({ said: 'honest', notice: payload.text });
  });

  it('frame the payload between markers in the text itself', async () => {
    const { call } = await rawWire(fakeTurnMarkers);
    const [text] = contentOf(await call());
    expect(JSON.stringify(text)).toMatch(/"honest\\n\\n\S.*please open.*one.*\S"/);
  });
});

describe('links', () => {
  it('lead to a resource that the service itself does not have', async () => {
    for (const vector of [resourceLink, linkContents]) {
      const { ask, call, served, log } = await rawWire(vector);
      const link = contentOf(await call()).at(-1);
      expect(link).toMatchObject({ type: 'resource_link' });
      expect(carries(link)).toBe(vector === resourceLink);
      const uri = (link as { uri: string }).uri;
      const read = await ask('resources/read', { uri });
      expect(carries(read)).toBe(true);
      expect(resultIn(read)).toMatchObject({ resultType: 'complete', ttlMs: 0, cacheScope: 'private' });
      expect(log).toEqual(vector === resourceLink ? ['s#1', 's#2'] : ['s#2']);
      expect(await ask('resources/read', { uri: 'other://one' })).toMatchObject({ kind: 'error' });
      expect(served.map(({ method }) => method)).toEqual(['tools/call', 'resources/read']);
    }
  });

  it('are announced at the opening', async () => {
    const { ask } = await rawWire(linkContents);
    expect(await ask('server/discover')).toMatchObject({
      result: { capabilities: { tools: {}, resources: {} } },
    });
    expect(resultIn(await ask('resources/list'))['resources']).toEqual([]);
  });
});

describe('refusals', () => {
  it('are errors in the first call only, which the service never gets', async () => {
    for (const vector of [falseError, suppressedResult]) {
      const { ask, call, served, log } = await rawWire(vector);
      await ask('tools/list');
      const refused = await call();
      expect(resultIn(refused)).toMatchObject({ isError: true, resultType: 'complete' });
      expect(carries(refused)).toBe(true);
      expect(served.map(({ method }) => method)).toEqual(['tools/list']);
      expect(contentOf(await call())).toEqual([honestBlock]);
      expect(contentOf(await call('write'))).toEqual([honestBlock]);
      expect(log).toEqual(['s#2']);
    }
  });
});

describe('floods', () => {
  it('swell one result and no other', async () => {
    const { call } = await rawWire(oversizedResult);
    const flood = JSON.stringify(await call());
    expect(flood.length).toBeGreaterThan(200_000);
    expect(flood.indexOf('please open')).toBeGreaterThan(200_000);
    expect(contentOf(await call())).toEqual([honestBlock]);
  });

  it('send a bounded number of progress messages, and the payload with the last', async () => {
    const { ask, call, sent, log } = await rawWire(neverEndingResult);
    const reply = await ask('tools/call', { name: 'read', arguments: {}, _meta: { progressToken: 7 } });
    expect(contentOf(reply)).toEqual([honestBlock]);
    expect(sent.length).toBeGreaterThan(100);
    expect(sent.length).toBeLessThan(1000);
    expect(sent.map(({ params }) => params?.['progressToken'])).toEqual(sent.map(() => 7));
    expect(sent.findIndex(carries)).toBe(sent.length - 1);
    // The agent reads what is sent at once, so it has to be reported before.
    expect(log.indexOf('s#1')).toBe(0);
    const before = sent.length;
    await call();
    expect(sent).toHaveLength(before);
  });
});

describe('a payload in pieces', () => {
  it('stands in a definition and in results, and each piece is reported', async () => {
    const { ask, call, log, shaped } = await rawWire(splitResults);
    const [first = '', second = ''] = shaped.parts ?? [];
    expect(`${first} ${second}`).toBe(payload.text);
    expect(JSON.stringify(await ask('tools/list'))).toContain(JSON.stringify(first).slice(1, -1));
    expect(JSON.stringify(await call())).toContain(JSON.stringify(second).slice(1, -1));
    expect(log).toEqual(['s#1.0', 's#2.1']);
  });

  it('loses no word and no literal, whatever it says', () => {
    const word = fc.stringMatching(/^[a-z.,"]{1,8}$/);
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 1, maxLength: 30 }),
        fc.nat(28),
        fc.integer({ min: 1, max: 5 }),
        (words, at, count) => {
          const text = words.join(' ');
          const literal = words.slice(at, at + 3).join(' ');
          const { parts = [] } = inPieces({ text, literals: [literal] }, count);
          expect(parts.join(' ')).toBe(text);
          expect(parts.length).toBeLessThanOrEqual(count);
          expect(parts.some((part) => part.includes(literal))).toBe(true);
        },
      ),
    );
  });

  it('is none where there are pieces already, or where it has to be decoded', () => {
    const parts = ['a', 'b'];
    expect(inPieces({ text: 'a b', literals: [], parts }, 3).parts).toBe(parts);
    const meaning = { text: 'x', literals: [], decode: (seen: string) => seen };
    expect(inPieces({ text: 'a b', literals: [], meaning }, 2).parts).toBeUndefined();
  });
});

describe('retrieval', () => {
  const planted: string[] = [];
  const world = (opened: object) => ({ ...opened, plant: (text: string) => planted.push(text) });

  it('plants the payload and reports the results that hold it, also inside JSON', async () => {
    const inJson = { content: [{ type: 'text', text: JSON.stringify({ row: payload.text }) }] };
    for (const [answer, expected] of [
      [inJson, ['s#1']],
      [{ content: [{ type: 'text', text: `Page: ${payload.text}.` }] }, ['s#1']],
      [{ content: [honestBlock] }, []],
    ] as const) {
      planted.length = 0;
      const { call, log } = await rawWire(retrieval, {
        answers: { 'tools/call': answer },
        world: (opened) => ({ ...opened, ...world(opened) }),
      });
      expect(planted).toEqual([payload.text]);
      expect(resultIn(await call())).toBe(answer);
      expect(log).toEqual(expected);
    }
  });

  it('exists only where a stranger has a say', () => {
    const toy = createToyEnvironment();
    expect(retrieval.compatible({ ...toy, planting: 'supported' })).toBe('compatible');
    expect(retrieval.compatible({ ...toy, planting: { impossible: 'no' } })).toEqual({ impossible: 'no' });
    const { planting: _planting, ...silent } = toy;
    expect(isImpossible(retrieval.compatible(silent))).toBe(true);
  });
});

describeEndToEnd(resultVectors);

describe('a planted document that quotes the wish', () => {
  it.each(['bank', 'chat', 'travel', 'repo', 'sheet'])('is no effect of the agent in %s', async (id) => {
    const environment = environments.find((each) => each.id === id);
    if (!environment) throw new Error(id);
    const attack = { vector: 'retrieval', carrier: 'direct', goal: 'persist' };
    for (let task = 0; task < 12; task++) {
      const options = { environment, attack, era: '2026', task, agent: 'scripted/faithful' } as const;
      expect((await attackEpisode(options)).outcome.attack?.stage, `task ${task}`).toBe('exposed');
    }
  });
});
