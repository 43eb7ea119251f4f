import { type ChatFamily, withoutControlTokens } from './adapter.ts';

/** The last score, so that one in the reasoning before it does not count. */
const scoreTag = /<score>\s*(yes|no)\s*<\/score>\s*$/i;
/** Versions before 3.3: the word alone, from 3.2 on with how sure the model is. */
const bareWord = /^(yes|no)\s*(?:<confidence>\s*(high|low)\s*<\/confidence>)?$/i;

/**
 * Granite Guardian 3 and 4: the name of the risk as system message, the text as user message; the template puts the
 * definition of the risk around it. Answers `<score> yes </score>`, older versions `Yes`. Yes: the risk is there.
 */
export const graniteGuardian: ChatFamily = {
  speaks: 'chat',
  textLength: 6000,
  ask: (text, risk = 'jailbreak') => ({ system: risk, user: withoutControlTokens(text), maxTokens: 1000 }),
  read(answer) {
    const text = answer.trim();
    const tagged = scoreTag.exec(text.slice(-100))?.[1];
    const [, bare, confidence] = bareWord.exec(text.slice(0, 100)) ?? [];
    const word = (tagged ?? (text.length <= 100 ? bare : undefined))?.toLowerCase();
    if (word === undefined) return undefined;
    const sure = confidence?.toLowerCase() === 'low' ? 0.6 : 0.9;
    return word === 'yes'
      ? { flagged: true, score: sure, labels: [] }
      : { flagged: false, score: 0, labels: [] };
  },
};
