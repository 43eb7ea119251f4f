import type { Defense, DefenseScope, Span } from '../../../contracts/defense.ts';
import { canonicalJson, type JsonObject } from '../../../contracts/json.ts';
import {
  errorReply,
  type McpReply,
  type McpRequest,
  resultReply,
  type Tap,
} from '../../../contracts/wire.ts';
import { readParameters } from '../../parameters.ts';
import { type Finding, flag } from '../kit/flag.ts';
import { stringIn } from '../kit/offers.ts';
import { httpsOrigin } from './addresses.ts';
import { inOwnWords, objectionToForm } from './form.ts';
import { type ElicitationParameters, elicitationParameters } from './parameters.ts';

export const elicitationGuard: Defense = {
  id: 'elicitation-guard',
  title: 'Elicitation guard',
  description:
    'Declines forms that ask for secrets, addresses that are not approved, questions to the model, and whatever a service asks too often.',
  kind: 'active',
  modes: ['observe', 'enforce'],
  covers: ['forms', 'addresses to open', 'sampling requests'],
  source: 'MCP specification, client/elicitation and client/sampling; SAFE-MCP SAFE-T1403',
  create(scope) {
    const allowed = readParameters('elicitation-guard', elicitationParameters, scope.parameters);
    return { tap: (service) => createTap(service, scope, allowed) };
  },
};

const questions = new Set(['elicitation/create', 'sampling/createMessage']);

function createTap(service: string, scope: DefenseScope, allowed: ElicitationParameters): Tap {
  let asked = 0;
  return {
    name: 'elicitation-guard',
    serviceRequest: (next) => async (request, context) => {
      if (!questions.has(request.method)) return next(request, context);
      asked++;
      const finding =
        asked > allowed.questions
          ? found(`more than ${allowed.questions} questions`, { path: '', text: request.method })
          : objectionTo(service, request, allowed);
      if (finding !== undefined) {
        const told = { ...finding, reason: `${service} asks ${finding.reason}` };
        return flag(scope, told, request.id, 'block') ? declined(request) : next(request, context);
      }
      const shown = allowed.show === 'fields' ? reworded(service, request) : undefined;
      if (shown === undefined) return next(request, context);
      const told = {
        score: 0.1,
        reason: `${service} asks for a form, and the user reads it in the words of the host`,
        spans: [{ path: '/message', text: stringIn(request.params?.['message']) }],
      };
      return next(flag(scope, told, request.id, 'redact') ? { ...request, params: shown } : request, context);
    },
  };
}

function found(reason: string, span: Span, score = 1): Finding {
  return { score, reason, spans: [span] };
}

function objectionTo(
  service: string,
  { method, params = {} }: McpRequest,
  allowed: ElicitationParameters,
): Finding | undefined {
  if (method === 'sampling/createMessage') {
    if (allowed.sampling) return undefined;
    return found('the model of the host something, which is not allowed', {
      path: '',
      text: canonicalJson(params),
    });
  }
  const { mode = 'form', url } = params;
  if (mode === 'url' || url !== undefined) return objectionToAddress(service, params, allowed);
  if (mode !== 'form') return found('in an unknown way', { path: '/mode', text: canonicalJson(mode) });
  const objection = objectionToForm(params, allowed);
  return objection && found(`for ${objection.reason}`, objection.span);
}

function objectionToAddress(
  service: string,
  params: JsonObject,
  { origins, urls, textLength }: ElicitationParameters,
): Finding | undefined {
  const url = stringIn(params['url']);
  const span = { path: '/url', text: url };
  const message = stringIn(params['message']);
  if (message.length > textLength)
    return found(`to open an address with a text of more than ${textLength} characters`, {
      path: '/message',
      text: message,
    });
  const origin = httpsOrigin(url);
  if (origin === undefined) return found('to open an address that is not a plain https one', span);
  const own = Object.hasOwn(urls, service) ? [urls[service] ?? ''] : [];
  const approved = [...origins, ...own].some((each) => httpsOrigin(each) === origin);
  return approved ? undefined : found('to open an address whose origin is not approved', span);
}

/** The question with none of the service's words in it; undefined for what is no form. */
function reworded(service: string, { method, params = {} }: McpRequest): JsonObject | undefined {
  const isForm = method === 'elicitation/create' && params['url'] === undefined;
  return isForm ? inOwnWords(service, params) : undefined;
}

/** What a service gets when the user does not want to answer, or the host not to sample. */
function declined({ method }: McpRequest): McpReply {
  return method === 'elicitation/create'
    ? resultReply({ action: 'decline' })
    : errorReply(-1, 'The host does not let services ask its model');
}
