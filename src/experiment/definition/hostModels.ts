import type { ModelChoice } from '../../contracts/experiment.ts';
import type { ListedAgent } from './agentList.ts';
import { quoted } from './problems.ts';
import type { Complain } from './resolve.ts';

/**
 * Complains about what is declared for a model and cannot be applied to calls that a host of somebody else's makes by
 * itself.
 */
export function checkHostModels(
  agents: readonly ListedAgent[],
  models: readonly ModelChoice[],
  complain: Complain,
): void {
  for (const { choice, path } of agents) {
    const model = models.find(({ id }) => id === choice?.model);
    if (choice?.kind !== 'external' || !model) continue;
    const { timeoutMs: _, ...limits } = model.limits;
    const names = Object.keys({ ...model.settings, ...limits });
    if (names.length > 0)
      complain({
        path: [...path, 'model'],
        what: `${names.join(', ')} of ${quoted(model.id)} cannot be applied to a host, which makes its own requests, list the model without under another id`,
      });
  }
}
