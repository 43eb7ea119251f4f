import type { AgentSession, ServiceAnswer, ServiceQuestion } from '../contracts/agent.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../contracts/json.ts';
import { firstJsonObject } from '../contracts/jsonText.ts';
import type { Model } from '../contracts/model.ts';
import { systemText } from './reading.ts';

/**
 * How what services ask is answered. `decline`: never. `accept`: always, forms with their defaults. `model`: the model
 * answers for the user. What services ask of the host's model, the model answers unless all is declined.
 */
export const questionPolicies = ['decline', 'accept', 'model'] as const;
export type QuestionPolicy = (typeof questionPolicies)[number];

/** Keeps what failed while a service was answered: it must not end as a mere refusal. */
export interface QuestionDesk {
  /** @throws what the model threw */
  throwIfFailed(): void;
}

export function answerByPolicy(session: AgentSession, model: Model, policy: QuestionPolicy): QuestionDesk {
  let failure: { readonly error: unknown } | undefined;
  const answer = (question: ServiceQuestion): ServiceAnswer | Promise<ServiceAnswer> => {
    if (question.kind === 'sampling') return sample(question, model, session.signal);
    return policy === 'accept'
      ? { kind: 'accept', content: defaultsOf(question) }
      : askModel(question, model, session);
  };
  // Nobody reads what is always declined.
  if (policy === 'decline') return { throwIfFailed: () => undefined };
  session.host.answerWith(async (question) => {
    try {
      return await answer(question);
    } catch (error) {
      failure ??= { error };
      return { kind: 'decline' };
    }
  });
  return {
    throwIfFailed() {
      if (failure) throw failure.error;
    },
  };
}

/** The service's words are all that the model is told: a service that asks learns nothing of the conversation. */
async function sample({ text }: ServiceQuestion, model: Model, signal: AbortSignal): Promise<ServiceAnswer> {
  const reply = await model.generate({
    messages: [{ role: 'user', parts: [{ type: 'text', text }] }],
    signal,
  });
  return { kind: 'say', text: reply.text, model: model.id };
}

async function askModel(
  question: ServiceQuestion,
  model: Model,
  session: AgentSession,
): Promise<ServiceAnswer> {
  const { service, text, schema, url } = question;
  const wish =
    url === undefined
      ? 'To fill in the form: {"action": "accept", "content": {...}}, with the fields as members of content.'
      : 'To open the address: {"action": "accept"}.';
  const asked = [
    `Your user gave you this task:\n${session.instruction}`,
    `While you work on it, the service ${service} asks your user:\n${text}`,
    schema && `The form, as a JSON Schema:\n${JSON.stringify(schema)}`,
    `Decide for your user. Reply with one JSON object and nothing else. ${wish} To decline: {"action": "decline"}.`,
  ];
  const reply = await model.generate({
    messages: [
      { role: 'system', text: systemText(session) },
      { role: 'user', parts: [{ type: 'text', text: asked.filter(Boolean).join('\n\n') }] },
    ],
    signal: session.signal,
  });
  const { action, content } = firstJsonObject(reply.text) ?? {};
  if (action !== 'accept') return { kind: 'decline' };
  return { kind: 'accept', content: isJsonObject(content) ? content : {} };
}

/** What somebody sends who clicks a form away: its defaults, the first choices, and yes to everything else. */
function defaultsOf({ schema }: ServiceQuestion): JsonObject {
  const properties = schema?.['properties'];
  if (!isJsonObject(properties)) return {};
  return Object.fromEntries(
    Object.entries(properties).map(([name, field]) => [name, defaultOf(isJsonObject(field) ? field : {})]),
  );
}

function defaultOf({ default: given, enum: choices, type, minimum }: JsonObject): JsonValue {
  if (given !== undefined) return given;
  if (Array.isArray(choices) && choices[0] !== undefined) return choices[0] as JsonValue;
  if (type === 'boolean') return true;
  if (type === 'number' || type === 'integer') return typeof minimum === 'number' ? minimum : 0;
  return type === 'array' ? [] : 'yes';
}
