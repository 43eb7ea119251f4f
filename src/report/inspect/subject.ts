import type { AgentChoice, Experiment } from '../../contracts/experiment.ts';
import type { JsonObject } from '../../contracts/json.ts';
import { isScripted } from '../overview.ts';

/** The agent of a log, and the models behind it, in Inspect's words. */
export interface Subject {
  readonly agent: string;
  readonly choice?: AgentChoice;
  /**
   * `PROVIDER/NAME`; `none/AGENT` where there is no language model, `unknown/AGENT` for an agent whose model, if any,
   * the experiment does not name.
   */
  readonly model: string;
  readonly scripted: boolean;
  /** The name of a model by the id that the experiment gives it. */
  modelName(id: string): string;
  /** Its settings. */
  generateConfig(id: string): JsonObject;
}

export function subjectOf({ agentChoices = [], models = [] }: Experiment, agent: string): Subject {
  const scripted = isScripted(agent);
  const choice = agentChoices.find(({ id }) => id === agent);
  const configured = (id: string) => models.find((each) => each.id === id);
  const modelName = (id: string): string => {
    const model = configured(id);
    return model ? `${model.provider}/${model.name}` : id;
  };
  return {
    agent,
    scripted,
    ...(choice && { choice }),
    model:
      choice?.model === undefined ? `${scripted ? 'none' : 'unknown'}/${agent}` : modelName(choice.model),
    modelName,
    generateConfig(id) {
      const { temperature, topP, seed, reasoningEffort, maxTokens } = configured(id)?.settings ?? {};
      return {
        ...(temperature !== undefined && { temperature }),
        ...(topP !== undefined && { top_p: topP }),
        ...(seed !== undefined && { seed }),
        ...(reasoningEffort !== undefined && { reasoning_effort: reasoningEffort }),
        ...(maxTokens !== undefined && { max_tokens: maxTokens }),
      };
    },
  };
}
