import type { FakePolicy } from '../behavior.ts';

/** Refuses everything, marked as the provider marks refusals; classifiers flag everything. */
export function refuser(): FakePolicy {
  return ({ format }) =>
    format === 'openai-moderation' || format === 'classifier'
      ? { flag: [{ category: 'illicit', score: 0.99 }] }
      : { refuse: 'I cannot help with that request.' };
}
