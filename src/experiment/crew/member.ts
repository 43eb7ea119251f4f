import { Worker } from 'node:worker_threads';
import { messageOf, SafeMcpError } from '../../contracts/errors.ts';
import type { EpisodeRecord } from '../../contracts/events.ts';
import type { PlannedEpisode } from '../../contracts/experiment.ts';
import type { OpenModels } from '../../contracts/model.ts';
import { createAnswering } from './answering.ts';
import type { FromThread, Settled, ThreadData, ToThread } from './messages.ts';
import { readSettled } from './settled.ts';
import { errorOf } from './thrown.ts';

/** A thread that runs episodes, as the main thread sees it. */
export interface Member {
  /** Episodes under way. */
  load(): number;
  perform(planned: PlannedEpisode, signal: AbortSignal): Promise<EpisodeRecord>;
  close(): Promise<void>;
}

interface Episode {
  resolve(settled: Settled): void;
  reject(error: Error): void;
}

/** Starts a thread. @param turn lets what all threads ask on one by one */
export function startMember(data: ThreadData, models: OpenModels, turn: () => Promise<void>): Member {
  const worker = new Worker(new URL('./thread.js', import.meta.url), {
    workerData: data,
  });
  const post = (message: ToThread): void => worker.postMessage(message);
  const answering = createAnswering(models, turn, post);
  const episodes = new Map<number, Episode>();
  let last = 0;
  let end: Error | undefined;

  const fail = (error: Error): void => {
    end ??= error;
    answering.dropAll();
    for (const { reject } of episodes.values()) reject(end);
  };
  worker.on('message', (message: FromThread) => {
    switch (message.kind) {
      case 'ask':
        return answering.ask(message.call, message.json);
      case 'drop':
        return answering.drop(message.call);
      case 'failed':
        return fail(errorOf(message.thrown));
      case 'ended':
        return episodes.get(message.episode)?.resolve(message.settled);
    }
  });
  for (const event of ['error', 'messageerror'] as const)
    worker.on(event, (error) => fail(threadEnded(messageOf(error))));
  worker.on('exit', (code) => fail(threadEnded(`exit code ${code}`)));

  return {
    load: () => episodes.size,
    async perform(planned, signal) {
      if (end) throw end;
      const episode = ++last;
      const abandon = (): void => post({ kind: 'abandon', episode });
      signal.addEventListener('abort', abandon, { once: true });
      try {
        const settled = await new Promise<Settled>((resolve, reject) => {
          episodes.set(episode, { resolve, reject });
          post({ kind: 'run', episode, planned });
        });
        return readSettled(settled) as EpisodeRecord;
      } catch (error) {
        // It was abandoned then, whatever the thread said of it.
        throw signal.aborted ? signal.reason : error;
      } finally {
        episodes.delete(episode);
        signal.removeEventListener('abort', abandon);
      }
    },
    async close() {
      await worker.terminate();
    },
  };
}

function threadEnded(why: string): SafeMcpError {
  return new SafeMcpError('INTERNAL', `A thread that runs episodes ended: ${why}`, {
    hint: 'What was measured is kept, and safemcp resume goes on; --threads 1 runs all episodes in the main thread',
  });
}
