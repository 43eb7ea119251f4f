import { ProtocolError, SdkHttpError } from '@modelcontextprotocol/client';
import type { PromptView, ResourceView, ToolOutcome, ToolView } from '../contracts/agent.ts';
import type { JsonObject } from '../contracts/json.ts';
import {
  type Connection,
  type ConnectionOptions,
  fail,
  guarded,
  type Offer,
  type Reading,
  requestOptions,
} from './connection.ts';
import { contentText, definitionText, linksIn, mediaIn, mediaOfResource, resourceText } from './content.ts';
import { cutOutcome } from './cutting.ts';

/**
 * Lists again what is stale and says what the agent then reads.
 * @throws ServiceFailure
 */
async function refresh<View extends object>(
  connection: Connection,
  { offer, list }: { offer: Offer<View>; list(): Promise<readonly View[]> },
  options: ConnectionOptions,
): Promise<readonly View[]> {
  if (!offer.stale) return offer.views;
  offer.stale = false;
  offer.views = await list();
  for (const view of offer.views) {
    const text = definitionText({ ...view, service: undefined });
    options.onReading?.({ service: connection.service, kind: 'definition', text });
  }
  return offer.views;
}

export function tools(connection: Connection, options: ConnectionOptions): Promise<readonly ToolView[]> {
  return refresh(
    connection,
    { offer: connection.tools, list: () => listTools(connection, options) },
    options,
  );
}

/** The list as the service gives it now; nobody reads it yet. @throws ServiceFailure */
export async function listTools(
  { service, client }: Connection,
  options: ConnectionOptions,
): Promise<readonly ToolView[]> {
  if (client.getServerCapabilities()?.tools === undefined) return [];
  const { tools: listed } = await guarded(service, options, () =>
    client.listTools(undefined, { ...requestOptions(options), cacheMode: 'refresh' }),
  );
  return listed.map((tool) => ({
    service,
    name: tool.name,
    ...(tool.title !== undefined && { title: tool.title }),
    description: tool.description ?? '',
    inputSchema: tool.inputSchema as JsonObject,
    ...(tool.outputSchema !== undefined && { outputSchema: tool.outputSchema as JsonObject }),
    ...(tool.annotations !== undefined && { annotations: tool.annotations as JsonObject }),
  }));
}

export function resources(
  connection: Connection,
  options: ConnectionOptions,
): Promise<readonly ResourceView[]> {
  const { service, client } = connection;
  const list = async (): Promise<readonly ResourceView[]> => {
    if (client.getServerCapabilities()?.resources === undefined) return [];
    const cached = { ...requestOptions(options), cacheMode: 'refresh' as const };
    const own = await optional(service, options, () => client.listResources(undefined, cached));
    const templates = await optional(service, options, () => client.listResourceTemplates(undefined, cached));
    const view = (template: boolean, uri: string, { name, title, description }: Described): ResourceView => ({
      service,
      uri,
      template,
      name: title ?? name,
      description: description ?? '',
    });
    return [
      ...(own?.resources ?? []).map((each) => view(false, each.uri, each)),
      ...(templates?.resourceTemplates ?? []).map((each) => view(true, each.uriTemplate, each)),
    ];
  };
  return refresh(connection, { offer: connection.resources, list }, options);
}

interface Described {
  readonly name: string;
  readonly title?: string | undefined;
  readonly description?: string | undefined;
}

export function prompts(connection: Connection, options: ConnectionOptions): Promise<readonly PromptView[]> {
  const { service, client } = connection;
  const list = async (): Promise<readonly PromptView[]> => {
    if (client.getServerCapabilities()?.prompts === undefined) return [];
    const listed = await optional(service, options, () =>
      client.listPrompts(undefined, { ...requestOptions(options), cacheMode: 'refresh' }),
    );
    return (listed?.prompts ?? []).map((prompt) => ({
      service,
      name: prompt.name,
      description: [prompt.title, prompt.description].filter(Boolean).join('\n'),
      arguments: (prompt.arguments ?? []).map(({ name, required, description }) => ({
        name,
        required: required === true,
        description: description ?? '',
      })),
    }));
  };
  return refresh(connection, { offer: connection.prompts, list }, options);
}

/** What a service answers with an error it does not have; every other failure is the connection's. */
async function optional<T>(
  service: string,
  options: ConnectionOptions,
  action: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await action();
  } catch (error) {
    return error instanceof ProtocolError || isNotFound(error) ? undefined : fail(service, options, error);
  }
}

/** How HTTP says in the 2026 era that a service does not know a method (specification, basic/transports). */
function isNotFound(error: unknown): boolean {
  return error instanceof SdkHttpError && error.status === 404;
}

/** Runs one request of the agent; what a service sends in answer is an outcome, also an error. */
async function outcomeOf(
  connection: Connection,
  options: ConnectionOptions,
  { kind, ask }: { kind: Reading['kind']; ask(): Promise<ToolOutcome> },
): Promise<ToolOutcome> {
  const { service } = connection;
  const whole = await ask().catch((error: unknown): ToolOutcome => {
    // What the service sent in answer, as against a failure of the connection (HTTP status codes are the latter).
    if (error instanceof ProtocolError) return { kind: 'protocol-error', text: error.message };
    return fail(service, options, error);
  });
  const { maxResultCharacters = Number.POSITIVE_INFINITY } = options;
  const outcome = cutOutcome(whole, maxResultCharacters);
  options.onReading?.({ service, kind, text: outcomeText(outcome) });
  return outcome;
}

export function callTool(
  connection: Connection,
  { tool, args }: { readonly tool: string; readonly args: JsonObject },
  options: ConnectionOptions,
): Promise<ToolOutcome> {
  const ask = async (): Promise<ToolOutcome> => {
    const params = { name: tool, arguments: args };
    const result = await connection.client.callTool(params, requestOptions(options));
    const links = linksIn(result.content);
    const media = mediaIn(result.content);
    return {
      kind: result.isError ? 'tool-error' : 'result',
      text: contentText(result.content),
      ...(result.structuredContent !== undefined && { structured: result.structuredContent as JsonObject }),
      ...(links.length > 0 && { links }),
      ...(media.length > 0 && { media }),
    };
  };
  return outcomeOf(connection, options, { kind: 'result', ask });
}

export function readResource(
  connection: Connection,
  uri: string,
  options: ConnectionOptions,
): Promise<ToolOutcome> {
  const ask = async (): Promise<ToolOutcome> => {
    const cached = { ...requestOptions(options), cacheMode: 'refresh' as const };
    const { contents } = await connection.client.readResource({ uri }, cached);
    const all = contents as readonly JsonObject[];
    const media = all.flatMap(mediaOfResource);
    return {
      kind: 'result',
      text: all.map(resourceText).join('\n'),
      ...(media.length > 0 && { media }),
    };
  };
  return outcomeOf(connection, options, { kind: 'resource', ask });
}

export function getPrompt(
  connection: Connection,
  { name, args }: { readonly name: string; readonly args: JsonObject },
  options: ConnectionOptions,
): Promise<ToolOutcome> {
  const ask = async (): Promise<ToolOutcome> => {
    const params = { name, arguments: args as Record<string, string> };
    const { messages, description } = await connection.client.getPrompt(params, requestOptions(options));
    const texts = messages.map(({ content }) => contentText([content]));
    const media = messages.flatMap(({ content }) => mediaIn([content]));
    return {
      kind: 'result',
      text: [description, ...texts].filter(Boolean).join('\n'),
      ...(media.length > 0 && { media }),
    };
  };
  return outcomeOf(connection, options, { kind: 'prompt', ask });
}

/** Values that the service proposes; none where it proposes nothing. @throws ServiceFailure */
export async function complete(
  { service, client }: Connection,
  { subject, argument }: { readonly subject: PromptView | ResourceView; readonly argument: string },
  options: ConnectionOptions,
): Promise<readonly string[]> {
  if (client.getServerCapabilities()?.completions === undefined) return [];
  const ref =
    'uri' in subject
      ? { type: 'ref/resource' as const, uri: subject.uri }
      : { type: 'ref/prompt' as const, name: subject.name };
  const answer = await optional(service, options, () =>
    client.complete({ ref, argument: { name: argument, value: '' } }, requestOptions(options)),
  );
  const values = answer?.completion.values ?? [];
  options.onReading?.({ service, kind: 'completion', text: values.join('\n') });
  return values;
}

/** Everything the agent gets to read of an outcome. */
function outcomeText(outcome: ToolOutcome): string {
  if (outcome.kind === 'protocol-error' || outcome.structured === undefined) return outcome.text;
  return [outcome.text, definitionText({ structured: outcome.structured })].join('\n');
}
