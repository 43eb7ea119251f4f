import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import type { RunResult } from '../../../src/contracts/cell.ts';
import type { EpisodeRecord } from '../../../src/contracts/events.ts';
import { result } from '../cells.ts';
import { hostileRecord, hostileResult, hostileTexts } from '../html/hostile.ts';
import { blocked, modelRecords, modelResult, writtenLogs } from './logs.ts';

const python = process.env['SAFEMCP_INSPECT_PYTHON'] ?? 'python3';
const script = fileURLToPath(new URL('readLogs.py', import.meta.url));

const probe = 'import importlib.util as u, sys; sys.exit(u.find_spec("inspect_ai") is None)';
const available = spawnSync(python, ['-c', probe]).status === 0;

const reading = z.object({
  version: z.string(),
  logs: z.array(
    z.looseObject({
      listed: z.array(z.string()),
      task: z.string(),
      taskId: z.string(),
      lost: z.array(z.string()),
      sameHeader: z.boolean(),
      converted: z.number(),
      samples: z.array(z.looseObject({ id: z.string(), messages: z.array(z.string()) })),
    }),
  ),
});

/** What Inspect itself makes of the logs of a run. */
async function readByInspect(
  of: RunResult,
  records: readonly EpisodeRecord[],
): Promise<z.infer<typeof reading>> {
  const folder = await mkdtemp(path.join(tmpdir(), 'safemcp-inspect-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const { fileName, text } of await writtenLogs(of, () => records))
    await writeFile(path.join(folder, fileName), text);
  const { stdout } = await promisify(execFile)(python, [script, folder], { maxBuffer: 1e8 });
  return reading.parse(JSON.parse(stdout));
}

// Without Python and inspect_ai these tests are reported as skipped; SAFEMCP_INSPECT_PYTHON names a Python that has it.
describe.skipIf(!available)('inspect_ai', { timeout: 120_000 }, () => {
  test('reads a log of an agent with a model, and loses nothing of it', async () => {
    const { logs } = await readByInspect(modelResult, modelRecords);
    expect(logs).toHaveLength(1);
    const [log] = logs;
    expect(log).toMatchObject({
      task: 'safemcp/todo',
      model: 'openai/gpt-small',
      status: 'cancelled',
      headline: 'asr',
      lost: [],
      sameHeader: true,
      converted: 3,
    });
    expect(log?.listed).toEqual(['todo', log?.taskId]);
    expect(log?.samples[0]).toMatchObject({
      id: 'tool-result/direct/derail todo/due-date/0',
      epoch: 2,
      error: null,
      completion: 'Milk is due on Monday.',
      calls: [
        ['system', 'user'],
        ['user'],
        ['system', 'user', 'assistant', 'tool'],
        ['system', 'user', 'assistant', 'tool', 'assistant', 'tool'],
      ],
    });
    expect(log?.samples[1]).toMatchObject({ error: 'model-error: MODEL_FAILED: overloaded', scores: {} });
  });

  test('reads the logs of scripted agents', async () => {
    const { logs } = await readByInspect(result, [blocked]);
    expect(logs).toHaveLength(6);
    for (const log of logs) expect(log).toMatchObject({ lost: [], sameHeader: true, converted: 1 });
  });

  test('reads hostile texts as text', async () => {
    const text = Object.values(hostileTexts).join(' ');
    const hostile = hostileResult(text);
    const run = { ...hostile.run, startedAt: '2026-01-01T00:00:00.000Z' };
    const { logs } = await readByInspect({ ...hostile, run }, [hostileRecord(text)]);
    expect(logs).toHaveLength(2);
    for (const log of logs) expect(log).toMatchObject({ lost: [], sameHeader: true });
  });
});
