import { attackName } from '../../contracts/attack.ts';
import type { EpisodeRecord, Outcome } from '../../contracts/events.ts';
import type { EpisodeLimits } from '../../contracts/experiment.ts';
import type { JsonObject } from '../../contracts/json.ts';
import { isValid } from '../../experiment/metrics/measured.ts';
import { payloadsOf } from '../eventText.ts';
import { inspectEvents } from './events.ts';
import { assistantMessage } from './messages.ts';
import { agentConversation, type MessagePool, poolMessages } from './modelCalls.ts';
import { scoresOf } from './scores.ts';
import type { Subject } from './subject.ts';
import { callsAsMessages } from './toolCalls.ts';
import { createUsage } from './usage.ts';

/** What is the same for all samples of a log. */
export interface SampleScope {
  readonly subject: Subject;
  readonly runId: string;
  readonly limits: EpisodeLimits;
  /** Milliseconds since 1970 that stand for the beginning of every episode. */
  readonly start: number;
  /** Whether the defense set has members. */
  readonly defended: boolean;
}

/** Which sample of the data set an episode is a trial of. */
export function sampleId({ key, taskId }: Pick<EpisodeRecord, 'key' | 'taskId'>): string {
  return `${key.attack ? attackName(key.attack) : 'clean'} ${taskId}`;
}

/** An episode as a sample of Inspect. */
export function inspectSample(record: EpisodeRecord, scope: SampleScope): JsonObject {
  const { key, outcome } = record;
  const pool = poolMessages(record);
  const conversation = agentConversation(pool);
  const scores = scoresOf(record, scope.defended);
  return {
    id: sampleId(record),
    epoch: key.trial + 1,
    input: record.instruction,
    target: '',
    messages: conversation ?? callsAsMessages(record),
    output: outputOf(record, scope.subject),
    ...(scores && { scores }),
    metadata: metadataOf(record, conversation ? "the model's conversation" : 'tool calls on the wire'),
    events: inspectEvents(record, { ...scope, pool }),
    model_usage: usageOf(pool, scope.subject),
    total_time: outcome.cost.wallMs / 1000,
    uuid: `${scope.runId}-${record.id}`,
    ...(isValid(outcome.status) ? limitOf(outcome, scope.limits) : { error: errorOf(outcome) }),
    ...(pool.messages.length > 0 && { events_data: { messages: pool.messages, calls: [] } }),
  };
}

function usageOf({ calls }: MessagePool, subject: Subject): JsonObject {
  const usage = createUsage();
  for (const { event } of calls.values()) usage.add(subject.modelName(event.model), event);
  return usage.byModel();
}

function outputOf({ events, outcome }: EpisodeRecord, { model }: Subject): JsonObject {
  const answer = events.findLast((event) => event.type === 'answer');
  if (answer?.type !== 'answer') return { model };
  const stop_reason = outcome.status === 'completed' ? 'stop' : 'unknown';
  return { model, choices: [{ message: assistantMessage('answer', answer.text, []), stop_reason }] };
}

function metadataOf(record: EpisodeRecord, messagesAre: string): JsonObject {
  const { id, key, template, era, outcome } = record;
  const { attack } = key;
  return {
    episode: id,
    agent: key.agent,
    environment: key.environment,
    task: key.task,
    template,
    trial: key.trial,
    era,
    attack: attack ? attackName(attack) : 'none',
    ...(attack && { vector: attack.vector, carrier: attack.carrier, goal: attack.goal }),
    defense: key.defense,
    ...(attack && { payloads: payloadsOf(record) }),
    messages_are: messagesAre,
    ...(outcome.attack && {
      stage: outcome.attack.stage,
      stopped_by: outcome.attack.stoppedBy ?? null,
    }),
    status: outcome.status,
    outcome,
  };
}

function errorOf({ status, problem }: Outcome): JsonObject {
  const message = problem ? `${status}: ${problem.code}: ${problem.what}` : status;
  return { message, traceback: '', traceback_ansi: '' };
}

/** Inspect has no limit on tool calls. */
function limitOf({ status, problem }: Outcome, limits: EpisodeLimits): JsonObject {
  if (status !== 'limit') return {};
  const reason = problem?.what ?? 'a limit was reached';
  if (problem?.code === 'STEP_LIMIT') return { limit: { type: 'turn', limit: limits.maxSteps ?? 0, reason } };
  if (problem?.code === 'TOKEN_LIMIT')
    return { limit: { type: 'token', limit: limits.maxTokens ?? 0, reason } };
  return { limit: { type: 'custom', limit: limits.maxCalls, reason } };
}
