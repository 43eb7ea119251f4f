import { Worker } from 'node:worker_threads';
import { messageOf, SafeMcpError } from '../../contracts/errors.ts';
import type { EpisodeRecord } from '../../contracts/events.ts';
import type { PlannedEpisode } from '../../contracts/experiment.ts';
import type { OpenModels } from '../../contracts/model.ts';
import { createAnswering } from './answering.ts';
import type { FromThread, ThreadData, ToThread } from './messages.ts';
import { errorOf } from './thrown.ts';

/** A thread that runs episodes, as the main thread sees it. */
export interface Member {
  /** Episodes under way. */
  load(): number;
  perform(planned: PlannedEpisode, signal: AbortSignal): Promise<EpisodeRecord>;
  close(): Promise<void>;
}

interface Episode {
  resolve(record: EpisodeRecord): void;
  reject(error: unknown): void;
}

/** Most of what an episode makes lives as long as it does: too small a space for it, and it is copied over and over. */
const youngGenerationMb = 64;

/** Starts a thread. @param turn lets what all threads ask on one by one */
export function startMember(data: ThreadData, models: OpenModels, turn: () => Promise<void>): Member {
  const worker = new Worker(new URL('./thread.js', import.meta.url), {
    workerData: data,
    resourceLimits: { maxYoungGenerationSizeMb: youngGenerationMb },
  });
  const post = (message: ToThread): void => worker.postMessage(message);
  const answering = createAnswering(models, turn, post);
  const episodes = new Map<number, Episode>();
  let last = 0;
  let end: SafeMcpError | undefined;

  worker.on('message', (message: FromThread) => {
    if (message.kind === 'ask') return answering.ask(message.call, message.question);
    if (message.kind === 'drop') return answering.drop(message.call);
    const { episode, settled } = message;
    if (settled.kind === 'value') episodes.get(episode)?.resolve(settled.value);
    else episodes.get(episode)?.reject(errorOf(settled));
    return undefined;
  });
  const fail = (why: string): void => {
    end ??= threadEnded(why);
    answering.dropAll();
    for (const { reject } of episodes.values()) reject(end);
  };
  worker.on('error', (error) => fail(messageOf(error)));
  worker.on('exit', (code) => fail(`exit code ${code}`));

  return {
    load: () => episodes.size,
    async perform(planned, signal) {
      if (end) throw end;
      const episode = ++last;
      const abandon = (): void => post({ kind: 'abandon', episode });
      signal.addEventListener('abort', abandon, { once: true });
      try {
        return await new Promise<EpisodeRecord>((resolve, reject) => {
          episodes.set(episode, { resolve, reject });
          post({ kind: 'run', episode, planned });
        });
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
