// A small service for the tests of the wire. Plain JavaScript, so that it can also run as a child process.
import { pathToFileURL } from 'node:url';
import { Server } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';

/** Characters that only survive if nobody touches them. */
export const requestState = 'step 1 | "quoted" \\ ☃ \u2028 %20';

const inputRequests = {
  who: {
    method: 'elicitation/create',
    params: {
      message: 'Who are you?',
      requestedSchema: { type: 'object', properties: { name: { type: 'string' } } },
    },
  },
  draft: {
    method: 'sampling/createMessage',
    params: { messages: [{ role: 'user', content: { type: 'text', text: 'Draft it' } }], maxTokens: 10 },
  },
};

export function createMemory() {
  return { heard: [], canceled: 0 };
}

export function fixtureFactory(memory) {
  return () => {
    const server = new Server(
      { name: 'fixture', version: '1.0.0' },
      { capabilities: { tools: { listChanged: true } }, instructions: 'Be kind.' },
    );
    server.fallbackNotificationHandler = async ({ method }) => {
      memory.heard.push(method);
    };
    const names = ['echo', 'ask', 'ask-on', 'tell', 'wait', 'recall'];
    server.setRequestHandler('tools/list', () => ({
      tools: names.map((name) => ({ name, description: `Does ${name}`, inputSchema: { type: 'object' } })),
    }));
    server.setRequestHandler('tools/call', (request, context) => run(request.params, context, memory));
    return server;
  };
}

function text(value) {
  return { content: [{ type: 'text', text: typeof value === 'string' ? value : JSON.stringify(value) }] };
}

async function run({ name, arguments: args = {} }, { mcpReq }, memory) {
  switch (name) {
    case 'echo':
      return text(args.text ?? '');
    case 'ask':
      if (mcpReq.inputResponses === undefined)
        return { resultType: 'input_required', inputRequests, requestState };
      return text({ answers: mcpReq.inputResponses, stateIntact: mcpReq.requestState() === requestState });
    case 'ask-on':
      return { resultType: 'input_required', inputRequests: { who: inputRequests.who }, requestState };
    case 'tell':
      await mcpReq.notify({
        method: 'notifications/progress',
        params: { progressToken: mcpReq._meta?.progressToken ?? 0, progress: 1, message: 'told' },
      });
      return text('told');
    case 'wait':
      return new Promise((resolve) => {
        mcpReq.signal.addEventListener('abort', () => {
          memory.canceled++;
          resolve(text('too late'));
        });
      });
    case 'recall':
      return text(memory);
    default:
      throw new Error(`No tool ${name}`);
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  serveStdio(fixtureFactory(createMemory()));
