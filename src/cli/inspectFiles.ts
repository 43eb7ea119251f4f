import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { EpisodeRecord } from '../contracts/events.ts';
import type { Store } from '../contracts/experiment.ts';
import { version } from '../contracts/version.ts';
import { measureRun } from '../experiment/session.ts';
import { type InspectLog, inspectLogs, type LogPlace } from '../report/inspect/log.ts';
import { writing } from './documents.ts';

/**
 * Writes a run as logs of Inspect into a folder, which is made if it does not exist. Each log appears when it is whole.
 * @returns how many
 * @throws FILE_UNWRITABLE
 */
export async function writeInspectLogs(folder: string, store: Store, runId: string): Promise<number> {
  const logs = inspectLogs(await measureRun(store, runId), version());
  await writing(folder, () => mkdir(folder, { recursive: true }));
  for (const log of logs)
    await writeLog(path.join(folder, log.fileName), log, recordsOf(store, runId, log.place));
  return logs.length;
}

/** Attacked episodes come first: Inspect's viewer shows the scores that the first sample has. */
async function* recordsOf(store: Store, runId: string, place: LogPlace): AsyncGenerator<EpisodeRecord> {
  for (const attacked of [true, false])
    for await (const { id, key } of store.summaries(runId, place))
      if ((key.attack !== undefined) === attacked) yield store.episode(id, runId);
}

/** Samples go to a file of their own first, since what stands before them is known after them. */
async function writeLog(file: string, log: InspectLog, records: AsyncIterable<EpisodeRecord>): Promise<void> {
  const [samples, part] = [`${file}.samples`, `${file}.part`];
  await writing(file, async () => {
    try {
      await pipeline(Readable.from(separated(log.samples(records))), createWriteStream(samples));
      await pipeline(Readable.from(framed(log, samples)), createWriteStream(part));
      await rename(part, file);
    } finally {
      await Promise.all([samples, part].map((each) => rm(each, { force: true })));
    }
  });
}

async function* separated(samples: AsyncIterable<string>): AsyncGenerator<string> {
  let separator = '';
  for await (const sample of samples) {
    yield separator + sample;
    separator = ',\n';
  }
}

async function* framed(log: InspectLog, samples: string): AsyncGenerator<string | Buffer> {
  const { head, tail } = log.frame();
  yield head;
  yield* createReadStream(samples);
  yield tail;
}
