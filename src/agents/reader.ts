import type { AgentHost, PromptView, ResourceView, ToolOutcome } from '../contracts/agent.ts';

/** Resources, prompts and links that are opened per episode; a service may offer any number. */
const mostOpened = 12;
/** Arguments of one prompt, or variables of one template, for which values are asked. */
const mostCompleted = 4;

/** An agent's eyes: reads whatever services offer, each thing once. */
export interface Reader {
  /** Reads what is listed now, and opens what is new: resources, prompts, and the values proposed for arguments. */
  look(): Promise<void>;
  /** Opens the resources that a result links to. */
  follow(service: string, outcome: ToolOutcome): Promise<void>;
}

export function createReader(host: AgentHost): Reader {
  const opened = new Set<string>();
  /** True the first time, while there is room. */
  const isNew = (...key: string[]): boolean => {
    const name = JSON.stringify(key);
    if (opened.has(name) || opened.size >= mostOpened) return false;
    opened.add(name);
    return true;
  };

  const openResource = async (resource: ResourceView): Promise<void> => {
    const { service, uri, template } = resource;
    if (!isNew('resource', service, uri)) return;
    if (!template) await host.readResource(service, uri);
    for (const variable of template ? variablesIn(uri).slice(0, mostCompleted) : [])
      await host.complete(resource, variable);
  };
  const openPrompt = async (prompt: PromptView): Promise<void> => {
    const { service, name } = prompt;
    if (!isNew('prompt', service, name)) return;
    const given: [string, string][] = [];
    for (const [place, argument] of prompt.arguments.entries()) {
      const values = place < mostCompleted ? await host.complete(prompt, argument.name) : [];
      const [first = argument.name] = values;
      if (argument.required) given.push([argument.name, first]);
    }
    await host.getPrompt(service, name, Object.fromEntries(given));
  };

  return {
    async look() {
      await host.tools();
      for (const resource of await host.resources()) await openResource(resource);
      for (const prompt of await host.prompts()) await openPrompt(prompt);
    },
    async follow(service, outcome) {
      for (const uri of 'links' in outcome ? (outcome.links ?? []) : [])
        if (isNew('resource', service, uri)) await host.readResource(service, uri);
    },
  };
}

/** Names of the plain variables in a URI template (RFC 6570, level 1): `{name}`. */
function variablesIn(template: string): string[] {
  return template
    .slice(0, 2_000)
    .split('{')
    .slice(1)
    .flatMap((part) => {
      const end = part.indexOf('}');
      return end > 0 ? [part.slice(0, end)] : [];
    });
}
