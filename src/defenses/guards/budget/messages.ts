import { boundedSize, type JsonObject, withinBounds } from '../../../contracts/json.ts';
import {
  errorReply,
  type McpReply,
  type McpRequest,
  resultReply,
  type Tap,
  type WireContext,
} from '../../../contracts/wire.ts';
import { refusal } from '../kit/flag.ts';
import { emptyList, itemsIn, kindListedBy } from '../kit/offers.ts';
import type { Step } from '../kit/steps.ts';
import { within } from '../kit/timing.ts';
import { type Account, type Excess, overBudget } from './limits.ts';
import { approvedAmong, cut } from './lists.ts';

/** The code by which a host says that it does not want what a service asks for (specification, client/sampling). */
const refusedByUser = -1;
/** Requests whose answer comes when the stream ends. */
const longLived = 'subscriptions/listen';

/** Limits what a service sends: sizes, time, questions and notifications. */
export function guardMessages(
  account: Account,
): { readonly replies: Step; readonly questions: Step } & Required<Pick<Tap, 'notification'>> {
  const { service, limits } = account;
  const counts = { questions: 0, notifications: 0, open: 0 };
  const sizeExcess = createSizes(account);

  const inTime = async (request: McpRequest, reply: Promise<McpReply>): Promise<McpReply | 'late'> => {
    for (;;) {
      const settled = await within(reply, limits.callMs);
      if (settled !== 'late') return settled;
      // While a user thinks about a question, the service waits too.
      if (counts.open > 0) continue;
      const what = `no answer of ${service} within ${limits.callMs} ms`;
      const span = { path: '', text: request.method };
      return overBudget(account, request.id, { what, span, action: 'redact' }) ? 'late' : reply;
    }
  };

  return {
    replies: (next) => async (request, context) => {
      const pending = next(request, context);
      const reply = request.method === longLived ? await pending : await inTime(request, pending);
      if (reply === 'late') {
        pending.catch(() => undefined);
        return refusal(request, context, 'The service did not answer in time');
      }
      if (reply.kind === 'dropped') return reply;
      const excess = sizeExcess(reply.kind === 'result' ? reply.result : { ...reply.error }, 'redact');
      if (excess === undefined || !overBudget(account, request.id, excess)) return reply;
      const shortened = shortList(request, reply, { account, context });
      return shortened ?? refusal(request, context, 'The answer was withheld: it is too large');
    },
    questions: (next) => async (request, context) => {
      const many: Excess | undefined =
        ++counts.questions > limits.questions
          ? {
              what: `more than ${limits.questions} questions of ${service}`,
              span: { path: '', text: request.method },
              action: 'block',
            }
          : sizeExcess(request.params ?? {}, 'block');
      if (many && overBudget(account, request.id, many))
        return errorReply(refusedByUser, 'The host refuses: the service asks too much');
      counts.open++;
      try {
        return await next(request, context);
      } finally {
        counts.open--;
      }
    },
    notification(message) {
      if (message.direction === 'to-service') return message;
      const excess: Excess | undefined =
        ++counts.notifications > limits.notifications
          ? {
              what: `more than ${limits.notifications} notifications of ${service}`,
              span: { path: '', text: message.method },
              action: 'block',
            }
          : sizeExcess(message.params ?? {}, 'block');
      return excess && overBudget(account, message.id, excess) ? undefined : message;
    },
  };
}

/** Adds up what a service sends, and tells which limit a message exceeds. */
function createSizes({
  service,
  limits,
}: Account): (body: JsonObject, action: Excess['action']) => Excess | undefined {
  let total = 0;
  return (body, action) => {
    const size = boundedSize(body, { maxSize: limits.messageSize, maxDepth: 100 });
    const tooLarge = size > limits.messageSize;
    total += tooLarge ? limits.messageSize : size;
    const what = tooLarge
      ? `a message of ${service} above the size ${limits.messageSize}`
      : `messages of ${service} above the size ${limits.totalSize} together`;
    const text = `size ${tooLarge ? `above ${limits.messageSize}` : size}`;
    return tooLarge || total > limits.totalSize ? { what, span: { path: '', text }, action } : undefined;
  };
}

/** A list that is too large holds approved tools only: a host that gets an error for it gives the service up. */
function shortList(
  request: McpRequest,
  reply: McpReply,
  { account, context }: { readonly account: Account; readonly context: WireContext },
): McpReply | undefined {
  const kind = kindListedBy(request);
  if (kind === undefined || reply.kind !== 'result') return undefined;
  const approved = cut(reply.result, kind, approvedAmong(itemsIn(reply.result, kind), kind, account));
  const fits = withinBounds(approved, { maxSize: account.limits.messageSize, maxDepth: 100 });
  return fits ? resultReply(approved) : emptyList(kind, context);
}
