import type { JsonObject, JsonValue } from '../../contracts/json.ts';
import type { FakeCall, FakeMessage, FakeResult, FakeTool } from './turn.ts';
import { BadRequest } from './wireFormat.ts';

/** A part of a message's content, in any format. */
interface ContentPart {
  readonly type: string;
  readonly text?: string | undefined;
}

/** The text of a content that is a string or parts; what is no text appears as its type. */
export function contentText(content: string | readonly ContentPart[] | null | undefined): string {
  if (typeof content === 'string') return content;
  return (content ?? []).map(({ type, text }) => text ?? `[${type}]`).join('\n');
}

export function message(
  role: FakeMessage['role'],
  text: string,
  more: { readonly calls?: readonly FakeCall[]; readonly results?: readonly FakeResult[] } = {},
): FakeMessage {
  return { role, text, calls: more.calls ?? [], results: more.results ?? [] };
}

/** Arguments that travel as text; the text itself where it is no JSON. */
export function parsedArguments(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return text;
  }
}

/** The tools a client allows now. `choice` is a mode or the name of the one tool. */
export function allowedTools(
  tools: readonly FakeTool[],
  choice: { readonly mode: 'auto' | 'none' | 'required' } | { readonly tools: readonly string[] },
): { readonly tools: readonly FakeTool[]; readonly mustCall: boolean } {
  if ('tools' in choice) {
    const wanted = new Set(choice.tools);
    return { tools: tools.filter(({ name }) => wanted.has(name)), mustCall: true };
  }
  return { tools: choice.mode === 'none' ? [] : tools, mustCall: choice.mode === 'required' };
}

export function toolNamed(
  name: string,
  description: string | null | undefined,
  schema: JsonObject | null | undefined,
): FakeTool {
  return { name, description: description ?? '', inputSchema: schema ?? { type: 'object', properties: {} } };
}

/**
 * Providers refuse a conversation in which a call has no result, or a result no call.
 * @throws BadRequest
 */
export function demandPairedCalls(messages: readonly FakeMessage[]): void {
  let open = new Set<string>();
  for (const { role, calls, results } of messages) {
    if (role !== 'tool' && open.size > 0) throw unanswered(open);
    for (const { call } of results)
      if (!open.delete(call))
        throw new BadRequest(`A tool result refers to the call ${JSON.stringify(call)}, which is not open`);
    if (calls.length > 0) open = new Set([...open, ...calls.map(({ id }) => id)]);
  }
  if (open.size > 0) throw unanswered(open);
}

function unanswered(open: ReadonlySet<string>): BadRequest {
  return new BadRequest(`No tool result follows these tool calls: ${[...open].join(', ').slice(0, 300)}`);
}
