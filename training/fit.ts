import type { Rng } from '../src/contracts/seed.ts';
import { bucketCount } from '../src/defenses/classifier/features.ts';
import type { Model } from '../src/defenses/classifier/model.ts';

/** The n-grams of one window, and whether it is part of an attack. */
export interface Sample {
  readonly buckets: Uint16Array;
  readonly attack: boolean;
  /** How much it counts. */
  readonly weight: number;
}

const epochs = 5;
const learningRate = 0.1;
/** Keeps the first steps of AdaGrad small. */
const smoothing = 1e-3;
/** What is left of each weight after an epoch. */
const decay = 0.8;
/** Weights beyond this share of the largest are cut, so that few do not cost the others their precision. */
const keptShare = 0.9995;

/**
 * Logistic regression by stochastic gradient descent with AdaGrad's step sizes (Duchi et al. 2011), with weights
 * rounded to 8 bits at the end. The same samples in the same order and the same `rng` give the same model.
 */
export function fitModel(samples: readonly Sample[], rng: Rng): Model {
  const weights = new Float64Array(bucketCount);
  const steps = new Float64Array(bucketCount).fill(smoothing);
  let bias = 0;
  let biasSteps = smoothing;
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (const { buckets, attack, weight } of rng.shuffle(samples)) {
      const norm = Math.sqrt(Math.max(1, buckets.length));
      let sum = 0;
      for (const bucket of buckets) sum += weights[bucket] ?? 0;
      const gradient = weight * (1 / (1 + Math.exp(-(bias + sum / norm))) - (attack ? 1 : 0));
      biasSteps += gradient * gradient;
      bias -= (learningRate * gradient) / Math.sqrt(biasSteps);
      const share = gradient / norm;
      const square = share * share;
      for (const bucket of buckets) {
        const total = (steps[bucket] ?? 0) + square;
        steps[bucket] = total;
        weights[bucket] = (weights[bucket] ?? 0) - (learningRate * share) / Math.sqrt(total);
      }
    }
    for (let bucket = 0; bucket < bucketCount; bucket++) weights[bucket] = (weights[bucket] ?? 0) * decay;
  }
  return quantize(weights, bias);
}

function quantize(weights: Float64Array, bias: number): Model {
  const sizes = weights.map(Math.abs).sort();
  const largest = sizes[Math.floor(keptShare * (sizes.length - 1))] ?? 0;
  const scale = Math.max(largest, 1e-9) / 127;
  const rounded = Int8Array.from(weights, (weight) =>
    Math.max(-127, Math.min(127, Math.round(weight / scale))),
  );
  return { weights: rounded, scale, bias };
}
