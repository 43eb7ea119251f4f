import { parentPort, workerData } from 'node:worker_threads';
import type { Catalog } from '../../contracts/experiment.ts';
import { createTurnstile } from '../../contracts/turnstile.ts';
import { builtInCatalog } from '../catalog.ts';
import { runEpisode } from '../episode.ts';
import { withOriginals } from '../originals.ts';
import { withOwnParts } from '../ownParts.ts';
import type { FromThread, ThreadData, ToThread } from './messages.ts';
import { createRemoteModels } from './remoteModels.ts';
import { settle } from './settled.ts';
import { thrownOf } from './thrown.ts';

// What a thread of a crew runs: episodes, as the main thread sends them.

const data = workerData as ThreadData;
const { experiment } = data;
const post = (message: FromThread): void => parentPort?.postMessage(message);
const remote = createRemoteModels(data, post);
/** Episodes come in by the hundred at once. */
const turn = createTurnstile();
const underWay = new Map<number, AbortController>();

async function load(): Promise<Catalog> {
  return withOriginals(experiment, await withOwnParts(experiment, builtInCatalog()));
}

async function run(
  catalog: Catalog,
  { episode, planned }: Extract<ToThread, { kind: 'run' }>,
): Promise<void> {
  const controller = new AbortController();
  underWay.set(episode, controller);
  const { signal } = controller;
  const settled = await settle(async () => {
    await turn();
    return runEpisode(planned, { experiment, catalog, models: remote.open, signal });
  });
  underWay.delete(episode);
  post({ kind: 'ended', episode, settled });
}

/** Messages that came before have waited. */
function listen(catalog: Catalog): void {
  parentPort?.on('message', (message: ToThread) => {
    switch (message.kind) {
      case 'run':
        void run(catalog, message);
        return;
      case 'abandon':
        underWay.get(message.episode)?.abort(new Error('The episode was abandoned'));
        return;
      case 'queue':
        remote.queue(message.call, message.waiting);
        return;
      case 'answer':
        remote.answer(message.call, message.settled);
    }
  });
}

try {
  listen(await load());
} catch (error) {
  post({ kind: 'failed', thrown: thrownOf(error) });
}
