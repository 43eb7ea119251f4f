import type { z } from 'zod';
import type { Defense, DefenseScope } from '../contracts/defense.ts';
import { isJsonObject, type JsonObject } from '../contracts/json.ts';
import {
  type Exchange,
  type McpNotification,
  type McpReply,
  type McpRequest,
  resultReply,
  type Tap,
  type WireContext,
} from '../contracts/wire.ts';
import { noParameters, readParameters } from './parameters.ts';
import {
  boundedSpans,
  quote,
  replaceTexts,
  summarize,
  type TextPlace,
  type VisitText,
  visitTexts,
} from './texts.ts';
import {
  guardTools,
  type Objection,
  type ToolObjection,
  type ToolRules,
  theTool,
  toolKey,
} from './toolGuard.ts';

/** What a detector finds in one string. */
export interface TextFinding {
  /** 0 to 1; how sure the detector is. */
  readonly score: number;
  /** Completes `REASON in the result of ...`. */
  readonly reason: string;
  /** The part of the string that gave rise to it. */
  readonly excerpt: string;
  /** What is left of the string without that part, with a notice in its place; a notice alone if absent. */
  readonly rest?: string;
}

/** Must take time linear in the length of `text`, and remember nothing. */
export type InspectText = (text: string, place: TextPlace) => TextFinding | undefined;

type DetectorFacts = Pick<Defense, 'id' | 'title' | 'description' | 'source' | 'covers'>;

interface Tuning<Schema extends z.ZodType> {
  readonly parameters: Schema;
  prepare(parameters: z.output<Schema>): InspectText;
  readonly names?: boolean;
}

interface Reading {
  readonly inspect: InspectText;
  /** Whether names of members are read like strings. */
  readonly names: boolean;
}

interface LocatedFinding extends TextFinding {
  readonly path: string;
}

/** Findings kept per message; one alone is enough to act. */
const maxFindings = 100;
/** Flagged tools remembered per connection. */
const maxFlagged = 1000;

/**
 * A detector that reads every string a service sends: definitions, results, errors, instructions, resources, prompts,
 * notifications, elicitation. Enforcing, it withholds flagged tools and replaces other flagged strings by a notice.
 */
export function createTextDetector(
  facts: DetectorFacts,
  inspect: InspectText,
  { names = false } = {},
): Defense {
  return createTunedDetector(facts, { parameters: noParameters, prepare: () => inspect, names });
}

/** {@link createTextDetector} for a detector with parameters, made ready once per episode. */
export function createTunedDetector<Schema extends z.ZodType>(
  facts: DetectorFacts,
  { parameters, prepare, names = false }: Tuning<Schema>,
): Defense {
  return {
    ...facts,
    kind: 'passive',
    modes: ['observe', 'enforce'],
    create(scope) {
      const inspect = prepare(readParameters(facts.id, parameters, scope.parameters));
      return { tap: (service) => createTap(facts.id, service, scope, { inspect, names }) };
    },
  };
}

function createTap(id: string, service: string, scope: DefenseScope, reading: Reading): Tap {
  const guard = guardTools(scope, toolRules(id, service, reading));
  const notice = `[withheld by ${id}]`;
  const redacted = (text: string, place: TextPlace): string => {
    const found = reading.inspect(text, place);
    return found ? (found.rest ?? notice) : text;
  };
  const enforce = scope.mode === 'enforce';

  /** Reports what is found in `body`, and replaces it when enforcing; the same object when nothing is found. */
  const clean = <Body extends object>(body: Body, message: string, what: string): Body => {
    const findings = findIn(body, reading);
    if (findings.length === 0) return body;
    scope.report({
      action: enforce ? 'redact' : 'allow',
      score: highest(findings),
      reason: `${summarize([...new Set(findings.map(({ reason }) => reason))])} in ${what} of ${service}`,
      spans: boundedSpans(findings.map(({ path, excerpt }) => ({ path, text: excerpt }))),
      message,
    });
    return enforce ? replaceTexts(body, redacted, reading) : body;
  };

  const cleanReply = (reply: McpReply, request: McpRequest, context: WireContext): McpReply => {
    if (reply.kind === 'dropped') return reply;
    if (reply.kind === 'error') {
      const error = clean(reply.error, request.id, `the error to ${quote(request.method)}`);
      return error === reply.error ? reply : { kind: 'error', error };
    }
    const aside = seenElsewhere(request, reply.result, context);
    const rest = { ...reply.result };
    for (const member of Object.keys(aside)) delete rest[member];
    const cleaned = clean(rest, request.id, `the result of ${quote(request.method)}`);
    return cleaned === rest ? reply : resultReply({ ...cleaned, ...aside });
  };

  return {
    name: id,
    hostRequest: (next) => {
      const cleaned: Exchange = async (request, context) =>
        cleanReply(await next(request, context), request, context);
      return guard(cleaned);
    },
    serviceRequest: (next) => (request, context) =>
      next(cleanParams(request, clean, `the request ${quote(request.method)}`), context),
    notification: (message) =>
      message.direction === 'to-service'
        ? message
        : cleanParams(message, clean, `the notification ${quote(message.method)}`),
  };
}

function cleanParams<Message extends McpRequest | McpNotification>(
  message: Message,
  clean: (params: JsonObject, message: string, what: string) => JsonObject,
  what: string,
): Message {
  if (message.params === undefined) return message;
  const params = clean(message.params, message.id, what);
  return params === message.params ? message : { ...message, params };
}

/** The part of a result that reaches this defense in another way: tools one by one, asked input as requests. */
function seenElsewhere(request: McpRequest, result: JsonObject, context: WireContext): JsonObject {
  const { tools, inputRequests } = result;
  if (request.method === 'tools/list' && Array.isArray(tools)) return { tools };
  const asks = context.era === '2026' && result['resultType'] === 'input_required';
  return asks && isJsonObject(inputRequests) ? { inputRequests } : {};
}

function toolRules(id: string, service: string, reading: Reading): ToolRules {
  const flagged = new Map<string, Objection>();
  return {
    inspect({ tools, first }) {
      if (first) flagged.clear();
      return tools.flatMap(({ name, definition, path }): ToolObjection[] => {
        const findings = findIn(definition, reading);
        if (findings.length === 0) return [];
        const objection = {
          score: highest(findings),
          reason: `${findings[0]?.reason} in the definition of ${theTool(name, service)}`,
        };
        if (flagged.size < maxFlagged) flagged.set(toolKey(name), objection);
        const spans = findings.map((each) => ({ path: path + each.path, text: each.excerpt }));
        return [{ ...objection, tool: name, spans, withhold: true }];
      });
    },
    refusal: `The call was refused: this tool is withheld by ${id}`,
    judge: (tool) => flagged.get(toolKey(tool)),
  };
}

function findIn(body: unknown, { inspect, names }: Reading): LocatedFinding[] {
  const findings: LocatedFinding[] = [];
  const look: VisitText = (text, path, place) => {
    if (findings.length >= maxFindings) return;
    const finding = inspect(text, place);
    if (finding) findings.push({ ...finding, path: path() });
  };
  visitTexts(body, look, { names });
  return findings;
}

function highest(findings: readonly TextFinding[]): number {
  return findings.reduce((best, { score }) => Math.max(best, score), 0);
}
