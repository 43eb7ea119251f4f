import type { Experiment } from '../contracts/experiment.ts';
import type { ModelCredential } from '../contracts/model.ts';
import { modelChoice, readCredential } from '../models/index.ts';

/**
 * The real key of the model behind an external agent; undefined when none is found.
 * @throws MODEL_KEY when what is found cannot be a key
 */
export async function hostCredential(
  { agentChoices = [], models = [] }: Experiment,
  agent: string,
): Promise<ModelCredential | undefined> {
  const id = agentChoices.find((each) => each.id === agent)?.model;
  const model = id === undefined ? undefined : (models.find((each) => each.id === id) ?? modelChoice(id));
  return model && readCredential(model, process.env);
}
