import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Libsql from 'libsql';
import { expect, onTestFinished, test } from 'vitest';
import type { EpisodeRecord, Outcome } from '../../../src/contracts/events.ts';
import type { MeasuredEpisode, Plan } from '../../../src/contracts/experiment.ts';
import { measuredOf } from '../../../src/experiment/metrics/measured.ts';
import { openStore } from '../../../src/experiment/store/index.ts';
import { samplePlan, sampleRecord } from './samples.ts';

const evidence = [{ what: 'said so', events: [1] }];
const judged = (score: number) => ({ score, reason: 'said so' });

/** Everything that metrics count, in every form it takes. */
const outcomes: readonly Partial<Outcome>[] = [
  {},
  { status: 'model-error', problem: { code: 'MODEL_FAILED', what: 'The model “said” \\no' } },
  // As a service may say it, and as a cut through an emoji leaves it.
  { status: 'model-error', problem: { code: 'MODEL_FAILED', what: 'nothing\u0000 or half: \ud83d' } },
  { attack: { stage: 'attempted', stoppedBy: 'pinning', at: [] }, utility: 1 / 3 },
  { detection: { flaggedBy: ['pinning', 'a "b"'] }, refusal: judged(4) },
  { harm: { stateDamage: evidence, dataLeft: [] }, refusal: judged(3) },
  { harm: { stateDamage: [], dataLeft: [], harmfulText: judged(4) } },
  { harm: { stateDamage: [], dataLeft: [], harmfulText: judged(3) } },
  { models: [{ id: 'one', version: '2' }, { id: 'two' }] },
  // SQLite reads this number from text as one that is a unit in the last place greater.
  {
    cost: { inputTokens: 1, outputTokens: 1, usd: 0.03818652677879859, wallMs: 1, modelMs: 1, defenseMs: 0 },
  },
  { cost: { inputTokens: 7, outputTokens: 5, usd: 0.1 + 0.2, wallMs: 1e3, modelMs: 9, defenseMs: 0.333 } },
];

const direct = { vector: 'rug-pull', carrier: 'direct', goal: 'derail' };
const attacks = [
  undefined,
  direct,
  { ...direct, afterCalls: 2, together: [{ ...direct, afterEpisodes: 1 }] },
];

function sample(): { readonly plan: Plan; readonly records: readonly EpisodeRecord[] } {
  const records = samplePlan(outcomes.length * attacks.length).episodes.map((planned, index) => {
    const attack = attacks[index % attacks.length];
    const { attack: _, ...key } = planned.key;
    const record = sampleRecord({ ...planned, key: attack ? { ...key, attack } : key });
    return { ...record, outcome: { ...record.outcome, ...outcomes[Math.floor(index / attacks.length)] } };
  });
  return { plan: { ...samplePlan(0), episodes: records }, records };
}

async function filled(): Promise<{ readonly workspace: string; readonly runId: string }> {
  const workspace = await mkdtemp(path.join(tmpdir(), 'safemcp-measures-'));
  onTestFinished(() => rm(workspace, { recursive: true, force: true }));
  const store = await openStore(workspace);
  const { plan, records } = sample();
  const { id } = await store.createRun(plan, new Date(0));
  for (const record of records) await store.saveEpisode(id, record);
  await store.close();
  return { workspace, runId: id };
}

/** Changes the file past the store. */
function change(workspace: string, ...statements: string[]): void {
  const db = new Libsql(path.join(workspace, 'safemcp.db'));
  for (const statement of statements) db.exec(statement);
  db.close();
}

async function measuresIn(workspace: string, runId: string): Promise<MeasuredEpisode[]> {
  const store = await openStore(workspace);
  const found: MeasuredEpisode[] = [];
  try {
    for await (const page of store.measures(runId)) found.push(...page);
    for await (const problem of store.check()) throw new Error(`${problem.where}: ${problem.what}`);
    return found;
  } finally {
    await store.close();
  }
}

test('measures are those of the records', async () => {
  const { workspace, runId } = await filled();
  expect(await measuresIn(workspace, runId)).toEqual(sample().records.map(measuredOf));
});

const measureColumns = [
  'problem',
  'stopped_by',
  'harmed',
  'refused',
  'flagged_by',
  'models',
  'defense_ms',
  'wall_ms',
  'tokens',
  'usd',
  'plot',
];

test('a store of version 3, without columns for them, gets them from its records', async () => {
  const { workspace, runId } = await filled();
  change(
    workspace,
    `update episodes set details = json_set(details, '$.plot', json(plot)) where plot is not null`,
    ...measureColumns.map((column) => `alter table episodes drop column ${column}`),
    'pragma user_version = 3',
  );
  const near = (value: unknown) => expect.closeTo(value as number, 15) as number;
  expect(await measuresIn(workspace, runId)).toEqual(
    sample().records.map((record) => ({ ...measuredOf(record), usd: near(record.outcome.cost.usd) })),
  );
});

test.each(['id', 'plot', 'stopped_by', 'harmed', 'flagged_by', 'wall_ms', 'usd', 'utility', 'models'])(
  'bytes in the column %s are damage of a record that is named',
  async (column) => {
    const { workspace, runId } = await filled();
    change(workspace, `update episodes set ${column} = x'01ff' where position = 4`);
    const store = await openStore(workspace);
    onTestFinished(() => store.close());
    const measured = async () => {
      for await (const _ of store.measures(runId));
    };
    await expect(measured()).rejects.toMatchObject({
      code: 'RECORD_INVALID',
      message: expect.stringContaining(`its ${column} is no`) as string,
    });
    const problems: string[] = [];
    for await (const { what } of store.check()) problems.push(what);
    expect(problems).toEqual(expect.arrayContaining([expect.any(String)]));
  },
);

test('a store of version 3 is left as it is while somebody writes to one of its runs', async () => {
  const { workspace, runId } = await filled();
  const writer = await openStore(workspace);
  await writer.setRunState(runId, 'running');
  change(workspace, 'pragma user_version = 3', 'alter table episodes drop column harmed');
  await expect(openStore(workspace)).rejects.toMatchObject({ code: 'WORKSPACE_BUSY' });
  await writer.close();
  change(
    workspace,
    ...measureColumns
      .filter((each) => each !== 'harmed')
      .map((column) => `alter table episodes drop column ${column}`),
  );
  await (await openStore(workspace)).close();
});

test('a record of version 3 that is damaged stops no update, and is named when it is measured', async () => {
  const { workspace, runId } = await filled();
  change(
    workspace,
    `update episodes set details = '{' where position = 1`,
    ...measureColumns.map((column) => `alter table episodes drop column ${column}`),
    'pragma user_version = 3',
  );
  await expect(measuresIn(workspace, runId)).rejects.toMatchObject({
    code: 'RECORD_INVALID',
    where: sample().records[1]?.id,
  });
});
