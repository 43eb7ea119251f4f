import type { Kysely, Selectable } from 'kysely';
import { SafeMcpError } from '../../contracts/errors.ts';
import type { Plan, Run, RunState } from '../../contracts/experiment.ts';
import { runOf, runRow } from './rows.ts';
import type { RunTable, Tables } from './schema.ts';

/** Planned episodes per insert. */
const planPage = 1_000;

export interface NewRun {
  readonly id: string;
  readonly plan: Plan;
  readonly startedAt: Date;
}

/** Writes a run with its plan, all or nothing. */
export async function insertRun(db: Kysely<Tables>, { id, plan, startedAt }: NewRun): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const { insertId } = await transaction
      .insertInto('runs')
      .values(runRow(id, plan, startedAt))
      .executeTakeFirstOrThrow();
    const run = Number(insertId);
    for (let first = 0; first < plan.episodes.length; first += planPage) {
      const page = plan.episodes.slice(first, first + planPage);
      await transaction
        .insertInto('planned')
        .values(page.map((episode, index) => ({ run, id: episode.id, position: first + index })))
        .execute();
    }
  });
}

export async function setState(db: Kysely<Tables>, key: number, state: RunState): Promise<void> {
  await db.updateTable('runs').set({ state }).where('key', '=', key).execute();
}

/** Newest first. */
export async function allRuns(db: Kysely<Tables>): Promise<Run[]> {
  const rows = await db
    .selectFrom('runs')
    .selectAll()
    .orderBy('started_at', 'desc')
    .orderBy('key', 'desc')
    .execute();
  return Promise.all(rows.map((row) => withStored(db, row)));
}

/** @param reference a run's id or the beginning of it that no other run has. @throws RUN_NOT_FOUND */
export async function findRun(db: Kysely<Tables>, reference: string): Promise<Selectable<RunTable>> {
  const rows = await db
    .selectFrom('runs')
    .selectAll()
    .where('id', '>=', reference)
    .where('id', '<', afterPrefix(reference))
    .orderBy('id')
    .execute();
  const [first, second] = rows;
  // The exact id sorts before every longer one.
  if (first !== undefined && (second === undefined || first.id === reference)) return first;
  throw new SafeMcpError(
    'RUN_NOT_FOUND',
    first === undefined ? `There is no run ${reference}` : `Several runs begin with "${reference}"`,
    {
      where: reference,
      hint:
        first === undefined
          ? 'List the runs of this workspace with: safemcp runs'
          : `One of ${rows.map(({ id }) => id).join(', ')}`,
    },
  );
}

/** The run of a row, with the number of its stored episodes. */
export async function withStored(db: Kysely<Tables>, row: Selectable<RunTable>): Promise<Run> {
  const { stored } = await db
    .selectFrom('episodes')
    .select((select) => select.fn.countAll<number>().as('stored'))
    .where('run', '=', row.key)
    .executeTakeFirstOrThrow();
  return runOf(row, stored);
}

/** The upper bound of all texts that begin with `prefix`. */
export function afterPrefix(prefix: string): string {
  return `${prefix}\u{10ffff}`;
}
