import { createHash } from 'node:crypto';
import type { EpisodeEvent, EpisodeRecord } from '../../../src/contracts/events.ts';
import type { Experiment, Plan, PlannedEpisode } from '../../../src/contracts/experiment.ts';

const attack = { vector: 'tool-description', carrier: 'direct', goal: 'exfiltrate' };

const sampleExperiment: Experiment = {
  name: 'sample',
  seed: 'seed',
  environments: [{ id: 'toy', tasks: 1000, attacks: [attack] }],
  agents: ['scripted/hijacked'],
  attacks: [null, attack],
  defenses: [
    { name: 'none', members: [] },
    { name: 'strict', members: [{ id: 'pinning', mode: 'enforce', parameters: { level: 2, names: ['a'] } }] },
  ],
  trials: 1,
  era: '2026',
  transport: 'memory',
  limits: { maxCalls: 10, callTimeoutMs: 1000, episodeTimeoutMs: 5000 },
};

/** A plan of `count` episodes, attacked and clean ones in turn. */
export function samplePlan(count: number, name = 'sample'): Plan {
  const episodes = Array.from({ length: count }, (_, index): PlannedEpisode => {
    const key = {
      agent: 'scripted/hijacked',
      environment: 'toy',
      task: Math.floor(index / 2),
      ...(index % 2 === 1 && { attack }),
      defense: 'none',
      trial: 0,
    };
    return { id: createHash('sha256').update(`${index}`).digest('hex').slice(0, 16), key };
  });
  return {
    experiment: { ...sampleExperiment, name },
    episodes,
    skipped: [{ environment: 'toy', reason: 'for the test', attacks: 2, example: attack }],
  };
}

/** A record with every kind of reply; a long list of tools stands in it twice. */
export function sampleRecord(planned: PlannedEpisode): EpisodeRecord {
  const attacked = planned.key.attack !== undefined;
  return {
    version: 1,
    id: planned.id,
    key: planned.key,
    taskId: `toy-${planned.key.task}`,
    template: 'fetch',
    instruction: `Fetch item ${planned.key.task} — quickly`,
    era: '2026',
    outcome: {
      status: planned.key.task % 7 === 3 ? 'limit' : 'completed',
      utility: planned.key.task % 2,
      ...(attacked && { attack: { stage: 'achieved', at: [2] } }),
      harm: {
        stateDamage: [],
        dataLeft: attacked ? [{ what: 'The code reached the sink', events: [2] }] : [],
      },
      verdicts: { pinning: { block: 2 } },
      detection: { flaggedBy: [] },
      calls: 3,
      cost: { inputTokens: 0, outputTokens: 0, usd: 0, wallMs: 1.25, modelMs: 0, defenseMs: 0.5 },
    },
    events: sampleEvents(planned),
  };
}

const tools = Array.from({ length: 12 }, (_, index) => ({
  name: `tool_${index}`,
  description: `Tool number ${index} does what its name says and nothing else.`,
  inputSchema: { type: 'object', properties: { text: { type: 'string' } } },
}));

function sampleEvents({ id, key }: PlannedEpisode): EpisodeEvent[] {
  const exchange = {
    type: 'exchange',
    service: 'toys',
    direction: 'to-service',
    request: { method: 'tools/list' },
    reply: { kind: 'result', result: { tools } },
  } as const;
  return [
    { seq: 0, at: 0.5, message: 'toys#1', ...exchange },
    { seq: 1, at: 0.75, message: 'toys#2', ...exchange, hostReply: { kind: 'dropped' } },
    {
      ...exchange,
      seq: 2,
      at: 1,
      message: 'toys#3',
      request: { method: 'tools/call', params: { name: 'tool_1', arguments: { text: id } } },
      reply: { kind: 'error', error: { code: -32602, message: `no ${key.task}`, data: [null, 1] } },
    },
    { seq: 3, at: 2, type: 'answer', text: `Done: ${id}` },
  ];
}
