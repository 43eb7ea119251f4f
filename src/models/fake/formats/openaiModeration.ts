import { z } from 'zod';
import { contentText, message } from '../conversation.ts';
import type { FakeReply } from '../reply.ts';
import { contentParts } from '../schemas.ts';
import { jsonAnswer, type WireFormat } from '../wireFormat.ts';
import { openAiFailure } from './openaiFailure.ts';

const moderationRequest = z.object({
  model: z.string().min(1).max(500).optional(),
  input: z.union([z.string(), z.array(z.string()).min(1), contentParts.min(1)]),
});

const categories = [
  'harassment',
  'harassment/threatening',
  'hate',
  'hate/threatening',
  'illicit',
  'illicit/violent',
  'self-harm',
  'self-harm/instructions',
  'self-harm/intent',
  'sexual',
  'sexual/minors',
  'violence',
  'violence/graphic',
];

/** From this score on a category counts as found. */
const threshold = 0.5;

/** OpenAI's moderation endpoint. Each input is a user message; what a policy flags holds for all of them. */
export const openAiModeration: WireFormat = {
  id: 'openai-moderation',
  serves: (path) => path === '/v1/moderations',
  read(_url, body) {
    const { model = 'omni-moderation-latest', input } = moderationRequest.parse(body);
    const texts = typeof input === 'string' ? [input] : inputTexts(input);
    return {
      turn: {
        model,
        messages: texts.map((text) => message('user', text)),
        tools: [],
        mustCall: false,
        stream: false,
      },
      answer: (reply) =>
        jsonAnswer({
          id: `modr-${reply.n}`,
          model: reply.model,
          results: texts.map(() => result(reply)),
        }),
    };
  },
  failure: openAiFailure,
};

/** Strings are inputs of their own, parts are one input together. */
function inputTexts(input: readonly string[] | z.infer<typeof contentParts>): readonly string[] {
  const strings = input.filter((each) => typeof each === 'string');
  return strings.length > 0 ? strings : [contentText(input.filter((each) => typeof each !== 'string'))];
}

function result({ flags }: FakeReply) {
  const found = new Map(flags.map(({ category, score }) => [category, score]));
  const names = [...new Set([...categories, ...found.keys()])];
  const scores = names.map((name) => [name, found.get(name) ?? 0.0001] as const);
  return {
    flagged: scores.some(([, score]) => score >= threshold),
    categories: Object.fromEntries(scores.map(([name, score]) => [name, score >= threshold])),
    category_scores: Object.fromEntries(scores),
    category_applied_input_types: Object.fromEntries(names.map((name) => [name, ['text']])),
  };
}
