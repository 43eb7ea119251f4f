import type { AgentHost, AgentSession, ToolOutcome } from '../../src/contracts/agent.ts';
import type { Model } from '../../src/contracts/model.ts';
import { createSeed } from '../../src/contracts/seed.ts';

/** Services that offer nothing but tools. */
export function emptyShelves(): Omit<AgentHost, 'tools' | 'call'> {
  const nothing: ToolOutcome = { kind: 'protocol-error', text: 'Not found' };
  return {
    services: [],
    instructions: new Map(),
    resources: () => Promise.resolve([]),
    readResource: () => Promise.resolve(nothing),
    prompts: () => Promise.resolve([]),
    getPrompt: () => Promise.resolve(nothing),
    complete: () => Promise.resolve([]),
    notices: () => [],
    answerWith: () => undefined,
  };
}

/** A session with one tool, `toy.see`, that gives `outcome`, and one model. */
export function sessionWith(outcome: ToolOutcome, model: Model): AgentSession {
  return {
    instruction: 'Look',
    privateContext: '',
    systemPrompt: 'Be good',
    model: () => model,
    host: {
      ...emptyShelves(),
      tools: () =>
        Promise.resolve([
          { service: 'toy', name: 'see', description: 'Looks', inputSchema: { type: 'object' } },
        ]),
      call: () => Promise.resolve(outcome),
    },
    rng: createSeed('agents').rng(),
    signal: new AbortController().signal,
    script: { solve: () => Promise.resolve(''), attackers: [] },
  };
}
