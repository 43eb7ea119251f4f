import type { McpRequestContext, Transport } from '@modelcontextprotocol/server';
import { ProtocolError, ProtocolErrorCode, Server } from '@modelcontextprotocol/server';
import { z } from 'zod';
import type { JsonObject } from '../contracts/json.ts';
import type { ServiceSource, ToolDefinition, ToolResult } from '../contracts/service.ts';

const schemas = new WeakMap<z.ZodObject, JsonObject>();

/** The JSON Schema that clients see for a tool's arguments; made once per schema object. */
function inputSchemaOf(input: z.ZodObject): JsonObject {
  const known = schemas.get(input);
  if (known) return known;
  const { $schema: _, ...schema } = z.toJSONSchema(input, { io: 'input' });
  schemas.set(input, schema as JsonObject);
  return schema as JsonObject;
}

/** A tool's definition as it stands in `tools/list`. */
function describeTool(tool: ToolDefinition): JsonObject {
  return {
    name: tool.name,
    title: tool.title,
    description: tool.description,
    inputSchema: inputSchemaOf(tool.input),
    annotations: { ...tool.annotations },
  };
}

/** A service of our own: tools in this process. */
export type ToolsSource = Extract<ServiceSource, { kind: 'tools' }>;

/** What stands between a server and its transport: gives the transport that the server sees. */
export type Interposer = (transport: Transport, context: McpRequestContext) => Transport;

/** Serves a service of our own with the official SDK, in both eras, over any transport. */
export function toolServerFactory(
  source: ToolsSource,
  interpose: Interposer = (transport) => transport,
): (context: McpRequestContext) => Server {
  const byName = new Map(source.tools.map((tool) => [tool.name, tool]));
  const list = { tools: source.tools.map(describeTool) };
  return (context) => {
    const server = new InterposedServer(
      { name: source.name, version: '1.0.0' },
      {
        capabilities: { tools: { listChanged: true } },
        ...(source.instructions === undefined ? {} : { instructions: source.instructions }),
      },
    );
    server.interpose = (transport) => interpose(transport, context);
    server.setRequestHandler('tools/list', () => list as never);
    server.setRequestHandler('tools/call', async (request) => {
      const tool = byName.get(request.params.name);
      if (!tool)
        throw new ProtocolError(ProtocolErrorCode.InvalidParams, `Unknown tool: ${request.params.name}`);
      return toCallResult(await runTool(tool, request.params.arguments ?? {}));
    });
    return server;
  };
}

class InterposedServer extends Server {
  interpose = (transport: Transport): Transport => transport;

  override connect(transport: Transport): Promise<void> {
    return super.connect(this.interpose(transport));
  }
}

async function runTool(tool: ToolDefinition, args: unknown): Promise<ToolResult> {
  const parsed = tool.input.safeParse(args);
  if (parsed.success) return tool.run(parsed.data);
  const problems = parsed.error.issues.map(
    (issue) => `${issue.path.join('.') || 'arguments'}: ${issue.message}`,
  );
  return { isError: true, text: `Wrong arguments for ${tool.name}. ${problems.join('; ')}` };
}

function toCallResult(result: ToolResult): { content: { type: 'text'; text: string }[]; isError?: true } {
  return {
    content: [{ type: 'text', text: result.text }],
    ...(result.structured && { structuredContent: result.structured }),
    ...(result.isError && { isError: true }),
  };
}
