import type { Experiment, ModelChoice } from '../contracts/experiment.ts';
import type { ModelCredential, ModelUsage } from '../contracts/model.ts';
import { modelChoice, readCredential, usdOf } from '../models/index.ts';

/** What an experiment says of the model behind an external agent. */
export interface HostModel {
  /** Its real key; undefined when none is found. @throws MODEL_KEY when what is found cannot be a key */
  credential(): Promise<ModelCredential | undefined>;
  /** What a call costs; 0 when the price is not known. */
  usd(usage: ModelUsage): number;
}

export function hostModel({ agentChoices = [], models = [] }: Experiment, agent: string): HostModel {
  const id = agentChoices.find((each) => each.id === agent)?.model ?? '';
  const choice: ModelChoice | undefined = models.find((each) => each.id === id) ?? modelChoice(id);
  return {
    credential: async () => choice && readCredential(choice, process.env),
    usd: (usage) => (choice ? usdOf(choice, usage) : 0),
  };
}
