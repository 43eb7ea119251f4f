import { z } from 'zod';
import type { AgentHost, ToolOutcome } from '../contracts/agent.ts';
import type { JsonObject } from '../contracts/json.ts';
import type { ModelTool } from '../contracts/model.ts';

/** A tool of the host's own, by which a model reaches what services offer besides tools. */
export interface HelperTool extends ModelTool {
  call(args: JsonObject): Promise<ToolOutcome>;
}

const nothing = z.object({});
const address = z.object({
  service: z.string().describe('The service that offers the resource'),
  uri: z.string().describe('The URI of the resource, or a URI template with its variables filled in'),
});
const promptCall = z.object({
  service: z.string().describe('The service that offers the prompt'),
  name: z.string().describe('The name of the prompt'),
  arguments: z.record(z.string(), z.string()).optional().describe('The arguments of the prompt'),
});

/** The helper tools for what these services offer; none when all they have is tools. */
export function helperTools(host: AgentHost): HelperTool[] {
  const resources = [
    helper('list_resources', 'Lists the resources that the connected services offer.', nothing, async () =>
      listed(await host.resources()),
    ),
    helper('read_resource', 'Reads a resource of a connected service.', address, ({ service, uri }) =>
      host.readResource(service, uri),
    ),
  ];
  const prompts = [
    helper(
      'list_prompts',
      'Lists the prompts (prepared instructions) that the connected services offer.',
      nothing,
      async () => listed(await host.prompts()),
    ),
    helper('get_prompt', 'Gets a prompt of a connected service.', promptCall, (prompt) =>
      host.getPrompt(prompt.service, prompt.name, prompt.arguments ?? {}),
    ),
  ];
  return [
    ...(host.services.some((service) => service.resources) ? resources : []),
    ...(host.services.some((service) => service.prompts) ? prompts : []),
  ];
}

function helper<Input extends z.ZodObject>(
  name: string,
  description: string,
  input: Input,
  run: (args: z.output<Input>) => Promise<ToolOutcome>,
): HelperTool {
  const { $schema: _, ...inputSchema } = z.toJSONSchema(input);
  return {
    name,
    description,
    inputSchema: inputSchema as JsonObject,
    async call(args) {
      const parsed = input.safeParse(args);
      return parsed.success
        ? run(parsed.data)
        : { kind: 'protocol-error', text: `Invalid arguments: ${z.prettifyError(parsed.error)}` };
    },
  };
}

function listed(views: readonly object[]): ToolOutcome {
  return { kind: 'result', text: views.map((view) => JSON.stringify(view)).join('\n') };
}
