import type { DefenseScope, Span } from '../../../contracts/defense.ts';
import { canonicalJson, digest, type JsonValue } from '../../../contracts/json.ts';
import { errorReply, type McpRequest, type Tap } from '../../../contracts/wire.ts';
import { quote } from '../../texts.ts';
import { flag, refusal } from '../kit/flag.ts';
import { createInFlight } from '../kit/inFlight.ts';
import { inOrder, type Step } from '../kit/steps.ts';
import { isRetry } from './caching.ts';
import { askingMethods } from './shapes.ts';

/** Requests that wait for a retry, remembered per connection. */
const maxOpen = 200;

/** A request that the service has answered with a request for input. */
interface Open {
  /** Rounds so far. */
  readonly round: number;
  readonly requestState: JsonValue | undefined;
}

/** Limits the rounds of questions of a 2026-era service, and holds retries to the state that the service gave. */
export function guardRounds(
  service: string,
  scope: DefenseScope,
  maxRounds: number,
): { readonly step: Step } & Required<Pick<Tap, 'serviceRequest'>> {
  const inFlight = createInFlight();
  const open = new Map<string, Open>();
  const stop = (request: McpRequest, what: string, span: Span, action: 'block' | 'redact'): boolean =>
    flag(scope, { score: 1, reason: `${service} ${what}`, spans: [span] }, request.id, action);
  const roundOf = (request: McpRequest): number =>
    isRetry(request) ? (open.get(subjectOf(request))?.round ?? 0) : 0;

  const follow: Step = (next) => async (request, context) => {
    if (context.era !== '2026' || !askingMethods.has(request.method)) return next(request, context);
    const before = isRetry(request) ? open.get(subjectOf(request)) : undefined;
    const state = request.params?.['requestState'];
    if (before && digest(before.requestState ?? null) !== digest(state ?? null)) {
      const span = { path: '/requestState', text: canonicalJson(state ?? null).slice(0, 400) };
      const what = 'gets a requestState with a retry that is not the one it gave';
      if (stop(request, what, span, 'block'))
        return refusal(request, context, 'The request was refused: its state was changed on the way');
    }
    const reply = await next(request, context);
    if (reply.kind !== 'result' || reply.result['resultType'] !== 'input_required') {
      if (open.size > 0) open.delete(subjectOf(request));
      return reply;
    }
    const key = subjectOf(request);
    const round = (before?.round ?? 0) + 1;
    if (open.size < maxOpen || open.has(key))
      open.set(key, { round, requestState: reply.result['requestState'] });
    if (round <= maxRounds) return reply;
    const span = { path: '/resultType', text: `round ${round}` };
    const what = `asks for input in more than ${maxRounds} rounds of one request`;
    return stop(request, what, span, 'redact')
      ? refusal(request, context, 'The service keeps asking for input')
      : reply;
  };

  return {
    step: inOrder(follow, inFlight.step),
    serviceRequest: (next) => async (request, context) => {
      if (context.era !== '2026') return next(request, context);
      const about = inFlight.requests();
      const asking = about.filter(({ method }) => askingMethods.has(method));
      if (about.length === 0 || asking.some((each) => roundOf(each) < maxRounds))
        return next(request, context);
      const [first] = asking;
      const what = first
        ? `asks for input in more than ${maxRounds} rounds of one request`
        : `asks for input with the result of ${quote(about[0]?.method ?? '')}, which may not`;
      return stop(request, what, { path: '', text: request.method }, 'block')
        ? errorReply(-32600, 'The host refuses: this may not be asked here')
        : next(request, context);
    },
  };
}

/** What a request is about, the same for its retries. */
function subjectOf({ method, params }: McpRequest): string {
  return digest([method, params?.['name'] ?? params?.['uri'] ?? null, params?.['arguments'] ?? null]);
}
