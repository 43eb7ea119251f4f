import type { z } from 'zod';
import type { Agent } from '../contracts/agent.ts';
import type { AgentChoice, ModelChoice } from '../contracts/experiment.ts';
import type { ExternalAgent } from '../contracts/externalAgent.ts';

/** A model that an experiment configures. */
export interface AgentModel extends ModelChoice {
  /** Where its provider answers, when nothing else is said. */
  readonly usualUrl?: string;
}

/** A way to make agents from settings in an experiment. */
export interface AgentKind {
  readonly id: string;
  readonly title: string;
  /** One line. */
  readonly description: string;
  readonly needsModel: boolean;
  /** What may stand beside id, kind and model. */
  readonly parameters: z.ZodObject;
  /**
   * @param models those that the experiment configures
   * @throws z.ZodError when the choice's parameters are not those of this kind
   */
  create(choice: AgentChoice, models: readonly AgentModel[]): Agent | ExternalAgent;
}
