import { z } from 'zod';
import { SafeMcpError } from '../../contracts/errors.ts';
import type { AgentChoice, ModelChoice } from '../../contracts/experiment.ts';
import type { ExternalAgent } from '../../contracts/externalAgent.ts';
import { externalParameters } from './parameters.ts';
import { type HostPreset, hostPresets } from './presets.ts';
import { runHost } from './run.ts';

export { externalParameters } from './parameters.ts';

/**
 * The agent that a choice of the kind `external` describes.
 * @param models the models that the experiment configures, for the address of the agent's
 * @throws INVALID_DEFINITION
 */
export function createExternalAgent(
  choice: AgentChoice,
  models: readonly ModelChoice[] = [],
  env: NodeJS.ProcessEnv = process.env,
): ExternalAgent {
  const { id } = choice;
  const parsed = externalParameters.safeParse(choice.parameters);
  if (!parsed.success) throw invalid(id, z.prettifyError(parsed.error));
  const parameters = parsed.data;
  const preset = presetOf(parameters.preset);
  const [program, ...args] = parameters.command ?? preset.command;
  if (program === undefined)
    throw invalid(id, 'command is missing: the preset "command" has none of its own');
  const model = models.find((each) => each.id === choice.model);
  const name = model?.name ?? nameIn(choice.model);
  const endpoint = parameters.endpoint ?? model?.baseUrl ?? preset.endpoint;
  if (name === undefined && endpoint !== undefined)
    throw invalid(id, 'model is missing: the host has to be told which to ask for');
  const host = {
    id,
    preset,
    command: [program, ...args] as const,
    model: name ?? '',
    endpoint,
    parameters,
    inherited: env,
  };
  return {
    id,
    title: `${preset.title} (external)`,
    kind: 'external',
    description: `A host of its own, run as the command ${program}`,
    entry: parameters.mcp,
    exposure: endpoint === undefined ? 'wire' : 'model',
    run: (session) => runHost(host, session),
  };
}

function presetOf(id: string): HostPreset {
  const preset = hostPresets.find((each) => each.id === id);
  if (!preset) throw invalid(id, 'There is no such preset');
  return preset;
}

/** `PROVIDER/NAME` without the provider. */
function nameIn(model: string | undefined): string | undefined {
  return model?.slice(model.indexOf('/') + 1);
}

function invalid(agent: string, what: string): SafeMcpError {
  return new SafeMcpError('INVALID_DEFINITION', what, { where: agent, hint: 'docs/external-agents.md' });
}
