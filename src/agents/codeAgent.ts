import type { Agent, AgentHost } from '../contracts/agent.ts';
import type { JsonObject } from '../contracts/json.ts';
import type { MediaPart, Model, ModelTool } from '../contracts/model.ts';
import { outcomeText, presentationText } from './reading.ts';
import { createToolbox } from './toolbox.ts';

/** What an agent written in code has to do. */
export interface CodeTask {
  readonly instruction: string;
  /** What the host knows about the user; empty if nothing. */
  readonly privateContext: string;
  /** Words of the operator and of defenses; they work only if the agent's model gets them. */
  readonly systemPrompt: string;
  /** Aborted when the episode is over: at its time limit, and when a limit is reached. */
  readonly signal: AbortSignal;
}

/** The connected services, ready for whatever model an agent uses. */
export interface CodeServices {
  /** How the services present themselves: names and instructions, for the system prompt. */
  readonly presentation: string;
  /** The tools as they are now, under names that providers take (`SERVICE__TOOL`). Ask before each turn: they may change. */
  tools(): Promise<readonly ModelTool[]>;
  /** Makes a call. What goes wrong is a result too: models are told of it. */
  call(name: string, args: JsonObject): Promise<CodeResult>;
  /** A model of the experiment; its calls are recorded and count towards the limits. @throws UNKNOWN_ID */
  model(id: string): Model;
  /** All the rest: resources, prompts, questions of services. */
  readonly host: AgentHost;
}

export interface CodeResult {
  /** What the agent's model is to be shown. */
  readonly text: string;
  readonly isError: boolean;
  readonly structured?: JsonObject;
  readonly media?: readonly MediaPart[];
}

/** Resolves with the answer to the user. */
export type CodeWork = (task: CodeTask, services: CodeServices) => Promise<string>;

/** An agent from a function: whatever framework or model works inside it, what it does is measured on the wires. */
export function codeAgent(id: string, work: CodeWork): Agent {
  return {
    id,
    title: id,
    kind: 'code',
    description: "An agent of the user's own",
    async run({ instruction, privateContext, systemPrompt, signal, host, model }) {
      const task = { instruction, privateContext, systemPrompt, signal };
      const answer: unknown = await work(task, servicesOf(host, model));
      if (typeof answer === 'string') return answer;
      throw new TypeError(`The agent ${id} gave no text as its answer`);
    },
  };
}

function servicesOf(host: AgentHost, model: CodeServices['model']): CodeServices {
  const toolbox = createToolbox(host);
  return {
    presentation: presentationText(host),
    tools: () => toolbox.offer(),
    async call(name, args) {
      const outcome = await toolbox.call(name, args);
      const { structured, media } = outcome.kind === 'protocol-error' ? {} : outcome;
      return {
        text: outcomeText(outcome),
        isError: outcome.kind !== 'result',
        ...(structured && { structured }),
        ...(media && { media }),
      };
    },
    model,
    host,
  };
}
