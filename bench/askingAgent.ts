import type { Agent } from '../src/contracts/agent.ts';
import type { ModelMessage } from '../src/contracts/model.ts';

/** Calls of the model in each episode. */
export const callsPerEpisode = 4;

/** Calls its model a few times, each time with the result of a tool call more. */
export const askingAgent: Agent = {
  id: 'bench/asking',
  title: 'Asking',
  kind: 'code',
  description: 'Asks its model after each tool call.',
  async run({ model, host, instruction }) {
    const subject = model('subject');
    const tools = (await host.tools()).map(({ name, description, inputSchema }) => ({
      name,
      description,
      inputSchema,
    }));
    const messages: ModelMessage[] = [{ role: 'user', parts: [{ type: 'text', text: instruction }] }];
    for (let turn = 0; turn < callsPerEpisode; turn++) {
      const reply = await subject.generate({ messages, tools });
      messages.push({ role: 'assistant', text: reply.text, calls: [] });
      const seen = await host.call('textcraft', 'inventory', {});
      const text = seen.kind === 'result' ? seen.text : seen.kind;
      messages.push({ role: 'user', parts: [{ type: 'text', text }] });
    }
    return 'done';
  },
};

/** As a module with parts of a user's own. */
export const agents = [askingAgent];
