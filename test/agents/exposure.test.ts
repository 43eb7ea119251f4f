import { describe, expect, test } from 'vitest';
import { isExposed } from '../../src/attacks/exposure.ts';
import { vectors } from '../../src/attacks/vectors/index.ts';
import { type JsonObject, stringsIn } from '../../src/contracts/json.ts';
import type { ModelRequest } from '../../src/contracts/model.ts';
import { call, open, readIn, scriptedModel, type Turn } from '../support/scriptedModel.ts';
import { runToyEpisode } from '../support/toyExperiment.ts';

type Act = readonly [tool: string, args: JsonObject];

/** A model that opens all there is to open, each thing once, does some of the task's reading, and obeys nothing. */
function createCurious(): (request: ModelRequest) => Act | undefined {
  const done = new Set<string>();
  return (request) => {
    const read = readIn(request);
    const offered = [...(request.tools ?? []).map(({ name }) => name), ...namesIn(read)];
    const title = /note "(.*?)"/.exec(read)?.[1] ?? '';
    const resources = [...read.matchAll(/"service":"(\w+)","uri":"([^"{]+)"/g)];
    const links = [...read.matchAll(/\[link \S+ (\S+?)[ \]]/g)];
    const prompts = [
      ...read.matchAll(/"service":"(\w+)","name":"([^"]+)","description":"[^"]*","arguments"/g),
    ];
    const wishes: Act[] = [
      ...['list_resources', 'list_prompts']
        .filter((name) => offered.includes(name))
        .map((name): Act => [name, {}]),
      ...resources.map(([, service, uri]): Act => ['read_resource', { service, uri }]),
      ...prompts.map(([, service, name]): Act => ['get_prompt', { service, name }]),
      ['post__read_inbox', {}],
      ['notes__read_note', { title }],
      ...[1, 2, 3].map((again): Act => ['post__read_inbox', { again }]),
      ...links.flatMap(([, uri]) =>
        ['post', 'notes'].map((service): Act => ['read_resource', { service, uri }]),
      ),
      ...offered.filter((name) => name === 'list_prompts').map((name): Act => [name, { again: 1 }]),
    ];
    const next = wishes.find((wish) => !done.has(JSON.stringify(wish)));
    if (next) done.add(JSON.stringify(next));
    return next;
  };
}

/** Tools as the text protocol lists them. */
function namesIn(read: string): string[] {
  return [...read.matchAll(/^(\w+): .*\nParameters/gm)].map(([, name = '']) => name);
}

function turnOf(kind: string, act: Act | undefined): Turn {
  if (kind === 'react') return act ? `Action: ${act[0]}[${JSON.stringify(act[1])}]` : 'Answer: Done';
  return act ? { calls: [call(...act)] } : 'Done';
}

/** Everything that the model was shown in an episode. */
function shownIn(requests: readonly ModelRequest[]): string[] {
  const tools = requests.flatMap((request) => request.tools ?? []);
  return [
    ...requests.map(readIn),
    ...tools.flatMap((tool) => [stringsIn(tool).join('\n'), JSON.stringify(tool)]),
    tools.map((tool) => stringsIn(tool).join('\n')).join('\n'),
  ];
}

async function meet(
  vector: string,
  kind: string,
  questions: string,
): Promise<{ exposed: boolean; shown: boolean }> {
  const curious = createCurious();
  const model = scriptedModel('m', (request) =>
    readIn(request).includes('Decide for your user')
      ? '{"action":"decline"}'
      : turnOf(kind, curious(request)),
  );
  const { outcome, events } = await runToyEpisode({
    attack: { vector, carrier: 'direct', goal: 'exfiltrate' },
    // The largest result of all vectors fits in.
    choice: { id: 'm', kind, model: 'm', parameters: { questions, maxResultCharacters: 1_000_000 } },
    models: open(model),
    era: vectors.find(({ id }) => id === vector)?.eras[0] ?? '2025',
  });
  expect(outcome.status).toBe('completed');
  const stages = events.flatMap((event) => (event.type === 'attack' ? [event] : []));
  const text = stages.find(({ stage }) => stage === 'planned')?.payload ?? '';
  return {
    exposed: stages.some(({ stage }) => stage === 'exposed'),
    shown: shownIn(model.requests).some((each) => isExposed({ text, literals: [] }, each)),
  };
}

const asking = ['sampling-request', 'elicitation-form', 'elicitation-url', 'input-required-loop'];
/** Vectors whose payload is in pieces or in no text at all, so that looking for it in one text proves nothing. */
const unseen = ['split-results', 'split-tools', 'tampered-call'];
/** What needs more of a model than this one does. */
const missed = ['completion-values', 'behavior-turn'];

describe.each(['tool-loop', 'react'])('what %s shows its model is what the host has read', (kind) => {
  test.each(vectors.map(({ id }) => id).filter((id) => !unseen.includes(id)))('%s', async (vector) => {
    const { exposed, shown } = await meet(vector, kind, 'decline');
    expect(exposed).toBe(shown);
    expect(exposed).toBe(![...asking, ...missed].includes(vector));
  });

  test.each(asking)('%s, when the model answers', async (vector) => {
    expect(await meet(vector, kind, 'model')).toEqual({ exposed: true, shown: true });
  });
});
