import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { RunResult } from '../../../src/contracts/cell.ts';
import type { EpisodeEvent, EpisodeRecord } from '../../../src/contracts/events.ts';
import { openCharts } from '../../../src/report/charts/index.ts';
import { htmlReport } from '../../../src/report/html/index.ts';
import { html } from '../../../src/report/html/markup.ts';
import { fc } from '../../support/properties.ts';
import { cell, experiment, result, run } from '../cells.ts';
import { hostileExamples, hostileRecord } from './hostile.ts';
import { parsed } from './parsed.ts';

const writer = { version: '1.2.3', node: 'v20' };
const nothing = { idsOf: () => ({}), record: async () => hostileRecord('x') };

describe('markup', () => {
  test('text in a template stays text, in elements and in attributes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const rendered = html`<p title="${text}">${text}</p>`.text;
        const inner = rendered.slice('<p title="'.length, -'</p>'.length);
        expect(inner).not.toMatch(/[<'`]/);
        expect(inner.match(/[">]/g)).toEqual(['"', '>']);
      }),
    );
  });

  test('markup and lists of it stand as they are, undefined leaves no trace', () => {
    expect(html`<ul>${['a', 1].map((each) => html`<li>${each}</li>`)}${undefined}</ul>`.text).toBe(
      '<ul><li>a</li><li>1</li></ul>',
    );
  });
});

describe('the page', () => {
  test('has every section, and links that lead somewhere', async () => {
    const document = parsed(await htmlReport(result, hostileExamples('x'), writer));
    const sections = [...document.querySelectorAll('section')].map(({ id }) => id);
    expect(sections).toEqual([
      'conclusions',
      'heatmap',
      'effects',
      'detectors',
      'costs',
      'examples',
      'method',
      'manifest',
      'published',
    ]);
    const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const link of document.querySelectorAll('a'))
      expect(ids).toContain(link.getAttribute('href')?.slice(1));
    expect([...document.querySelectorAll('table.heat td a')]).toHaveLength(12);
  });

  test('allows its own style sheet and nothing else', async () => {
    const text = await htmlReport(result, nothing, writer);
    const [, style = ''] = /<style>([^<]*)<\/style>/.exec(text) ?? [];
    const hash = createHash('sha256').update(style).digest('base64');
    expect(text).toContain(
      `content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'"`,
    );
    expect(text.indexOf('Content-Security-Policy')).toBeLessThan(text.indexOf('<style>'));
    expect(text).not.toMatch(/<script|https?:|\bstyle="|\burl\(/);
  });

  test('says what a figure rests on, and what agents are', async () => {
    const document = parsed(await htmlReport(result, nothing, writer));
    const text = document.textContent ?? '';
    expect(text).toContain('Stops 7 of 15 attacks, and takes utility from 100% to 88%.');
    expect(text).toContain('No credit: without it the attacks fail too.');
    expect(text).toContain('scripted/hijacked (scripted, no language model)');
    expect(text).toContain('SafeMCP 1.2.3 on Node v20');
    expect(text).toContain('1 timeout');
    expect(document.querySelector('table.heat td[title^="7 of 7 delivered attacks"]')?.textContent).toBe(
      '100%7/7',
    );
    expect(document.querySelector('#published table')?.textContent).toContain('40.35');
    expect(document.querySelector('#conclusions')?.textContent).not.toContain('40.35');
  });

  test('labels models that the local stand-in imitated', async () => {
    const record = hostileRecord('x');
    const call: EpisodeEvent = {
      seq: 7,
      at: 7,
      type: 'model',
      purpose: 'agent',
      by: 'tool-loop',
      model: 'openai/some',
      version: 'safemcp-fake-model/some',
      carried: 0,
      messages: [],
      tools: [],
      reply: { kind: 'turn', text: 'done', calls: [], finish: 'stop' },
      inputTokens: 1,
      outputTokens: 1,
      usd: 0,
      ms: 1,
      cached: false,
    };
    const page = async (events: EpisodeRecord['events']): Promise<string> =>
      htmlReport(
        result,
        { idsOf: () => ({ achieved: 'x' }), record: async () => ({ ...record, events }) },
        writer,
      );
    expect(await page([call])).toContain('No language model replied.');
    expect(await page([call])).toContain('openai/some: safemcp-fake-model/some');
    expect(await page([{ ...call, version: 'some-2026' }])).not.toContain('No language model replied.');
  });

  test('an empty run is a page too', async () => {
    const text = await htmlReport({ run, cells: [] }, nothing, writer);
    expect(parsed(text).querySelector('h1')?.textContent).toBe('demo');
  });

  test('asks for few records, and stays small, however large the run', async () => {
    const defenses = Array.from({ length: 12 }, (_, index) => ({
      name: index === 0 ? 'none' : `d${index}`,
      members: [],
    }));
    const vectors = Array.from({ length: 40 }, (_, index) => `v${index}`);
    const large: RunResult = {
      run: { ...run, experiment: { ...experiment, agents: ['a'], defenses } },
      cells: vectors.flatMap((vector) =>
        defenses.flatMap(({ name }) => [
          cell({ agent: 'a', vector, defense: name, achieved: 4 }),
          ...Array.from({ length: 4 }, (_, index) =>
            cell({ agent: 'a', environment: `e${index}`, vector, defense: name, achieved: 4 }),
          ),
        ]),
      ),
    };
    let asked = 0;
    const text = await htmlReport(
      large,
      {
        ...hostileExamples('long '.repeat(4_000)),
        record: async () => {
          asked++;
          return hostileRecord('long '.repeat(4_000));
        },
      },
      writer,
    );
    expect(asked).toBe(150);
    expect(text.length).toBeLessThan(6_000_000);
  });
});

describe('charts', () => {
  test('hold known elements only, and names as text', async () => {
    const draw = await openCharts();
    const name = '</text><script>x</script>';
    const { text } = draw(
      {
        kind: 'front',
        xLabel: name,
        yLabel: name,
        points: [
          { name, x: 1, y: 2, best: true, title: name },
          { name: 'b', x: 1, y: 2, low: 0, high: 90, best: false, title: name },
        ],
      },
      300,
    );
    expect(text).toMatch(/^<svg [^<]*>.*<\/svg>$/s);
    expect(text.match(/<(?!\/?(svg|g|path|line|rect|circle|text|tspan|title)\b)/)).toBeNull();
    expect(text).not.toMatch(/\sstyle=|<style|href|NaN/);
  });

  test('draw bars in the order of the stages, as long as their counts', async () => {
    const draw = await openCharts();
    const { text } = draw(
      {
        kind: 'stack',
        label: 'episodes',
        rows: ['a'],
        series: ['first', 'second'],
        parts: [
          { row: 'a', series: 'first', count: 30 },
          { row: 'a', series: 'second', count: 10 },
        ],
      },
      400,
    );
    const bars = [...text.matchAll(/<rect ([^>]*)>/g)].map(([, attributes = '']) =>
      ['x', 'width'].map((name) => Number(new RegExp(`\\b${name}="([\\d.]+)"`).exec(attributes)?.[1])),
    );
    const [[x1 = 0, w1 = 0] = [], [x2 = 0, w2 = 0] = []] = bars;
    expect(x2).toBeGreaterThan(x1);
    expect(w1 / w2).toBeCloseTo(3, 0);
    expect(text).toContain('<title>a: 30 first</title>');
  });
});
