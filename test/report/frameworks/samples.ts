import type { AttackId, AttackPart, Mapping } from '../../../src/contracts/attack.ts';
import type { EpisodeStatus } from '../../../src/contracts/events.ts';
import type { EpisodeSummary, Plan } from '../../../src/contracts/experiment.ts';
import type { FrameworkCatalog } from '../../../src/contracts/framework.ts';
import type { AttackParts } from '../../../src/report/frameworks/join.ts';
import { samplePlan, sampleRecord } from '../../experiment/store/samples.ts';

export const safeMcp: FrameworkCatalog = {
  framework: 'SAFE-MCP',
  source: 'a page, of 2026',
  license: 'CC BY 4.0',
  techniques: [
    { id: 'SAFE-T1', title: 'First', group: 'Execution' },
    { id: 'SAFE-T2', title: 'Second' },
    { id: 'SAFE-T3', title: 'Third' },
    { id: 'SAFE-T4', title: 'Fourth' },
    { id: 'SAFE-T5', title: 'Fifth' },
  ],
  outOfScope: { 'SAFE-T4': 'is done elsewhere', 'SAFE-T5': 'is done elsewhere' },
};

export const atlas: FrameworkCatalog = {
  framework: 'ATLAS',
  source: 'some pages',
  license: 'not read',
  caveat: 'A selection.',
  crosswalk: 'a crosswalk, CC BY 4.0',
  techniques: [
    { id: 'AML.T0001', title: 'Parent' },
    { id: 'AML.T0001.001', title: 'Child' },
  ],
  outOfScope: {},
};

/** A part with these mappings. */
export function part(
  id: string,
  ...mappings: [Mapping['framework'], string, Mapping['basis']][]
): AttackPart {
  return {
    id,
    title: id,
    definition: id,
    source: id,
    mappings: mappings.map(([framework, mapped, basis]) => ({ framework, id: mapped, basis })),
  };
}

/** `note` is a vector and a carrier; nothing is mapped to SAFE-T3 to SAFE-T5. */
export const parts: AttackParts = {
  vectors: [
    part('tool-result', ['SAFE-MCP', 'SAFE-T1', 'ours'], ['ATLAS', 'AML.T0001.001', 'unverified']),
    part('rug-pull', ['SAFE-MCP', 'SAFE-T2', 'published']),
    part('note', ['SAFE-MCP', 'SAFE-T1', 'published']),
  ],
  carriers: [part('direct'), part('note', ['ATLAS', 'AML.T0009', 'unverified'])],
  goals: [part('destroy', ['SAFE-MCP', 'SAFE-T1', 'ours']), { ...part('derail'), mappings: [] }],
};

export interface Sample {
  readonly agent?: string;
  readonly attack?: AttackId;
  readonly defense?: string;
  readonly task?: number;
  readonly trial?: number;
  readonly stage?: NonNullable<EpisodeSummary['outcome']['attack']>['stage'];
  readonly status?: EpisodeStatus;
}

export const resultAttack: AttackId = { vector: 'tool-result', carrier: 'direct', goal: 'derail' };

/** A plan of these episodes, and what became of each. */
export function sampleRun(samples: readonly Sample[]): {
  plan: Plan;
  records: ReturnType<typeof sampleRecord>[];
} {
  const base = samplePlan(samples.length);
  const episodes = base.episodes.map(({ id }, index) => {
    const {
      agent = 'scripted/hijacked',
      attack,
      defense = 'none',
      task = 0,
      trial = 0,
    } = samples[index] ?? {};
    return { id, key: { agent, environment: 'toy', task, ...(attack && { attack }), defense, trial } };
  });
  const agents = [...new Set(episodes.map(({ key }) => key.agent))];
  const records = episodes.map((planned, index) => {
    const { stage = 'achieved', status = 'completed' } = samples[index] ?? {};
    const record = sampleRecord(planned);
    const attack = planned.key.attack && { attack: { stage, at: [] } };
    const { attack: _, ...outcome } = record.outcome;
    return { ...record, outcome: { ...outcome, status, ...attack } };
  });
  return { plan: { ...base, experiment: { ...base.experiment, agents }, episodes }, records };
}
