import type { Defense } from '../../src/contracts/defense.ts';
import type { Environment } from '../../src/contracts/environment.ts';
import type { Experiment } from '../../src/contracts/experiment.ts';
import type { McpReply, Tap } from '../../src/contracts/wire.ts';
import { visitTexts } from '../../src/defenses/texts.ts';
import { builtInCatalog, extendCatalog } from '../../src/experiment/catalog.ts';
import { runEpisode } from '../../src/experiment/episode.ts';

const collectorId = 'collector';
/** The names of temporary folders, which differ from run to run. */
const temporary = /\S*safemcp-[A-Za-z0-9]{6}/g;

/** All strings that the honest services of `environment` send in clean episodes of the scripted faithful agent. */
export async function textsOfEpisodes(
  environment: Environment,
  { tasks, seed }: { readonly tasks: number; readonly seed: string },
): Promise<readonly string[]> {
  const found = new Set<string>();
  const catalog = extendCatalog(
    { ...builtInCatalog(), environments: [environment], defenses: [] },
    { defenses: [collector((text) => found.add(text.replace(temporary, '/work')))] },
  );
  const set = { name: collectorId, members: [{ id: collectorId, mode: 'observe' as const, parameters: {} }] };
  const agent = 'scripted/faithful';
  const experiment: Experiment = {
    name: 'texts',
    seed,
    environments: [{ id: environment.id, tasks }],
    agents: [agent],
    attacks: [null],
    defenses: [set],
    trials: 1,
    era: '2025',
    transport: 'memory',
    limits: { maxCalls: 400, callTimeoutMs: 60_000, episodeTimeoutMs: 600_000 },
  };
  const { signal } = new AbortController();
  for (let task = 0; task < tasks; task++) {
    const key = { agent, environment: environment.id, task, defense: set.name, trial: 0 };
    await runEpisode({ id: `texts-${task}`, key }, { experiment, catalog, signal });
  }
  return [...found];
}

/** A defense that only listens to what services send. */
function collector(hear: (text: string) => void): Defense {
  const listen = (body: unknown): void => visitTexts(body, hear);
  const listenToReply = (reply: McpReply): McpReply => {
    if (reply.kind === 'result') listen(reply.result);
    if (reply.kind === 'error') listen(reply.error);
    return reply;
  };
  const tap: Tap = {
    name: collectorId,
    hostRequest: (next) => async (request, context) => listenToReply(await next(request, context)),
    serviceRequest: (next) => (request, context) => {
      listen(request.params);
      return next(request, context);
    },
    notification: (message) => {
      if (message.direction === 'to-host') listen(message.params);
      return message;
    },
  };
  return {
    id: collectorId,
    title: 'Collector',
    description: 'Collects what services send',
    kind: 'passive',
    modes: ['observe'],
    source: 'ours',
    create: () => ({ tap: () => tap }),
  };
}
