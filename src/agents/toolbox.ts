import type { AgentHost, ToolOutcome } from '../contracts/agent.ts';
import type { JsonObject } from '../contracts/json.ts';
import type { ModelTool } from '../contracts/model.ts';
import { type HelperTool, helperTools } from './helperTools.ts';
import { describeTool } from './reading.ts';
import { createToolNames } from './toolNames.ts';

/** The tools of all services as one list, under names that providers take. */
export interface Toolbox {
  /** The tools as they are now; to be asked before each turn. */
  offer(): Promise<readonly ModelTool[]>;
  /** Makes a call; that there is no such tool is an outcome too. */
  call(name: string, args: JsonObject): Promise<ToolOutcome>;
}

export function createToolbox(host: AgentHost): Toolbox {
  const names = createToolNames();
  const helpers = new Map<string, HelperTool>(helperTools(host).map((tool) => [tool.name, tool]));
  return {
    async offer() {
      const offered = new Map<string, ModelTool>(helpers);
      for (const view of await host.tools()) {
        const name = names.nameOf(view.service, view.name);
        const description = describeTool(name, view);
        // A service that lists a name twice has it once, with all that it says about it.
        const before = offered.get(name)?.description;
        offered.set(name, {
          name,
          description: before === undefined ? description : `${before}\n${description}`,
          inputSchema: view.inputSchema,
        });
      }
      return [...offered.values()].map(({ name, description, inputSchema }) => ({
        name,
        description,
        inputSchema,
      }));
    },
    async call(name, args) {
      const helper = helpers.get(name);
      if (helper) return helper.call(args);
      const address = names.find(name);
      return address
        ? host.call(address.service, address.tool, args)
        : { kind: 'protocol-error', text: `There is no tool ${JSON.stringify(name.slice(0, 80))}` };
    },
  };
}
