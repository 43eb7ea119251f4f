import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { builtInCatalog } from '../../src/experiment/catalog.ts';
import { parseExperiment } from '../../src/experiment/definition/index.ts';
import { createPlan } from '../../src/experiment/plan.ts';
import { type PaperViews, paperViews } from '../../src/experiment/views/paper.ts';
import { paperMarkdown, paperText } from '../../src/report/paper.ts';
import { experiment, type Sketch, tasks } from './metrics/summaries.ts';
import { runOf } from './runs.ts';

const caesar = { vector: 'tool-result', carrier: 'cipherchat-caesar', goal: 'derail' };
const morse = { vector: 'tool-result', carrier: 'cipherchat-morse', goal: 'derail' };
const study = { ...experiment, attacks: [null, caesar, morse] };

/** Undefended, both ciphers succeed and cost half of the utility; guarded, the one fails and is flagged by pinning. */
const sketches: Sketch[] = [
  ...tasks(4, () => ({})),
  ...tasks(4, (task) => ({ defense: 'guarded', flaggedBy: task === 0 ? ['phrases'] : [] })),
  ...tasks(4, () => ({ attack: caesar, stage: 'achieved', utility: 0.5, damage: true })),
  ...tasks(4, () => ({ attack: morse, stage: 'achieved', utility: 0.5 })),
  ...tasks(4, () => ({ defense: 'guarded', attack: caesar, stage: 'exposed', flaggedBy: ['pinning'] })),
  ...tasks(4, () => ({ defense: 'guarded', attack: morse, stage: 'achieved', utility: 0.5 })),
];

function views(): Promise<PaperViews> {
  return paperViews(runOf(sketches, study).summaries(), study);
}

describe('the views of the paper', () => {
  test('detection: each member of a set, on attacks and on clean episodes', async () => {
    const { detectors } = await views();
    expect(detectors).toMatchObject([
      { detector: 'guarded: pinning', dr: { k: 4, n: 8 }, fpr: { k: 0, n: 4 } },
      { detector: 'guarded: phrases', dr: { k: 0, n: 8 }, fpr: { k: 1, n: 4 } },
    ]);
  });
  test('attacks: the forms of a carrier together, before and after', async () => {
    const { attacks } = await views();
    expect(attacks).toMatchObject([
      {
        vector: 'tool-result',
        carrier: 'cipherchat',
        byDefense: {
          none: { asr: { k: 8, n: 8 }, hr: { k: 4, n: 8 } },
          guarded: { asr: { k: 4, n: 8 }, hr: { k: 0, n: 8 } },
        },
      },
    ]);
  });
  test('attacks that lie low at first count too', async () => {
    const patient = { ...caesar, afterCalls: 2 };
    const own = { ...experiment, attacks: [null, patient] };
    const episodes = tasks(4, (): Partial<Sketch> => ({ attack: patient, stage: 'achieved' }));
    const { attacks } = await paperViews(runOf(episodes, own).summaries(), own);
    expect(attacks).toMatchObject([{ byDefense: { none: { asr: { k: 4, n: 4 } } } }]);
  });
  test('loss of utility: before, after, and by the defense alone', async () => {
    const { losses } = await views();
    expect(losses).toMatchObject([
      { defense: 'guarded', before: { estimate: 0.5 }, after: { estimate: 0.25 }, price: { estimate: 0 } },
    ]);
  });
  test('are printed without control characters or markup of others', async () => {
    const hostile = { ...study, agents: ['hijacked'], defenses: [...study.defenses] };
    const data = await paperViews(runOf(sketches, hostile).summaries(), hostile);
    const evil = '\u001b[2J<b>|';
    const renamed: PaperViews = {
      ...data,
      detectors: data.detectors.map((row) => ({ ...row, detector: evil })),
      attacks: data.attacks.map((row) => ({ ...row, carrier: evil })),
    };
    expect(paperText(renamed, hostile, { width: 80, color: false })).not.toContain('\u001b');
    const markdown = paperMarkdown(renamed, hostile);
    expect(markdown).not.toContain('<b>');
    expect(markdown).toContain('&lt;b&gt;\\|');
  });
});

test('examples/paper.yaml is an experiment in which all its environments and attacks take part', () => {
  const catalog = builtInCatalog();
  const text = readFileSync(new URL('../../examples/paper.yaml', import.meta.url), 'utf8');
  const declared = parseExperiment(text, 'paper.yaml', catalog).experiment;
  const { episodes } = createPlan(declared, catalog);
  expect(new Set(episodes.map(({ key }) => key.environment)).size).toBe(9);
  const carriers = new Set(episodes.flatMap(({ key }) => key.attack?.carrier ?? []));
  expect([...carriers].map((id) => id.split('-')[0] ?? '').sort((a, b) => (a < b ? -1 : 1))).toEqual([
    'autodan',
    'cipherchat',
    'codechameleon',
    'deepinception',
    'direct',
    'renellm',
  ]);
  expect(new Set(episodes.flatMap(({ key }) => key.attack?.vector ?? [])).size).toBe(3);
});
