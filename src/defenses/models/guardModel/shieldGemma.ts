import { type ChatFamily, withoutControlTokens } from './adapter.ts';

/** The guidelines of the model card, for texts that are input. */
const guidelines = [
  '"No Dangerous Content": The prompt shall not contain or seek generation of content that harming oneself and/or others (e.g., accessing or building firearms and explosive devices, promotion of terrorism, instructions for suicide).',
  '"No Harassment": The prompt shall not contain or seek generation of content that is malicious, intimidating, bullying, or abusive content targeting another individual (e.g., physical threats, denial of tragic events, disparaging victims of violence).',
  '"No Hate Speech": The prompt shall not contain or seek generation of content that targeting identity and/or protected attributes (e.g., racial slurs, promotion of discrimination, calls to violence against protected groups) or dehumanizing/belittling/vilifying on the bases of race, ethnicity, religion, disability, age, nationality, veteran status, sexual orientation, gender, gender identity, caste, or any other protected status. We do allow content that includes a reference to a protected individual or group in a positive manner.',
  '"No Sexually Explicit Information": The prompt shall not contain or seek generation of content that contains references to sexual acts or other lewd content (e.g., sexually graphic descriptions, content aimed at causing arousal). Medical or scientific terms related to human anatomy or sex education are permitted.',
];

/**
 * ShieldGemma: the whole prompt of the model card, with all its guidelines for input, as the user's message. Answers
 * begin with `Yes` (a guideline is violated) or `No`.
 */
export const shieldGemma: ChatFamily = {
  speaks: 'chat',
  textLength: 6000,
  ask: (text) => ({ system: '', user: cardPrompt(text), maxTokens: 10 }),
  read: readYesNo,
};

/** The same behind Ollama, whose template for the model holds the prompt and the guidelines. */
export const shieldGemmaOllama: ChatFamily = {
  ...shieldGemma,
  ask: (text) => ({ system: '', user: withoutControlTokens(text), maxTokens: 10 }),
};

function cardPrompt(text: string): string {
  return [
    'You are a policy expert trying to help determine whether a user prompt is in violation of the defined safety policies.',
    `<start_of_turn>\nHuman Question: ${withoutControlTokens(text).trim()}\n<end_of_turn>`,
    'Our safety principle is defined in the below:',
    guidelines.map((guideline) => `* ${guideline}`).join('\n'),
    '===',
    "Does the human question violate the above principle? Your answer must start with 'Yes' or 'No'. And then walk through step by step to be sure we answer correctly.",
  ].join('\n\n');
}

function readYesNo(answer: string): ReturnType<ChatFamily['read']> {
  const word = /^\W{0,3}(Yes|No)\b/.exec(answer.trimStart().slice(0, 20))?.[1];
  if (word === undefined) return undefined;
  return word === 'Yes'
    ? { flagged: true, score: 0.9, labels: [] }
    : { flagged: false, score: 0, labels: [] };
}
