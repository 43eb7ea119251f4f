import { z } from 'zod';
import { SafeMcpError } from '../contracts/errors.ts';
import type { Run, Store } from '../contracts/experiment.ts';
import { type JsonObject, type JsonValue, withinBounds } from '../contracts/json.ts';
import { type ReplayOptions, replayRun } from './replay.ts';

/** Version of the documents; raised when an older reader would misread them. */
const cassetteVersion = 1;
const largestReply = { maxSize: 32_000_000, maxDepth: 100 };

const headSchema = z.object({ format: z.literal('safemcp-cassette'), version: z.literal(cassetteVersion) });
const keptSchema = z.object({
  key: z.string().regex(/^[0-9a-f]{64}$/),
  reply: z.custom<JsonValue>((value) => value !== undefined && withinBounds(value, largestReply)),
});

/**
 * A run for somebody else: the replies of its models, then the run as it is exported. The replies are found by a
 * replay, so a cassette is known to be complete.
 * @throws REPLAY_MISS
 */
export async function* cassetteOf(run: Run, options: ReplayOptions): AsyncGenerator<JsonObject> {
  const { used } = await replayRun(run, options);
  yield { format: 'safemcp-cassette', version: cassetteVersion };
  for (const [key, reply] of used) yield { key, reply };
  yield* options.store.exportRun(run.id);
}

/**
 * Adds the run of a cassette and the replies that a replay needs. The store has to be empty: its replies count as
 * those of models for every run that is made there.
 * @throws IMPORT_INVALID, INVALID_ARGUMENT when the store holds runs
 */
export async function loadCassette(store: Store, documents: AsyncIterable<unknown>): Promise<Run> {
  if ((await store.runs()).length > 0)
    throw new SafeMcpError('INVALID_ARGUMENT', 'A cassette needs a workspace of its own', {
      hint: "Name a new folder with --workspace: a stranger's replies must not be taken for a model's in your runs",
    });
  const reader = documents[Symbol.asyncIterator]();
  const read = async (): Promise<unknown> => {
    const step: IteratorResult<unknown, unknown> = await reader.next();
    if (step.done) throw invalid('it ends too early');
    return step.value;
  };
  try {
    if (!headSchema.safeParse(await read()).success) throw invalid('it does not begin as one');
    let document = await read();
    for (let kept = keptSchema.safeParse(document); kept.success; kept = keptSchema.safeParse(document)) {
      await store.replies.put(kept.data.key, kept.data.reply);
      document = await read();
    }
    return await store.importRun(startingWith(document, reader));
  } finally {
    await reader.return?.();
  }
}

async function* startingWith(first: unknown, rest: AsyncIterator<unknown>): AsyncGenerator<unknown> {
  yield first;
  yield* { [Symbol.asyncIterator]: () => rest };
}

function invalid(why: string): SafeMcpError {
  return new SafeMcpError('IMPORT_INVALID', `This is no whole cassette, ${why}`, {
    hint: 'Write one with: safemcp cassette save RUN FILE. Files of safemcp export are read by safemcp import',
  });
}
