import type { DefenseScope } from '../../contracts/defense.ts';
import { digest, isJsonObject, type JsonObject, type JsonValue } from '../../contracts/json.ts';
import {
  type Exchange,
  type McpReply,
  type McpRequest,
  resultReply,
  type Tap,
} from '../../contracts/wire.ts';
import { type Finding, flag, note } from '../guards/kit/flag.ts';
import { createInFlight } from '../guards/kit/inFlight.ts';
import { stringIn } from '../guards/kit/offers.ts';
import type { Step } from '../guards/kit/steps.ts';
import { quote } from '../texts.ts';
import { toolKey } from '../toolGuard.ts';
import { diff } from './diff.ts';
import type { Trust } from './trust.ts';

const maxTools = 500;
const maxQuestions = 16;
/** Longest text in which the values of a call are looked for. */
const maxMasked = 5_000;

/** The questions that a tool asks, while and after they are learned. */
interface ToolQuestions {
  readonly asked: Map<string, JsonObject>;
  /** Whether what the tool asks now is learned: until its first call is over. */
  learning: boolean;
}

/** Holds what a service asks of the user (elicitation) against what the same tool asked at its first call. */
export function createQuestionPins(
  service: string,
  scope: DefenseScope,
  trust: Trust,
): { readonly step: Step } & Required<Pick<Tap, 'serviceRequest'>> {
  const inFlight = createInFlight();
  const tools = learnedFrom(trust);
  const questionsOf = (tool: string): ToolQuestions => {
    const key = toolKey(tool);
    const known = tools.get(key);
    const fresh = { asked: new Map<string, JsonObject>(), learning: !trust.locked && tools.size < maxTools };
    if (!known && tools.size < maxTools) tools.set(key, fresh);
    return known ?? fresh;
  };
  const objection = (tool: string, question: JsonObject): Finding | undefined => {
    const of = questionsOf(tool);
    const key = digest(question);
    if (of.asked.has(key)) return undefined;
    const [before] = of.asked.values();
    const room = of.asked.size < maxQuestions;
    // Of what a service asks by itself, during no call, only the first question is learned.
    const learning = room && of.learning && (tool !== '' || before === undefined);
    if (learning || (room && before === undefined && trust.additions === 'report'))
      of.asked.set(key, question);
    return learning ? undefined : newQuestion({ tool, service, trust }, before, question);
  };
  return {
    step: (next) => {
      const follow = inFlight.step(next);
      return async (request, context) => {
        const reply = await follow(request, context);
        const tool = toolOf(request);
        if (tool !== undefined && isOver(reply)) questionsOf(tool).learning = false;
        return reply;
      };
    },
    serviceRequest:
      (next: Exchange): Exchange =>
      async (request, context) => {
        if (request.method !== 'elicitation/create') return next(request, context);
        const call = inFlight.requests().find(({ method }) => method === 'tools/call');
        const tool = call === undefined ? '' : (toolOf(call) ?? '');
        const finding = objection(tool, questionOf(request.params ?? {}, call));
        if (finding === undefined) return next(request, context);
        if (finding.score < 1 && trust.additions === 'report') {
          note(scope, finding, request.id);
          return next(request, context);
        }
        return flag(scope, finding, request.id, 'block')
          ? resultReply({ action: 'decline' })
          : next(request, context);
      },
  };
}

function learnedFrom({ locked }: Trust): Map<string, ToolQuestions> {
  const tools = new Map<string, ToolQuestions>();
  for (const { tool, definition } of locked?.questions ?? []) {
    const of = tools.get(toolKey(tool)) ?? { asked: new Map<string, JsonObject>(), learning: false };
    const question = questionOf(isJsonObject(definition) ? definition : {}, undefined);
    of.asked.set(digest(question), question);
    tools.set(toolKey(tool), of);
  }
  return tools;
}

function toolOf({ method, params }: McpRequest): string | undefined {
  return method === 'tools/call' ? stringIn(params?.['name']) : undefined;
}

function isOver(reply: McpReply): boolean {
  return reply.kind === 'result' && reply.result['resultType'] !== 'input_required';
}

/** What stays the same about a question: its words without numbers and values of the call, its form, its address. */
function questionOf(params: JsonObject, call: McpRequest | undefined): JsonObject {
  const { message, mode, requestedSchema, url } = params;
  return {
    message: typeof message === 'string' ? masked(message, call) : (message ?? null),
    ...(mode !== undefined && { mode }),
    ...(requestedSchema !== undefined && { requestedSchema }),
    ...(url !== undefined && { url: typeof url === 'string' ? (url.split(/[?#]/, 1)[0] ?? '') : url }),
  };
}

function masked(message: string, call: McpRequest | undefined): string {
  if (message.length > maxMasked) return message;
  const args = call?.params?.['arguments'];
  const values = Object.values(isJsonObject(args) ? args : {})
    .filter(isValue)
    .slice(0, 20);
  return values
    .reduce((text: string, value) => text.replaceAll(value, '{}'), message)
    .replace(/[0-9]+/g, '#');
}

function isValue(value: JsonValue | undefined): value is string {
  return typeof value === 'string' && value.length >= 2 && value.length <= maxMasked;
}

interface Say {
  readonly tool: string;
  readonly service: string;
  readonly trust: Trust;
}

function newQuestion(
  { tool, service, trust }: Say,
  before: JsonObject | undefined,
  now: JsonObject,
): Finding {
  const who = `${tool === '' ? service : `the tool ${quote(tool)} of ${service}`}`;
  if (before === undefined)
    return {
      score: 0.9,
      reason: `${who} asks the user something, which it did not ${trust.before}`,
      spans: [{ path: '/message', text: stringIn(now['message']) }],
    };
  const [first = { path: '', text: 'in a part too long to show' }, ...others] = diff(before, now);
  return {
    score: 1,
    reason: `${who} asks something else than at ${trust.since}: ${first.path} ${first.text}`,
    spans: [first, ...others],
  };
}
