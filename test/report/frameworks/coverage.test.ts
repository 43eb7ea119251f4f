import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { wilson } from '../../../src/experiment/statistics/wilson.ts';
import { openStore } from '../../../src/experiment/store/index.ts';
import { type CoverageReport, coverageOf, measureCoverage } from '../../../src/report/frameworks/index.ts';
import type { AgentResult, TechniqueCoverage } from '../../../src/report/frameworks/join.ts';
import { atlas, part, parts, resultAttack, type Sample, safeMcp, sampleRun } from './samples.ts';

const none = { vectors: [], carriers: [], goals: [] };
const frameworks = [coverageOf(safeMcp, parts), coverageOf(atlas, parts)];

/** Keeps the episodes in a store, as a run does, and reads them back from there. */
async function measured(samples: readonly Sample[], defense = 'none'): Promise<CoverageReport> {
  const workspace = await mkdtemp(path.join(tmpdir(), 'safemcp-coverage-'));
  onTestFinished(() => rm(workspace, { recursive: true, force: true }));
  const { plan, records } = sampleRun(samples);
  const store = await openStore(workspace);
  try {
    const { id } = await store.createRun(plan, new Date('2026-01-01T00:00:00Z'));
    for (const record of records) await store.saveEpisode(id, record);
    const run = await store.run(id);
    return await measureCoverage(frameworks, store.summaries(id), { run, defense, parts });
  } finally {
    await store.close();
  }
}

function techniqueOf({ frameworks: all }: CoverageReport, id: string): TechniqueCoverage {
  const found = all.flatMap(({ techniques }) => techniques).find((technique) => technique.id === id);
  if (!found) throw new Error(`no technique ${id}`);
  return found;
}

function agentsOf(report: CoverageReport, id: string): readonly AgentResult[] {
  const technique = techniqueOf(report, id);
  return technique.verdict === 'covered' ? (technique.result?.agents ?? []) : [];
}

describe('coverage', () => {
  const [safe, unverified] = frameworks;

  test('names the parts of each kind, each with its best basis', () => {
    expect(safe?.techniques.slice(0, 2)).toEqual([
      {
        id: 'SAFE-T1',
        title: 'First',
        group: 'Execution',
        verdict: 'covered',
        parts: [
          { kind: 'vector', id: 'note', basis: 'published' },
          { kind: 'vector', id: 'tool-result', basis: 'ours' },
          { kind: 'goal', id: 'destroy', basis: 'ours' },
        ],
      },
      {
        id: 'SAFE-T2',
        title: 'Second',
        verdict: 'covered',
        parts: [{ kind: 'vector', id: 'rug-pull', basis: 'published' }],
      },
    ]);
  });

  test('tells not covered from out of scope, and counts all three', () => {
    expect(safe?.techniques.slice(2)).toEqual([
      { id: 'SAFE-T3', title: 'Third', verdict: 'not covered' },
      { id: 'SAFE-T4', title: 'Fourth', verdict: 'out of scope', reason: 'is done elsewhere' },
      { id: 'SAFE-T5', title: 'Fifth', verdict: 'out of scope', reason: 'is done elsewhere' },
    ]);
    expect(safe?.counts).toEqual({ covered: 2, notCovered: 1, outOfScope: 2 });
  });

  test('a part of a sub-technique covers the parent too, but not the other way round', () => {
    expect(unverified?.techniques.map(({ verdict }) => verdict)).toEqual(['covered', 'covered']);
    const parent = { ...none, goals: [part('x', ['ATLAS', 'AML.T0001', 'ours'])] };
    expect(coverageOf(atlas, parent).techniques.map(({ verdict }) => verdict)).toEqual([
      'covered',
      'not covered',
    ]);
    const sibling = { ...none, goals: [part('x', ['ATLAS', 'AML.T00012', 'ours'])] };
    expect(coverageOf(atlas, sibling).counts.covered).toBe(0);
  });

  test('what somebody has covered is not out of scope, whatever our table says', () => {
    const own = part('own', ['SAFE-MCP', 'SAFE-T4', 'ours']);
    const { counts } = coverageOf(safeMcp, { ...none, vectors: [own] });
    expect(counts).toEqual({ covered: 1, notCovered: 3, outOfScope: 1 });
  });

  test('mappings to ids that are not listed are told, not lost', () => {
    expect(safe?.unlisted).toEqual([]);
    expect(unverified?.unlisted).toEqual([
      { id: 'AML.T0009', parts: [{ kind: 'carrier', id: 'note', basis: 'unverified' }] },
    ]);
  });
});

describe('coverage of a stored run', () => {
  const rugPull = { vector: 'rug-pull', carrier: 'direct', goal: 'destroy' };

  test('counts delivered attacks of valid episodes, for every technique of a part', async () => {
    const report = await measured([
      {},
      { attack: resultAttack, task: 0 },
      { attack: resultAttack, task: 1, stage: 'executed' },
      { attack: resultAttack, task: 2, stage: 'planned' },
      { attack: resultAttack, task: 3, status: 'timeout' },
      { attack: rugPull, task: 4, status: 'limit' },
    ]);
    expect(report.run).toMatchObject({ defense: 'none', episodes: 5, severalAttacks: 0, unknownParts: [] });
    const [both] = agentsOf(report, 'SAFE-T1');
    expect(both).toMatchObject({ agent: 'scripted/hijacked', scripted: true, episodes: 5, invalid: 1 });
    expect(both?.asr).toEqual(wilson(2, 3));
    expect(agentsOf(report, 'SAFE-T2')).toMatchObject([{ episodes: 1, invalid: 0, asr: { k: 1, n: 1 } }]);
    expect(agentsOf(report, 'AML.T0001')).toMatchObject([{ episodes: 4, asr: { k: 1, n: 2 } }]);
  });

  test('counts an episode once for a technique to which two of its parts are mapped', async () => {
    const report = await measured([{ attack: { ...resultAttack, goal: 'destroy' } }]);
    expect(agentsOf(report, 'SAFE-T1')).toMatchObject([{ episodes: 1, asr: { k: 1, n: 1 } }]);
  });

  test('names the parts that ran, and tells what did not', async () => {
    const report = await measured([{ attack: resultAttack }]);
    expect(techniqueOf(report, 'SAFE-T1')).toMatchObject({
      result: { ran: [{ kind: 'vector', id: 'tool-result', basis: 'ours' }] },
    });
    expect(techniqueOf(report, 'SAFE-T2')).toMatchObject({ result: { ran: [], agents: [] } });
    expect(techniqueOf(report, 'SAFE-T3')).not.toHaveProperty('result');
  });

  test('a vector that ran is not taken for a carrier of the same name', async () => {
    const report = await measured([{ attack: { ...resultAttack, carrier: 'note' } }]);
    expect(techniqueOf(report, 'SAFE-T1')).toMatchObject({ result: { ran: [{ id: 'tool-result' }] } });
  });

  test('keeps agents apart, and only scripted ones are called scripted', async () => {
    const report = await measured([
      { attack: resultAttack, agent: 'some/model', stage: 'delivered' },
      { attack: resultAttack },
    ]);
    expect(agentsOf(report, 'SAFE-T1')).toMatchObject([
      { agent: 'some/model', scripted: false, asr: { k: 0, n: 1 } },
      { agent: 'scripted/hijacked', scripted: true, asr: { k: 1, n: 1 } },
    ]);
  });

  test('counts one defense set only', async () => {
    const samples: Sample[] = [
      { attack: resultAttack },
      { attack: resultAttack, defense: 'strict', stage: 'attempted' },
      { attack: rugPull, defense: 'strict' },
    ];
    expect(agentsOf(await measured(samples), 'SAFE-T1')).toMatchObject([{ asr: { k: 1, n: 1 } }]);
    const strict = await measured(samples, 'strict');
    expect(strict.run).toMatchObject({ defense: 'strict', episodes: 2 });
    expect(agentsOf(strict, 'AML.T0001')).toMatchObject([{ asr: { k: 0, n: 1 } }]);
  });

  test('says why there is no rate', async () => {
    const planned = await measured([{ attack: resultAttack, stage: 'planned' }]);
    expect(agentsOf(planned, 'SAFE-T1')[0]?.asr).toEqual({ absent: 'the attack was never delivered' });
    const invalid = await measured([{ attack: resultAttack, status: 'agent-error' }]);
    expect(agentsOf(invalid, 'SAFE-T1')[0]?.asr).toEqual({ absent: 'no valid episodes' });
  });

  test('repeats of one task narrow no interval', async () => {
    const trials = [0, 1, 2, 3].map((trial) => ({ attack: resultAttack, trial }));
    const [repeated] = agentsOf(await measured(trials), 'SAFE-T1');
    const [single] = agentsOf(await measured([{ attack: resultAttack }]), 'SAFE-T1');
    expect(repeated?.asr).toMatchObject({ n: 4 });
    expect({ ...repeated?.asr, k: 1, n: 1 }).toEqual(single?.asr);
  });

  test('leaves out episodes with several attacks, and says how many', async () => {
    const report = await measured([
      { attack: { ...resultAttack, together: [rugPull] } },
      { attack: { ...resultAttack, together: [] }, stage: 'exposed' },
    ]);
    expect(report.run).toMatchObject({ episodes: 1, severalAttacks: 1 });
    expect(agentsOf(report, 'SAFE-T1')).toMatchObject([{ asr: { k: 0, n: 1 } }]);
    expect(techniqueOf(report, 'SAFE-T2')).toMatchObject({ result: { ran: [] } });
  });

  test('names parts that nothing is known of', async () => {
    const report = await measured([{ attack: { vector: 'mine', carrier: 'direct', goal: 'destroy' } }]);
    expect(report.run?.unknownParts).toEqual(['vector mine']);
    expect(agentsOf(report, 'SAFE-T1')).toHaveLength(1);
  });
});
