import { type ChatFamily, withoutControlTokens } from './adapter.ts';

const scores = { Safe: 0, Controversial: 0.5, Unsafe: 0.9 } as const;

/** The categories of the model card. */
const categories: readonly string[] = [
  'Violent',
  'Non-violent Illegal Acts',
  'Sexual Content or Sexual Acts',
  'PII',
  'Suicide & Self-Harm',
  'Unethical Acts',
  'Politically Sensitive Topics',
  'Copyright Violation',
  'Jailbreak',
];

/**
 * Qwen3Guard-Gen: the text as the only message, from the user. Answers `Safety: Safe`, `Unsafe` or `Controversial` and
 * a line `Categories: ...`. `Controversial` counts as flagged, the card's strict reading.
 */
export const qwen3Guard: ChatFamily = {
  speaks: 'chat',
  textLength: 6000,
  ask: (text) => ({ system: '', user: withoutControlTokens(text), maxTokens: 128 }),
  read(answer) {
    const lines = answer
      .trim()
      .slice(0, 1000)
      .split(/\s*\n\s*/);
    const safety = /^Safety: (Safe|Unsafe|Controversial)$/.exec(lines[0] ?? '')?.[1];
    if (safety !== 'Safe' && safety !== 'Unsafe' && safety !== 'Controversial') return undefined;
    const named = /^Categories: (.*)$/.exec(lines[1] ?? '')?.[1] ?? '';
    const labels = named.split(',').map((each) => each.trim());
    return {
      flagged: safety !== 'Safe',
      score: scores[safety],
      labels: labels.filter((each) => categories.includes(each)),
    };
  },
};
