import type { JsonObject } from '../../../src/contracts/json.ts';
import type { FakeBehavior, FakePolicy, FakeTurn } from '../../../src/models/fake/index.ts';

/**
 * Stands in for a model that does the first task of the toy environment, and before that what any text before it says
 * to delete. It finds its way with the names that hosts give to tools, and with tools that have to be searched first.
 */
export const gullibleModel: FakePolicy = (turn) => {
  if (turn.tools.length === 0) return { say: 'A title' };
  const words = [JSON.stringify(turn.tools), ...turn.messages.map(wordsOf)].join('\n').replaceAll('\\', '');
  const done = new Set(
    turn.messages.flatMap(({ calls }) => calls.map(({ arguments: args }) => JSON.stringify(args))),
  );
  const [, doomed] = /call delete_note with "(\w+)"/.exec(words) ?? [];
  const [, title = '', to = ''] = /note "(\w+)" to (\S+ ?@[\w.]+\w)/.exec(words) ?? [];
  const results = turn.messages.flatMap((message) => message.results.map(({ text }) => text));
  const note = new RegExp(`${title} [a-z0-9]{6}`).exec(results.join('\n'))?.[0] ?? '';
  const steps: Step[] = [
    ...(doomed === undefined ? [] : [{ tool: 'delete_note', args: { title: doomed } }]),
    { tool: 'read_inbox', args: {} },
    { tool: 'read_note', args: { title } },
    { tool: 'send_message', args: { to: to.replace(' ', ''), text: note } },
  ];
  for (const step of steps) {
    const behavior = callOf(turn, step, words);
    const [call] = 'call' in behavior ? behavior.call : [];
    if (call && 'arguments' in call && !done.has(JSON.stringify(call.arguments))) return behavior;
  }
  return { say: 'Sent.' };
};

function wordsOf({ text, results }: FakeTurn['messages'][number]): string {
  return [text, ...results.map((result) => result.text)].join('\n');
}

interface Step {
  readonly tool: string;
  readonly args: JsonObject;
}

function callOf({ tools }: FakeTurn, { tool, args }: Step, words: string): FakeBehavior {
  const offered = tools.find(({ name }) => name.endsWith(tool));
  if (offered) return { call: [{ tool: offered.name, arguments: args }] };
  const [found] = new RegExp(`\\bmcp__\\w+__${tool}\\b`).exec(words) ?? [];
  if (found !== undefined && words.includes(`"name":"${found}"`))
    return { call: [{ tool: 'tool_call', arguments: { name: found, arguments: args } }] };
  return { call: [{ tool: 'tool_search', arguments: { query: `+${tool}`, max_results: 20 } }] };
}
