import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { isSafeMcpError } from '../../../src/contracts/errors.ts';
import { bucketCount } from '../../../src/defenses/classifier/features.ts';
import {
  loadModel,
  logOdds,
  oddsOf,
  probability,
  storeModel,
} from '../../../src/defenses/classifier/model.ts';
import { trained } from '../../../src/defenses/classifier/weights.ts';

test('the weights that ship are whole, and small enough', () => {
  const { weights } = loadModel(trained);
  expect(weights).toHaveLength(bucketCount);
  expect(new Set(weights).size).toBeGreaterThan(100);
  expect(trained.weights.length).toBeLessThan(150_000);
});

test.each([
  ['a weight', { weights: trained.weights.replace('A', 'B') }],
  ['the bias', { bias: trained.bias + 1 }],
  ['the scale', { scale: trained.scale * 2 }],
  ['the threshold', { threshold: trained.threshold / 2 }],
])('a model is refused when %s is not what was trained', (_what, change) => {
  expect(() => loadModel({ ...trained, ...change })).toThrow(
    expect.toSatisfy((error) => isSafeMcpError(error) && error.code === 'INTERNAL'),
  );
});

test('a stored model comes back as it was', () => {
  const model = {
    weights: Int8Array.from({ length: 1000 }, (_, at) => (at % 255) - 127),
    scale: 0.25,
    bias: -3,
  };
  const stored = storeModel(model, 0.9);
  expect(loadModel(stored)).toEqual(model);
  expect(loadModel({ ...stored, weights: stored.weights.replaceAll('\n', '\r\n  ') })).toEqual(model);
  expect(stored.digest).not.toBe(createHash('sha256').update('').digest('hex'));
});

test('odds and probabilities are each other’s way back', () => {
  expect(probability(0)).toBe(0.5);
  expect(probability(oddsOf(0.9))).toBeCloseTo(0.9);
  expect(probability(1000)).toBe(1);
  expect(probability(-1000)).toBe(0);
  const model = { weights: new Int8Array(), scale: 0.5, bias: -1 };
  expect(logOdds(model, 0, 0)).toBe(-1);
  expect(logOdds(model, 40, 100)).toBeGreaterThan(logOdds(model, 40, 400));
});
