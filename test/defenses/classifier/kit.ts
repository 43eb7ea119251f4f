import { bucketCount, visitFeatures } from '../../../src/defenses/classifier/features.ts';
import type { Model } from '../../../src/defenses/classifier/model.ts';

/** A model in which the words of `bad` speak for an attack, and nothing else does. */
export function modelAgainst(bad: string): Model {
  const weights = new Int8Array(bucketCount);
  visitFeatures(
    bad,
    (bucket, kind) => {
      if (kind === 'word') weights[bucket] = 100;
    },
    () => undefined,
  );
  return { weights, scale: 1, bias: -1 };
}
