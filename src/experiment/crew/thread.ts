import { parentPort, workerData } from 'node:worker_threads';
import { createTurnstile } from '../../contracts/turnstile.ts';
import { builtInCatalog } from '../catalog.ts';
import { runEpisode } from '../episode.ts';
import { withOriginals } from '../originals.ts';
import { withOwnParts } from '../ownParts.ts';
import type { FromThread, ThreadData, ToThread } from './messages.ts';
import { createRemoteModels } from './remoteModels.ts';
import { thrownOf } from './thrown.ts';

// What a thread of a crew runs: episodes, as the main thread sends them.

const data = workerData as ThreadData;
const { experiment } = data;
const post = (message: FromThread): void => parentPort?.postMessage(message);
const remote = createRemoteModels(data, post);
const catalog = await withOriginals(experiment, await withOwnParts(experiment, builtInCatalog()));
/** Episodes come in by the hundred at once. */
const turn = createTurnstile();
const underWay = new Map<number, AbortController>();

async function run({ episode, planned }: Extract<ToThread, { kind: 'run' }>): Promise<void> {
  const controller = new AbortController();
  underWay.set(episode, controller);
  const { signal } = controller;
  try {
    await turn();
    const value = await runEpisode(planned, { experiment, catalog, models: remote.open, signal });
    post({ kind: 'ended', episode, settled: { kind: 'value', value } });
  } catch (error) {
    post({ kind: 'ended', episode, settled: thrownOf(error) });
  } finally {
    underWay.delete(episode);
  }
}

// Messages wait until somebody listens.
parentPort?.on('message', (message: ToThread) => {
  switch (message.kind) {
    case 'run':
      void run(message);
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
