import type { Kysely, Selectable } from 'kysely';
import { z } from 'zod';
import { attackName } from '../../contracts/attack.ts';
import { messageOf, SafeMcpError } from '../../contracts/errors.ts';
import { type EpisodeRecord, episodeRecordSchema } from '../../contracts/events.ts';
import type { Run } from '../../contracts/experiment.ts';
import type { JsonObject } from '../../contracts/json.ts';
import { insertEpisodes, readRecord } from './episodeTable.ts';
import { episodeRow, runDocument, runOf } from './rows.ts';
import { withStored } from './runTable.ts';
import type { RunTable, Tables } from './schema.ts';
import { packTrace } from './trace.ts';

/** Version of the documents; raised when an older reader would misread them. */
const transferVersion = 1;
const page = 500;

const headSchema = z.object({
  format: z.literal('safemcp-run'),
  version: z.literal(transferVersion),
  run: z.looseObject({}),
});
const planSchema = z.object({ plan: z.array(z.string().min(1).max(100)).max(page) });
const episodeSchema = z.object({ episode: episodeRecordSchema });
const endSchema = z.object({ end: z.object({ episodes: z.int() }) });

/** The run, its plan page by page, its episodes, and a last document by which a reader knows that it has all. */
export async function* exportedRun(
  db: Kysely<Tables>,
  row: Selectable<RunTable>,
): AsyncGenerator<JsonObject> {
  yield { format: 'safemcp-run', version: transferVersion, run: runDocument(row) };
  for (let first = 0; first < row.planned; first += page) {
    const ids = await db
      .selectFrom('planned')
      .select('id')
      .where('run', '=', row.key)
      .where('position', '>=', first)
      .where('position', '<', first + page)
      .orderBy('position')
      .execute();
    yield { plan: ids.map(({ id }) => id) };
  }
  let episodes = 0;
  for (let last = -1; ; ) {
    const rows = await db
      .selectFrom('episodes')
      .selectAll()
      .where('run', '=', row.key)
      .where('position', '>', last)
      .orderBy('position')
      .limit(page)
      .execute();
    for (const each of rows) yield { episode: (await readRecord(db, each)) as unknown as JsonObject };
    episodes += rows.length;
    const end = rows.at(-1);
    if (end === undefined) break;
    last = end.position;
  }
  yield { end: { episodes } };
}

/** Reads the documents in their order and writes all of them in one transaction. */
export async function insertExported(db: Kysely<Tables>, documents: AsyncIterable<unknown>): Promise<Run> {
  const reader = documents[Symbol.asyncIterator]();
  return db.transaction().execute(async (transaction) => {
    const run = await insertHead(transaction, await next(reader));
    const row = await transaction
      .selectFrom('runs')
      .selectAll()
      .where('key', '=', run)
      .executeTakeFirstOrThrow();
    const positions = new Map<string, number>();
    const seen = new Set<string>();
    const byKey = new Map<string, string>();
    for (;;) {
      const document = await next(reader);
      const planned = planSchema.safeParse(document);
      const end = endSchema.safeParse(document);
      if (planned.success) {
        if (positions.size + planned.data.plan.length > row.planned) throw invalid('its plan is too long');
        await insertPlan(transaction, { run, ids: planned.data.plan, positions });
      } else if (end.success) {
        if (end.data.end.episodes !== seen.size || positions.size !== row.planned)
          throw invalid('it does not hold all that it says');
        if (!(await reader.next()).done) throw invalid('it goes on after its end');
        return safeToGoOn(await withStored(transaction, row));
      } else {
        const record = episodeIn(document);
        if (seen.has(record.id)) throw invalid(`it holds the episode ${record.id} twice`);
        seen.add(record.id);
        await insertEpisode(transaction, { run, record, positions });
        const key = keyText(record);
        const twin = byKey.get(key);
        if (twin !== undefined) throw invalid(`its episodes ${twin} and ${record.id} have the same key`);
        byKey.set(key, record.id);
      }
    }
  });
}

/** Going on with a run starts the commands of its external agents, and these are a stranger's. @throws IMPORT_INVALID */
function safeToGoOn(run: Run): Run {
  const startsCommands = run.experiment.agentChoices?.some(({ kind }) => kind === 'external') === true;
  if (run.stored < run.planned && startsCommands)
    throw invalid(
      'it is unfinished and has external agents: going on with it would start their commands here',
    );
  return run;
}

async function next(reader: AsyncIterator<unknown>): Promise<unknown> {
  const step: IteratorResult<unknown, unknown> = await reader.next();
  if (step.done) throw invalid('it ends too early');
  return step.value;
}

async function insertHead(db: Kysely<Tables>, document: unknown): Promise<number> {
  const head = headSchema.safeParse(document);
  if (!head.success) throw invalid('it does not begin as one', head.error);
  const row = rowIn(head.data.run);
  const taken = await db.selectFrom('runs').select('id').where('id', '=', row.id).executeTakeFirst();
  if (taken)
    throw new SafeMcpError('RUN_EXISTS', `The workspace already holds the run ${row.id}`, {
      where: row.id,
      hint: 'Import into another workspace, or remove the run with: safemcp prune RUN',
    });
  const { insertId } = await db.insertInto('runs').values(row).executeTakeFirstOrThrow();
  return Number(insertId);
}

const runTexts = z.object({
  id: z.string(),
  name: z.string().max(200),
  state: z.string(),
  started_at: z.string(),
  planned: z.int().min(0).max(1_000_000),
  experiment: z.looseObject({}),
  skipped: z.array(z.looseObject({})),
});

/** The row of a run in a document; nobody is running it here. */
function rowIn(document: unknown): Omit<Selectable<RunTable>, 'key'> {
  try {
    const run = runTexts.parse(document);
    const row = {
      ...run,
      state: run.state === 'finished' ? 'finished' : 'stopped',
      experiment: JSON.stringify(run.experiment),
      skipped: JSON.stringify(run.skipped),
    };
    // Whoever reads the run later reads it so.
    runOf({ key: 0, ...row }, 0);
    return row;
  } catch (error) {
    throw invalid('its run cannot be read', error);
  }
}

interface Planned {
  readonly run: number;
  readonly ids: readonly string[];
  /** Places in the plan by id; grows. */
  readonly positions: Map<string, number>;
}

async function insertPlan(db: Kysely<Tables>, { run, ids, positions }: Planned): Promise<void> {
  const rows = ids.map((id, index) => ({ run, id, position: positions.size + index }));
  for (const { id, position } of rows) {
    if (positions.has(id)) throw invalid(`its plan holds the episode ${id} twice`);
    positions.set(id, position);
  }
  if (rows.length > 0) await db.insertInto('planned').values(rows).execute();
}

/** One text for what the key means: two episodes of one key would count as two measurements. */
function keyText({ key }: EpisodeRecord): string {
  const { agent, environment, task, attack, defense, trial } = key;
  return JSON.stringify([agent, environment, task, attack ? attackName(attack) : null, defense, trial]);
}

function episodeIn(document: unknown): EpisodeRecord {
  try {
    const { episode } = episodeSchema.parse(document);
    // Whoever reads the trace later writes it as JSON again.
    JSON.stringify(episode);
    return episode;
  } catch (error) {
    // Values that are nested too deep exhaust the stack, here and not later.
    if (error instanceof z.ZodError || error instanceof RangeError)
      throw invalid('one of its episodes cannot be read', error);
    throw error;
  }
}

interface Imported {
  readonly run: number;
  readonly record: EpisodeRecord;
  readonly positions: ReadonlyMap<string, number>;
}

async function insertEpisode(db: Kysely<Tables>, { run, record, positions }: Imported): Promise<void> {
  const position = positions.get(record.id);
  if (position === undefined) throw invalid(`the episode ${record.id} is not in its plan`);
  await insertEpisodes(db, [
    { row: episodeRow(record, { run, position }), trace: packTrace(record.events, () => false) },
  ]);
}

function invalid(why: string, cause?: unknown): SafeMcpError {
  const more = cause instanceof z.ZodError ? `: ${z.prettifyError(cause)}` : '';
  const said = cause !== undefined && more === '' ? `: ${messageOf(cause)}` : more;
  return new SafeMcpError('IMPORT_INVALID', `This is no whole exported run, ${why}${said}`, {
    hint: 'Write the file again with: safemcp export RUN FILE',
    cause,
  });
}
