import { createTextDetector } from './textDetector.ts';
import { quote } from './texts.ts';

/**
 * Phrases of published injections, kept this few on purpose. Some of our carriers repeat these injections, so the
 * list knows their words: what it flags says little about other attacks. No phrase holds a character special to
 * patterns.
 */
const phrases = [
  'ignore previous instructions',
  'ignore all previous',
  '<important>',
  'do not tell the user',
  'important message from',
  'important notice',
];
const anyPhrase = new RegExp(phrases.join('|'), 'i');
/** Characters of the excerpt on either side. */
const context = 40;

export const phraseDetector = createTextDetector(
  {
    id: 'phrase-detector',
    title: 'Phrase detector',
    description:
      'A deliberately trivial baseline: flags any string with one of six phrases. A detector worth its price does better.',
    covers: ['tool definitions', 'results', 'errors', 'resources', 'prompts', 'questions', 'notifications'],
    source: 'The naive substring baseline that detectors are compared with',
  },
  (text) => {
    const found = anyPhrase.exec(text);
    if (!found) return undefined;
    const [phrase] = found;
    return {
      score: 1,
      reason: `the phrase ${quote(phrase.toLowerCase())}`,
      excerpt: text.slice(Math.max(0, found.index - context), found.index + phrase.length + context),
    };
  },
);
