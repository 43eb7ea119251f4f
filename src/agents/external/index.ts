import { SafeMcpError } from '../../contracts/errors.ts';
import type { AgentChoice } from '../../contracts/experiment.ts';
import type { ExternalAgent } from '../../contracts/externalAgent.ts';
import type { AgentKind, AgentModel } from '../kind.ts';
import { externalParameters } from './parameters.ts';
import { findPreset, type HostPreset } from './presets.ts';
import { runHost } from './run.ts';

/** A host of somebody else's, run as a command. */
export const external: AgentKind = {
  id: 'external',
  title: 'External host',
  description:
    'Any MCP host as a black box: a command that finds the services in its configuration. Presets: safemcp list hosts.',
  needsModel: false,
  parameters: externalParameters,
  create: createExternalAgent,
};

/**
 * The agent that a choice of the kind `external` describes.
 * @param models the models that the experiment configures, for the name and the address of the agent's
 * @param env what there is for a host to be passed
 * @throws z.ZodError for wrong parameters; INVALID_DEFINITION when the model is missing
 */
export function createExternalAgent(
  choice: AgentChoice,
  models: readonly AgentModel[],
  env: NodeJS.ProcessEnv = process.env,
): ExternalAgent {
  const parameters = externalParameters.parse(choice.parameters);
  const preset = findPreset(parameters.preset);
  const [program = '', ...args] = parameters.command ?? preset.command;
  const model = models.find((each) => each.id === choice.model);
  const name = model?.name ?? nameIn(choice.model);
  const endpoint = parameters.endpoint ?? endpointOf(preset, model);
  if (name === undefined && endpoint !== undefined)
    throw new SafeMcpError(
      'INVALID_DEFINITION',
      'model is missing: the host has to be told which to ask for',
      {
        where: choice.id,
        hint: 'Add model: PROVIDER/NAME',
      },
    );
  const host = {
    preset,
    command: [program, ...args] as const,
    model: name ?? '',
    endpoint,
    timeoutMs: model?.limits.timeoutMs,
    parameters,
    inherited: env,
  };
  return {
    id: choice.id,
    title: `${preset.title} (external)`,
    kind: 'external',
    description: `A host of its own, run as the command ${program}`,
    entry: parameters.mcp,
    exposure: endpoint === undefined ? 'wire' : 'model',
    run: (session) => runHost(host, session),
  };
}

/** `PROVIDER/NAME` without the provider. */
function nameIn(model: string | undefined): string | undefined {
  return model?.slice(model.indexOf('/') + 1);
}

/** A model's own address, as the host expects it; its provider's only for hosts that are known to take one. */
function endpointOf({ adds = '', endpoint }: HostPreset, model: AgentModel | undefined): string | undefined {
  const address = (model?.baseUrl ?? (endpoint && model?.usualUrl))?.replace(/\/$/, '');
  return address?.endsWith(adds) ? address.slice(0, address.length - adds.length) : (address ?? endpoint);
}
