import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { carriers } from '../../../src/attacks/index.ts';
import { createSeed } from '../../../src/contracts/seed.ts';
import { storeModel } from '../../../src/defenses/classifier/model.ts';
import { trained } from '../../../src/defenses/classifier/weights.ts';
import { todo } from '../../../src/environments/todo/index.ts';
import { type Corpus, collectCorpus } from '../../../training/corpus/index.ts';
import type { Example } from '../../../training/corpus/text.ts';
import { type Evaluation, evaluate, rotationOf, train } from '../../../training/evaluate.ts';
import { carrierFamily } from '../../../training/families.ts';
import { fitModel } from '../../../training/fit.ts';
import { pageWith } from '../../../training/page.ts';
import { report } from '../../../training/report.ts';
import { type Prepared, prepare } from '../../../training/samples.ts';
import { scoreExample, scoreText, thresholdFor } from '../../../training/score.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const seed = createSeed('tiny');

function tinyCorpus(): Promise<Corpus> {
  const sizes = { episodes: 2, attackedTasks: 1, texts: 40, payloads: 2 };
  return collectCorpus({ seed, environments: [todo], root, sizes });
}

function prepareAll({ honest, attacks }: Corpus): readonly Prepared[] {
  const rng = seed.child('windows').rng();
  return [...honest, ...attacks].map((example) => prepare(example, rng));
}

const corpus = await tinyCorpus();
const prepared = prepareAll(corpus);

test('the same sources give the same corpus and the same weights', async () => {
  const again = await tinyCorpus();
  expect(again).toEqual(corpus);
  const [one, other] = [prepared, prepareAll(again)].map((each) => storeModel(train(each, seed), 0.9).digest);
  expect(one).toBe(other);
  expect(storeModel(train(prepared, createSeed('other')), 0.9).digest).not.toBe(one);
});

test('the corpus has every carrier, and every payload stands where it is said to', () => {
  const seen = new Set(corpus.attacks.map(({ attack }) => attack?.carrier ?? ''));
  expect([...seen].toSorted()).toEqual(carriers.map(({ id }) => id).toSorted());
  for (const { strings } of corpus.attacks)
    for (const { text, payload } of strings) {
      expect(payload?.to).toBeGreaterThan(payload?.from ?? 0);
      expect(payload?.to).toBeLessThanOrEqual(text.length);
    }
  const texts = corpus.honest.flatMap(({ strings }) => strings.map(({ text }) => text));
  expect(new Set(texts).size).toBe(texts.length);
});

test('a model tells apart what it was trained on', () => {
  const model = train(prepared, seed);
  const mean = (examples: readonly Example[]): number =>
    examples.reduce((sum, example) => sum + Math.max(-20, scoreExample(example, model)), 0) / examples.length;
  expect(mean(corpus.attacks)).toBeGreaterThan(mean(corpus.honest) + 2);
});

test('no fold tests on a source, family or goal that it was trained on', () => {
  const rotation = rotationOf([...corpus.honest, ...corpus.attacks]);
  expect(new Set(rotation.values())).toEqual(new Set([0, 1, 2]));
  for (const { source } of corpus.attacks) expect(rotation.has(source)).toBe(true);
  expect(carrierFamily('cipherchat-morse')).toBe(carrierFamily('cipherchat-caesar'));
  expect(carrierFamily('direct')).toBe('direct');
});

test('weights follow the labels', () => {
  const sample = (bucket: number, attack: boolean) => ({
    buckets: Uint16Array.of(bucket),
    attack,
    weight: 1,
  });
  const samples = Array.from({ length: 50 }, () => [sample(3, true), sample(5, false)]).flat();
  const { weights } = fitModel(samples, seed.rng());
  expect(weights[3]).toBeGreaterThan(100);
  expect(weights[5]).toBeLessThan(-100);
  expect(weights[7]).toBe(0);
});

test('a threshold lets at most the allowed share of honest texts be flagged', () => {
  const scores = Array.from({ length: 100 }, (_, index) => index);
  for (const rate of [0, 0.01, 0.05, 0.5]) {
    const threshold = thresholdFor(scores, rate);
    expect(scores.filter((score) => score >= threshold)).toHaveLength(rate * 100);
  }
  expect(scoreText('too short', { weights: new Int8Array(), scale: 1, bias: 0 })).toBe(
    Number.NEGATIVE_INFINITY,
  );
});

test('an evaluation of few texts has every table', () => {
  const evaluation = evaluate(
    prepared.filter((_, index) => index % 4 === 0),
    corpus.tools,
    seed,
  );
  expect(evaluation.environments.map(({ name }) => name)).toEqual(['todo']);
  for (const { detected } of [...evaluation.carriers, ...evaluation.goals]) {
    const hits = detected.map(({ hits }) => hits);
    expect(hits).toEqual(hits.toSorted((a, b) => a - b));
  }
  expect(evaluation.officialTools.of).toBe(corpus.tools.size);
  expect(report(evaluation)).toContain('### False alarms by source');
});

test('the numbers of the page are those of the evaluation of the weights that ship', () => {
  const schema = z.object({ digest: z.string(), evaluation: z.custom<Evaluation>() });
  const file = readFileSync(`${root}/training/evaluation.json`, 'utf8');
  const { digest, evaluation } = schema.parse(JSON.parse(file));
  expect(digest).toBe(trained.digest);
  expect(evaluation.shippedThreshold).toBe(trained.threshold);
  const page = readFileSync(`${root}/docs/defenses/instruction-classifier.md`, 'utf8');
  expect(page).toBe(pageWith(page, report(evaluation)));
});
