import { z } from 'zod';
import type { JsonObject, JsonValue } from './json.ts';
import { finishReasons } from './model.ts';

/** Version of the event and episode shapes; raised when a reader of old records would misread new ones. */
export const recordVersion = 1;

const jsonObject = z.custom<JsonObject>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
);
const jsonValue = z.custom<JsonValue>((value) => value !== undefined);
const direction = z.enum(['to-host', 'to-service']);

/** One request or notification as one side sees it. */
const messageSchema = z.object({ method: z.string(), params: jsonObject.optional() });

const replySchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('result'), result: jsonObject }),
  z.object({
    kind: z.literal('error'),
    error: z.object({ code: z.number(), message: z.string(), data: jsonValue.optional() }),
  }),
  z.object({ kind: z.literal('dropped') }),
]);

/** The stages of an attack, in order. */
export const attackStages = ['planned', 'delivered', 'exposed', 'attempted', 'executed', 'achieved'] as const;
export type AttackStage = (typeof attackStages)[number];

const evidenceSchema = z.object({ what: z.string() });

/** A judge's score from 1 to 5, and why. */
const ratingShape = { score: z.number(), reason: z.string() };

const common = {
  /** Place in the episode, from 0. */
  seq: z.number().int().nonnegative(),
  /** Milliseconds since the episode began; a timing, left out of comparisons. */
  at: z.number(),
};

/**
 * What happened in an episode, one schema per kind of event. `exchange`: a request and what came back.
 * `host*` members are present only where the host's side saw something else than what crossed the wire,
 * because a defense changed or answered it.
 */
export const eventSchema = z.discriminatedUnion('type', [
  z.object({
    ...common,
    type: z.literal('exchange'),
    message: z.string(),
    service: z.string(),
    direction,
    /** As it crossed the wire; absent if it never did. */
    request: messageSchema.optional(),
    reply: replySchema.optional(),
    hostRequest: messageSchema.optional(),
    hostReply: replySchema.optional(),
  }),
  z.object({
    ...common,
    type: z.literal('notification'),
    message: z.string(),
    service: z.string(),
    direction,
    notification: messageSchema,
    /** False when a defense dropped it. */
    passed: z.boolean(),
  }),
  z.object({
    ...common,
    type: z.literal('verdict'),
    message: z.string(),
    defense: z.string(),
    mode: z.enum(['observe', 'enforce']),
    action: z.enum(['allow', 'redact', 'block', 'ask']),
    score: z.number().min(0).max(1),
    reason: z.string(),
    spans: z.array(z.object({ path: z.string(), text: z.string() })),
  }),
  z.object({
    ...common,
    type: z.literal('attack'),
    stage: z.enum(attackStages),
    /** Which attack, where several are made at once. */
    attack: z.string().optional(),
    /** The message it happened in, where there is one. */
    message: z.string().optional(),
    /** The rendered payload; stands in the `planned` event. */
    payload: z.string().optional(),
    evidence: z.array(evidenceSchema),
  }),
  z.object({
    ...common,
    type: z.literal('model'),
    /** Who asked: the agent, or the id of a defense, judge or carrier. */
    purpose: z.enum(['agent', 'defense', 'judge', 'attack']),
    by: z.string(),
    model: z.string(),
    /** The model as its provider calls it, with its version. */
    version: z.string().optional(),
    /** How many messages at the beginning are those of the asker's previous call, and its reply. */
    carried: z.number().int(),
    /** The messages after those. */
    messages: z.array(jsonObject),
    /** Names of the tools offered. */
    tools: z.array(z.string()),
    reply: z.discriminatedUnion('kind', [
      z.object({
        kind: z.literal('turn'),
        text: z.string(),
        calls: z.array(jsonObject),
        finish: z.enum(finishReasons),
      }),
      z.object({ kind: z.literal('labels'), labels: z.array(jsonObject) }),
      z.object({ kind: z.literal('failure'), failure: z.string(), what: z.string() }),
    ]),
    inputTokens: z.number().int(),
    outputTokens: z.number().int(),
    usd: z.number(),
    /** A timing, like `at`. */
    ms: z.number(),
    /** Whether no call was made for it; left out of comparisons, like timings. */
    cached: z.boolean(),
  }),
  /** How the host of an external agent was kept from the rest of the machine. */
  z.object({
    ...common,
    type: z.literal('sandbox'),
    agent: z.string(),
    sandbox: z.enum(['bubblewrap', 'none']),
    /** Why there was none. */
    why: z.string().optional(),
  }),
  z.object({
    ...common,
    type: z.literal('judge'),
    judge: z.string(),
    question: z.enum(['goal', 'harm', 'refusal']),
    ...ratingShape,
  }),
  z.object({ ...common, type: z.literal('state'), state: jsonValue }),
  z.object({ ...common, type: z.literal('answer'), text: z.string() }),
  z.object({
    ...common,
    type: z.literal('fault'),
    service: z.string(),
    code: z.string(),
    what: z.string(),
  }),
  z.object({ ...common, type: z.literal('error'), code: z.string(), what: z.string() }),
]);

export type EpisodeEvent = z.infer<typeof eventSchema>;
type WithoutPlace<Event> = Event extends unknown ? Omit<Event, 'seq' | 'at'> : never;
/** An event before the recorder gives it its place and time. */
export type NewEvent = WithoutPlace<EpisodeEvent>;
/** Where the parts of an episode report; returns the event's `seq`. */
export type RecordEvent = (event: NewEvent) => number;

/** How an episode ended. Only `completed` and `limit` episodes are valid measurements. */
export const episodeStatuses = [
  'completed',
  'limit',
  'timeout',
  'agent-error',
  'model-error',
  'service-error',
  'harness-error',
] as const;
export type EpisodeStatus = (typeof episodeStatuses)[number];

const outcomeEvidence = z.object({ what: z.string(), events: z.array(z.number().int()) });

const attackOutcomeSchema = z.object({
  stage: z.enum(attackStages),
  /** The defense that kept the attack from the next stage. */
  stoppedBy: z.string().optional(),
  /** `seq` of the attack events. */
  at: z.array(z.number().int()),
});

export const modelIdentitySchema = z.object({ id: z.string(), version: z.string().optional() });
export type ModelIdentity = z.infer<typeof modelIdentitySchema>;

const costSchema = z.object({
  inputTokens: z.number(),
  outputTokens: z.number(),
  usd: z.number(),
  wallMs: z.number(),
  modelMs: z.number(),
  defenseMs: z.number(),
});

/** What an episode came to (design: outcome model). */
export const outcomeSchema = z.object({
  status: z.enum(episodeStatuses),
  /** Why, for every status but `completed`. */
  problem: z.object({ code: z.string(), what: z.string() }).optional(),
  /** The task's own strict score, 0 to 1. */
  utility: z.number().min(0).max(1),
  /** The published rule of the environment, where it differs. */
  originalUtility: z.number().optional(),
  attack: attackOutcomeSchema.optional(),
  harm: z.object({
    stateDamage: z.array(outcomeEvidence),
    dataLeft: z.array(outcomeEvidence),
    /** Score 1 to 5 of a judge; absent when no judge looked. */
    harmfulText: z.object(ratingShape).optional(),
  }),
  /** How far the agent declined the user's task; absent when no judge looked. */
  refusal: z.object(ratingShape).optional(),
  /** Number of verdicts by defense and action. */
  verdicts: z.record(
    z.string(),
    z.partialRecord(z.enum(['allow', 'redact', 'block', 'ask']), z.number().int()),
  ),
  detection: z.object({
    /** Defenses with a verdict on a message that carried payload; in clean episodes, on any message. */
    flaggedBy: z.array(z.string()),
  }),
  calls: z.number().int(),
  /** The models that took part, with the version that their provider reported. */
  models: z.array(modelIdentitySchema).optional(),
  cost: costSchema,
});
export type Outcome = z.infer<typeof outcomeSchema>;
export type Cost = z.infer<typeof costSchema>;
export type OutcomeEvidence = z.infer<typeof outcomeEvidence>;

export const attackIdSchema = z.object({
  vector: z.string(),
  carrier: z.string(),
  goal: z.string(),
  afterCalls: z.number().int().optional(),
  afterEpisodes: z.number().int().optional(),
  get together() {
    return z.array(attackIdSchema).readonly().optional();
  },
});

/** Which episode this is: one agent, one task, one attack or none, one defense set, one seed. */
export const episodeKeySchema = z.object({
  agent: z.string(),
  environment: z.string(),
  task: z.number().int().nonnegative(),
  attack: attackIdSchema.optional(),
  /** Name of the defense set; `none` for no defense. */
  defense: z.string(),
  trial: z.number().int().nonnegative(),
});
export type EpisodeKey = z.infer<typeof episodeKeySchema>;

/** A finished episode. Equal plans give equal records but for the timings. */
export const episodeRecordSchema = z.object({
  version: z.literal(recordVersion),
  id: z.string(),
  key: episodeKeySchema,
  taskId: z.string(),
  template: z.string(),
  instruction: z.string(),
  era: z.enum(['2025', '2026']),
  outcome: outcomeSchema,
  events: z.array(eventSchema),
});
export type EpisodeRecord = z.infer<typeof episodeRecordSchema>;
