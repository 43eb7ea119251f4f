import { z } from 'zod';
import type { Defense } from '../../contracts/defense.ts';
import { isMedia } from '../detectors/hiddenText/index.ts';
import { createTunedDetector } from '../textDetector.ts';
import { classify } from './inspect.ts';
import { loadModel, type Model } from './model.ts';
import { trained } from './weights.ts';

const id = 'instruction-classifier';
const parameters = z.strictObject({
  /** The probability of an attack from which on text is flagged; the default flags about 1 % of honest texts. */
  threshold: z.number().gt(0).lt(1).default(trained.threshold),
});

/** Decoded once, on first use. */
let model: Model | undefined;

const instructionClassifier: Defense = createTunedDetector(
  {
    id,
    title: 'Instruction classifier',
    description:
      'A small trained linear model over hashed n-grams that flags text which is worded like an instruction to the agent.',
    covers: ['tool definitions', 'results', 'errors', 'resources', 'prompts', 'questions', 'notifications'],
    source:
      'Feature hashing (arXiv 0902.2206), fastText-like n-grams (arXiv 1607.01759); data, training and weights are ours',
  },
  {
    parameters,
    names: true,
    prepare({ threshold }) {
      model ??= loadModel(trained);
      const inspect = classify(model, threshold, `[withheld by ${id}]`);
      return (text, place) => (isMedia(text, place) ? undefined : inspect(text, place));
    },
  },
);

/** Detectors that were trained. */
export const classifiers: readonly Defense[] = [instructionClassifier];
