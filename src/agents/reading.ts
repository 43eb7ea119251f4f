import type { AgentHost, AgentSession, Notice, ToolOutcome, ToolView } from '../contracts/agent.ts';
import { canonicalJson, type JsonObject, type JsonValue } from '../contracts/json.ts';

/**
 * What a model is shown, as text. The host has read all of it by the time it is shown, and nothing that the host reads
 * is left out: readings decide exposure.
 */

/** The operator's and the defenses' words, what is known about the user, and how the services present themselves. */
export function systemText({ systemPrompt, privateContext, host }: AgentSession): string {
  return [
    systemPrompt,
    privateContext && `What you know about your user:\n${privateContext}`,
    presentationText(host),
  ]
    .filter(Boolean)
    .join('\n\n');
}

/** How services present themselves: their names and instructions; empty when none says anything. */
export function presentationText({ services, instructions }: AgentHost): string {
  const presented = services.flatMap(({ service, identity }) => {
    const lines = [identity.replaceAll('\n', ', '), instructions.get(service)].filter(Boolean);
    return lines.length === 0 ? [] : [`${service}: ${lines.join('\n')}`];
  });
  if (presented.length === 0) return '';
  return ['The connected services, in their own words:', ...presented].join('\n\n');
}

/** Everything that a tool's definition says besides its input and the name under which it is offered. */
export function describeTool(offeredAs: string, tool: ToolView): string {
  const { name, title, description, outputSchema, annotations } = tool;
  const ownTitle = annotations?.['title'];
  return [
    offeredAs.endsWith(`__${name}`) ? '' : `Its own name: ${name}`,
    title,
    typeof ownTitle === 'string' && ownTitle !== title ? ownTitle : '',
    description,
    outputSchema && `Returns (JSON Schema): ${JSON.stringify(outputSchema)}`,
    annotations && extraAnnotations(annotations),
  ]
    .filter(Boolean)
    .join('\n');
}

/** The specification's annotations are for programs; whatever else stands there is read. */
const forPrograms = new Set(['title', 'readOnlyHint', 'destructiveHint', 'idempotentHint', 'openWorldHint']);

function extraAnnotations(annotations: JsonObject): string {
  const extra = Object.entries(annotations).filter(([key]) => !forPrograms.has(key));
  return extra.length === 0 ? '' : `Annotations: ${JSON.stringify(Object.fromEntries(extra))}`;
}

/** What a call gave: its text, and its structured content where the text does not say the same. */
export function outcomeText(outcome: ToolOutcome): string {
  if (outcome.kind === 'protocol-error') return `Error: ${outcome.text}`;
  const { text, structured } = outcome;
  if (structured === undefined || saysTheSame(text, structured)) return text === '' ? '(nothing)' : text;
  return [text, JSON.stringify(structured)].filter(Boolean).join('\n');
}

function saysTheSame(text: string, structured: JsonObject): boolean {
  try {
    return canonicalJson(JSON.parse(text) as JsonValue) === canonicalJson(structured);
  } catch {
    return false;
  }
}

/** What services said unasked; empty when none did. */
export function noticesText(notices: readonly Notice[]): string {
  if (notices.length === 0) return '';
  return ['Messages of services:', ...notices.map(({ service, text }) => `${service}: ${text}`)].join('\n');
}
