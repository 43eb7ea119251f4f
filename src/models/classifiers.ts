import { z } from 'zod';
import type { Classifier, ClassifierLabel } from '../contracts/model.ts';
import type { Address } from './address.ts';
import { Fault } from './fault.ts';
import type { Opening } from './opening.ts';
import { persist } from './persist.ts';

const score = z.number().min(0).max(1);
const label = z.object({ label: z.string().max(200), score });
const labelList = z.array(label).min(1).max(1000);

/** `results[0].category_scores` of OpenAI's moderation. */
const moderationSchema = z.object({
  results: z.array(z.object({ category_scores: z.record(z.string().max(200), score) })).min(1),
});
/** One list of labels for each input; some servers leave the outer list out for a single input. */
const predictionSchema = z.union([z.array(labelList).length(1), labelList]);

interface Labels {
  readonly labels: readonly ClassifierLabel[];
}

const labelsSchema = z.strictObject({ labels: labelList }) satisfies z.ZodType<Labels>;

/** A classifier over HTTP, with the same care as a language model. It costs nothing that we know of. */
export function openClassifier(opening: Opening): Classifier {
  const { choice, line, account, replies, closed } = opening;
  const attempt = async (text: string, signal: AbortSignal): Promise<Labels> => {
    const address = await opening.address();
    const moderates = address.provider.dialect === 'moderation';
    const body = moderates ? { model: choice.name, input: text } : { inputs: text, truncate: true };
    const answer = await post(address, { path: moderates ? 'moderations' : 'predict', body, signal });
    return { labels: moderates ? moderationLabels(answer) : predictedLabels(answer) };
  };
  return {
    id: choice.id,
    async classify(text, { signal = closed, onQueue } = {}) {
      const { value } = await replies.get<Labels>(
        {
          model: choice.id,
          question: opening.question({ text }),
          read: (kept) => labelsSchema.safeParse(kept).data,
          make: (by) =>
            persist(
              line,
              {
                tokens: 0,
                tokensOf: () => 0,
                allow: account.check,
                attempt: (trySignal) => attempt(text, trySignal),
                onQueue: by.onQueue,
              },
              by.signal,
            ),
        },
        { signal, ...(onQueue && { onQueue }) },
      );
      return value.labels;
    },
  };
}

async function post(
  { baseUrl, key, fetch }: Address,
  { path, body, signal }: { path: string; body: object; signal: AbortSignal },
): Promise<unknown> {
  const response = await fetch(`${baseUrl}/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(key !== '' && { authorization: `Bearer ${key}` }) },
    body: JSON.stringify(body),
    signal,
  });
  return response.json();
}

function moderationLabels(answer: unknown): readonly ClassifierLabel[] {
  const [first] = read(moderationSchema, answer).results;
  return Object.entries(first?.category_scores ?? {}).map(([name, value]) => ({ label: name, score: value }));
}

function predictedLabels(answer: unknown): readonly ClassifierLabel[] {
  return read(predictionSchema, answer).flat();
}

function read<T>(schema: z.ZodType<T>, answer: unknown): T {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  throw new Fault('The answer has not the shape of labels with scores from 0 to 1', {
    means: 'malformed',
    passing: true,
  });
}
