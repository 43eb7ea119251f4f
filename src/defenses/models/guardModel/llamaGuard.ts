import { type ChatFamily, withoutControlTokens } from './adapter.ts';

/** Characters; a verdict with all categories has less than a hundred. */
const longestAnswer = 1000;

/**
 * Llama Guard 3 and 4: the text as the only message, from the user; the template that the server applies puts Meta's
 * task and its hazard categories around it. Answers `safe`, or `unsafe` and a line of categories.
 */
export const llamaGuard: ChatFamily = {
  speaks: 'chat',
  textLength: 6000,
  ask: (text) => ({ system: '', user: withoutControlTokens(text), maxTokens: 100 }),
  read(answer) {
    if (answer.length > longestAnswer) return undefined;
    const [verdict, categories = '', ...more] = answer.trim().split(/\s*\n\s*/);
    if (verdict === 'safe' && categories === '') return { flagged: false, score: 0, labels: [] };
    if (verdict !== 'unsafe' || more.length > 0) return undefined;
    const labels = categories === '' ? [] : categories.split(',').map((each) => each.trim());
    if (labels.length > 20 || !labels.every((each) => /^S\d{1,2}$/.test(each))) return undefined;
    return { flagged: true, score: 0.9, labels };
  },
};
