import type { z } from 'zod';
import type { Agent } from '../contracts/agent.ts';
import type { AgentChoice } from '../contracts/experiment.ts';

/** A way to make agents from settings in an experiment. */
export interface AgentKind {
  readonly id: string;
  readonly title: string;
  /** One line. */
  readonly description: string;
  readonly needsModel: boolean;
  /** What may stand beside id, kind and model. */
  readonly parameters: z.ZodObject;
  /** @throws z.ZodError when the choice's parameters are not those of this kind */
  create(choice: AgentChoice): Agent;
}
