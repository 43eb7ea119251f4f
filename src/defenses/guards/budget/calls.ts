import { canonicalJson, digest, isJsonObject, type JsonValue } from '../../../contracts/json.ts';
import type { McpRequest } from '../../../contracts/wire.ts';
import { quote } from '../../texts.ts';
import { toolKey } from '../../toolGuard.ts';
import { refusal } from '../kit/flag.ts';
import { stringIn } from '../kit/offers.ts';
import type { Step } from '../kit/steps.ts';
import { type Account, overBudget } from './limits.ts';

/** Tools counted per connection; all others are counted together. */
const maxTools = 1000;

/** Refuses calls once there are too many: in all, of one tool, or of the same kind in a row. */
export function guardCalls(account: Account): Step {
  const count = createCounter(account);
  return (next) => async (request, context) => {
    const what = request.method === 'tools/call' ? count(request) : undefined;
    if (what !== undefined) {
      const span = { path: '/name', text: stringIn(request.params?.['name']) };
      if (overBudget(account, request.id, { what, span, action: 'block' }))
        return refusal(request, context, 'The call was refused: the budget for calls is used up');
    }
    return next(request, context);
  };
}

/** Counts a tool call, and tells which limit it exceeds. */
function createCounter({
  service,
  calls: all,
  limits,
}: Account): (request: McpRequest) => string | undefined {
  const tools = new Map<string, number>();
  return ({ params }) => {
    // The answers to questions belong to the call that is already counted.
    if (isJsonObject(params?.['inputResponses'])) return undefined;
    const tool = stringIn(params?.['name']);
    const known = tools.has(toolKey(tool)) || tools.size < maxTools;
    const key = known ? toolKey(tool) : '';
    const count = (tools.get(key) ?? 0) + 1;
    tools.set(key, count);
    all.total++;
    const call = keyOf([service, tool, params?.['arguments'] ?? {}]);
    all.row = call === all.last ? all.row + 1 : 1;
    all.last = call;
    if (all.row > limits.equalCalls)
      return `the same call of ${quote(tool)} of ${service} more than ${limits.equalCalls} times in a row`;
    if (count > limits.callsPerTool)
      return `more than ${limits.callsPerTool} calls of ${quote(tool)} of ${service}`;
    return all.total > limits.calls ? `more than ${limits.calls} calls in this task` : undefined;
  };
}

/** What a call is known by: a short one by itself, as hashing takes longer. */
function keyOf(call: readonly JsonValue[]): string {
  const text = canonicalJson(call);
  return text.length <= 1000 ? text : digest(text);
}
