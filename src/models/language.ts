import { z } from 'zod';
import type { ModelChoice } from '../contracts/experiment.ts';
import type { JsonObject, JsonValue } from '../contracts/json.ts';
import { finishReasons, type Model, type ModelRequest } from '../contracts/model.ts';
import { type Answer, longestVersion } from './address.ts';
import { Fault } from './fault.ts';
import type { Opening } from './opening.ts';
import { persist } from './persist.ts';
import { usdOf } from './prices.ts';

const jsonObject = z.custom<JsonObject>((value) => z.record(z.string(), z.json()).safeParse(value).success);
const jsonValue = z.custom<JsonValue>((value) => z.json().safeParse(value).success);

/** A reply as it is kept. */
const answerSchema = z.strictObject({
  text: z.string(),
  calls: z.array(
    z.union([
      z.strictObject({ id: z.string(), tool: z.string(), arguments: jsonObject }),
      z.strictObject({ id: z.string(), tool: z.string(), invalid: z.string() }),
    ]),
  ),
  carry: jsonValue.exactOptional(),
  finish: z.enum(finishReasons),
  usage: z.strictObject({ inputTokens: z.number(), outputTokens: z.number() }),
  version: z.string().max(longestVersion).exactOptional(),
}) satisfies z.ZodType<Answer>;

/** A language model over its provider: kept, counted, limited and tried again. */
export function openLanguageModel(opening: Opening): Model {
  const { choice, line, account, replies, closed, turn } = opening;
  let opened: ReturnType<typeof openSdk> | undefined;

  const attempt = async (request: ModelRequest, signal: AbortSignal): Promise<Answer> => {
    opened ??= openSdk(opening);
    const { call, address } = await opened;
    const answer = await call({ request, address, signal });
    account.pay(answer.usage, usdOf(choice, answer.usage));
    return usable(answer);
  };

  return {
    id: choice.id,
    async generate({ signal = closed, onQueue, ...request }) {
      const { value, cached } = await replies.get<Answer>(
        {
          model: choice.id,
          question: opening.question(request as unknown as JsonObject),
          read: (kept) => answerSchema.safeParse(kept).data,
          make: (by) =>
            persist(
              line,
              {
                tokens: line.gate.countsTokens ? estimate(request, choice) : 0,
                tokensOf: ({ usage }) => usage.inputTokens + usage.outputTokens,
                allow: account.check,
                attempt: (trySignal) => attempt(request, trySignal),
                onQueue: by.onQueue,
              },
              by.signal,
            ),
        },
        { signal, ...(onQueue && { onQueue }) },
      );
      await turn();
      return { ...value, usd: usdOf(choice, value.usage), cached };
    },
  };
}

/** Loads what the provider needs, at the first call. */
async function openSdk(opening: Opening) {
  const address = await opening.address();
  const { callSdkModel, openSdkModel } = await import('./sdk.ts');
  const model = await openSdkModel(address);
  return {
    address,
    call: (work: Parameters<typeof callSdkModel>[1]) => callSdkModel(model, work),
  };
}

/** An answer that says something. @throws Fault */
function usable(answer: Answer): Answer {
  if (answer.text !== '' || answer.calls.length > 0) return answer;
  const { finish, usage } = answer;
  if (finish === 'content-filter')
    throw new Fault('The content filter withheld the whole answer', {
      means: 'content-filter',
      passing: false,
    });
  if (finish === 'length')
    throw new Fault(`The answer was cut after ${usage.outputTokens} tokens, before it said anything`, {
      means: 'empty',
      passing: false,
    });
  throw new Fault('The answer is empty', { means: 'empty', passing: true });
}

/** About four characters are a token; reserved until the provider tells the real number. */
function estimate(request: ModelRequest, { settings }: ModelChoice): number {
  const { messages, tools, maxTokens = settings.maxTokens ?? 1_000 } = request;
  return Math.ceil(JSON.stringify([messages, tools]).length / 4) + maxTokens;
}
