import type { Catalog, ModelChoice } from '../../contracts/experiment.ts';
import { findAgent } from '../catalog.ts';
import type { ListedAgent } from './agentList.ts';
import { quoted } from './problems.ts';
import type { Complain } from './resolve.ts';
import { type ExperimentFile, usualLimits } from './schema.ts';

interface HostScope {
  readonly file: ExperimentFile;
  readonly models: readonly ModelChoice[];
  readonly catalog: Catalog;
  complain: Complain;
}

/** Complains about what is declared and cannot be applied to calls that a host of somebody else's makes by itself. */
export function checkHostModels(agents: readonly ListedAgent[], scope: HostScope): void {
  const { file, models, catalog, complain } = scope;
  const modelLimits = [
    ...(file.budget ? ['budget'] : []),
    ...(['maxSteps', 'maxTokens'] as const).filter((name) => file.limits[name] !== usualLimits[name]),
  ];
  for (const { id, choice, path } of agents) {
    if (choice?.kind !== 'external') continue;
    const model = models.find((each) => each.id === choice.model);
    const settings = Object.keys({ ...model?.settings, ...model?.limits }).filter(
      (name) => name !== 'timeoutMs',
    );
    if (settings.length > 0)
      complain({
        path: [...path, 'model'],
        what: `${settings.join(', ')} of ${quoted(choice.model ?? '')} cannot be applied to a host, which makes its own requests, list the model without under another id`,
      });
    if (modelLimits.length > 0 && !isSeen(id, { choice, models, catalog }))
      complain({
        path,
        what: `${modelLimits.join(', ')} cannot be applied to this host, whose requests to its model are not seen, give it a model with baseUrl, or endpoint`,
      });
  }
}

function isSeen(
  id: string,
  { choice, models, catalog }: Required<Pick<ListedAgent, 'choice'>> & Pick<HostScope, 'models' | 'catalog'>,
): boolean {
  try {
    const agent = findAgent(catalog, id, { agentChoices: [choice], models });
    return agent.kind === 'external' && agent.exposure === 'model';
  } catch {
    // What keeps it from being made is complained about elsewhere.
    return true;
  }
}
