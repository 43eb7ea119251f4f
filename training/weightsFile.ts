import type { StoredModel } from '../src/defenses/classifier/model.ts';

/** The TypeScript file that a model ships in. */
export function weightsFile({ digest, weights, scale, bias, threshold }: StoredModel): string {
  return `import type { StoredModel } from './model.ts';

/** Written by \`npm run train-classifier\`. */
export const trained: StoredModel = {
  digest: '${digest}',
  scale: ${scale},
  bias: ${bias},
  threshold: ${threshold},
  weights: \`
${weights}
\`,
};
`;
}
