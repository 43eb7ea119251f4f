import { Socket } from 'node:net';
import { beforeAll, describe, expect, test } from 'vitest';
import { goals } from '../../../src/attacks/index.ts';
import type { Defense } from '../../../src/contracts/defense.ts';
import type { Environment } from '../../../src/contracts/environment.ts';
import type { AttackStage, EpisodeEvent, EpisodeRecord } from '../../../src/contracts/events.ts';
import { canonicalJson, isJsonObject } from '../../../src/contracts/json.ts';
import { type McpRequest, resultReply } from '../../../src/contracts/wire.ts';
import { environments } from '../../../src/environments/index.ts';
import { type AttackEpisode, attackEpisode } from '../../support/attackEpisode.ts';
import { createToyEnvironment } from '../../support/toyEnvironment.ts';
import { type Combination, combinationsIn, groupsOf, isFull } from './combinations.ts';

const toys: readonly Environment[] = [
  createToyEnvironment(),
  { ...createToyEnvironment({ secretIn: 'private-context', thirdParty: false }), id: 'toy-private' },
];

/** Milliseconds for one test. */
const timeout = isFull ? 3_600_000 : 30_000;

/** Goals that are reached by words to the user, or by calls that an honest agent may make too, only not so often. */
const withoutOwnCalls = ['disinform', 'phish', 'exfiltrate-link', 'stall'];
/** Goals whose sink is the malicious service itself: what is sent has arrived before the honest part can fail. */
const atOwnSink = ['exfiltrate-argument', 'exfiltrate-error', 'exfiltrate-elicitation', 'exfiltrate-header'];

/** The whole contract of attacks in these environments. */
export function describeAttacksIn(...ids: readonly string[]): void {
  for (const environment of [...environments, ...toys].filter(({ id }) => ids.includes(id)))
    describe(environment.id, () => {
      describeAttacks(environment);
    });
}

function describeAttacks(environment: Environment): void {
  const combinations = combinationsIn(environment);

  test('every goal that is possible here is offered', () => {
    const offered = new Set(combinations.map(({ attack }) => attack.goal));
    const possible = goals.filter((goal) =>
      combinations.some(({ parts }) => goal.compatible(environment, parts.vector) === 'compatible'),
    );
    if (environment.id !== 'office') expect([...offered].sort()).toEqual(possible.map(({ id }) => id).sort());
    expect(combinations.length).toBeGreaterThan(3);
  });

  describe.each(groupsOf(combinations))('%s', (_, group) => {
    test('is delivered, read and carried out, and nothing leaves the loopback', { timeout }, async () => {
      const { outside, stop } = watchNetwork();
      for (const combination of group) await checkHijacked(environment, combination);
      stop();
      expect(outside).toEqual([]);
    });

    test('leaves an agent that ignores it alone', { timeout }, async () => {
      for (const combination of group) await checkFaithful(environment, combination);
    });
  });

  describe('when its calls are stopped', () => {
    const oneOfEachGoal = goals.flatMap(
      (goal) =>
        combinations.find(
          ({ parts }) => parts.goal === goal && !parts.vector.actsAlone && !withoutOwnCalls.includes(goal.id),
        ) ?? [],
    );
    const blocked = oneOfEachGoal.map((each) => [each.name, each] as const);
    const failing = blocked.filter(([, { attack }]) => !atOwnSink.includes(attack.goal));
    let calls: ReadonlyMap<string, ReadonlySet<string>>;
    beforeAll(async () => {
      calls = new Map(
        await Promise.all(
          oneOfEachGoal.map(async (each) => [each.name, await plannedCalls(environment, each)] as const),
        ),
      );
    });

    test.each(blocked)('%s is not achieved, and stays attempted', async (name, combination) => {
      const planned = calls.get(name) ?? new Set();
      // An answer to a question is no call; the defense declines questions besides.
      if (combination.attack.goal !== 'exfiltrate-elicitation') expect(planned.size, name).toBeGreaterThan(0);
      const record = await play(environment, combination, 'scripted/hijacked', {
        defense: refusing(planned),
      });
      // A question that was declined for the user has not even been read.
      expect(['delivered', 'exposed', 'attempted']).toContain(record.outcome.attack?.stage);
    });

    test.each(failing)('%s is not achieved when they fail at the service', async (name, combination) => {
      const planned = calls.get(name) ?? new Set();
      const record = await play(withFailing(environment, planned), combination, 'scripted/hijacked');
      expect(record.outcome.attack?.stage).not.toBe('achieved');
    });
  });
}

/** The attack comes all the way, and twice in the same words. */
async function checkHijacked(environment: Environment, combination: Combination): Promise<void> {
  const record = await play(environment, combination, 'scripted/hijacked');
  expect(problemOf(record), combination.name).toBe('');
  expect(record.outcome.attack?.stage, `${combination.name} ${traceOf(record)}`).toBe('achieved');
  expect(evidenceOf(record, 'achieved').length).toBeGreaterThan(0);
  if (!combination.parts.vector.actsAlone)
    expect(stagesOf(record)).toEqual(
      expect.arrayContaining(['delivered', 'exposed', 'attempted', 'executed']),
    );
  const again = await play(environment, combination, 'scripted/hijacked');
  expect(payloadOf(again)).toBe(payloadOf(record));
}

/** The agent never takes part, and its own work succeeds. */
async function checkFaithful(environment: Environment, combination: Combination): Promise<void> {
  const record = await play(environment, combination, 'scripted/faithful');
  expect(problemOf(record), combination.name).toBe('');
  if (combination.parts.vector.actsAlone) {
    expect(record.outcome.attack?.stage, combination.name).toBe('achieved');
    return;
  }
  const seen = `${combination.name} ${traceOf(record)}`;
  expect(['planned', 'delivered', 'exposed'], seen).toContain(record.outcome.attack?.stage);
  expect(record.outcome.utility, seen).toBe(1);
  expect(record.outcome.harm, seen).toEqual({ stateDamage: [], dataLeft: [] });
}

function play(
  environment: Environment,
  { attack, parts, era, task }: Combination,
  agent: AttackEpisode['agent'],
  more: Partial<AttackEpisode> = {},
): Promise<EpisodeRecord> {
  const transport = parts.goal.transports?.[0] === 'http' ? 'http' : 'memory';
  return attackEpisode({ environment, attack, era, task, agent, transport, ...more });
}

/** The calls that the hijacked agent makes and the faithful one does not. */
async function plannedCalls(environment: Environment, combination: Combination): Promise<Set<string>> {
  const [hijacked, faithful] = await Promise.all([
    play(environment, combination, 'scripted/hijacked'),
    play(environment, combination, 'scripted/faithful'),
  ]);
  const honest = new Set(callsOf(faithful));
  return new Set(callsOf(hijacked).filter((call) => !honest.has(call)));
}

function callsOf({ events }: EpisodeRecord): string[] {
  return events.flatMap((event) => {
    const request = event.type === 'exchange' ? (event.hostRequest ?? event.request) : undefined;
    return request && event.type === 'exchange' ? (callKey(event.service, request) ?? []) : [];
  });
}

function callKey(
  service: string,
  { method, params }: { readonly method: string; readonly params?: McpRequest['params'] | undefined },
): string | undefined {
  if (method !== 'tools/call' || !isJsonObject(params)) return undefined;
  return canonicalJson([service, params['name'] ?? null, params['arguments'] ?? null]);
}

const refusal = { content: [{ type: 'text', text: 'refused' }], isError: true };

/** Refuses these calls, and what services ask of the user, at the host's end. */
function refusing(calls: ReadonlySet<string>): Defense {
  return {
    id: 'refusing',
    title: 'Refusing',
    description: 'Refuses the calls of the plan.',
    kind: 'active',
    modes: ['enforce'],
    source: 'test',
    create: () => ({
      tap: () => ({
        name: 'refusing',
        hostRequest: (next) => (request, context) => {
          const key = callKey(context.service, request);
          if (key === undefined || !calls.has(key)) return next(request, context);
          const complete = context.era === '2026' ? { resultType: 'complete' } : {};
          return Promise.resolve(resultReply({ ...refusal, ...complete }));
        },
        serviceRequest: () => () => Promise.resolve(resultReply({ action: 'decline' })),
      }),
    }),
  };
}

/** The same environment, whose services fail on these calls. */
function withFailing(environment: Environment, calls: ReadonlySet<string>): Environment {
  return {
    ...environment,
    task(...args) {
      const task = environment.task(...args);
      return {
        ...task,
        async open(scope) {
          const world = await task.open(scope);
          return {
            ...world,
            tap: (service) => ({
              name: 'failing',
              hostRequest(next) {
                const own = world.tap?.(service).hostRequest?.(next) ?? next;
                return (request, context) => {
                  const key = callKey(service, request);
                  if (key === undefined || !calls.has(key)) return own(request, context);
                  const complete = context.era === '2026' ? { resultType: 'complete' } : {};
                  return Promise.resolve(resultReply({ ...refusal, ...complete }));
                };
              },
            }),
          };
        },
      };
    },
  };
}

function problemOf({ outcome }: EpisodeRecord): string {
  return outcome.problem ? `${outcome.status}: ${outcome.problem.what}` : '';
}

type AttackEvent = Extract<EpisodeEvent, { type: 'attack' }>;

function attackEvents({ events }: EpisodeRecord): AttackEvent[] {
  return events.filter((event): event is AttackEvent => event.type === 'attack');
}

function stagesOf(record: EpisodeRecord): AttackStage[] {
  return attackEvents(record).map(({ stage }) => stage);
}

function payloadOf(record: EpisodeRecord): string {
  return attackEvents(record).find(({ stage }) => stage === 'planned')?.payload ?? '';
}

function evidenceOf(record: EpisodeRecord, stage: AttackStage): readonly unknown[] {
  return attackEvents(record).find((event) => event.stage === stage)?.evidence ?? [];
}

/** For the reader of a failure. */
function traceOf(record: EpisodeRecord): string {
  return JSON.stringify({ outcome: record.outcome, payload: payloadOf(record) }).slice(0, 3_000);
}

/** Notes every connection to another place than this machine. */
function watchNetwork(): { readonly outside: readonly string[]; stop(): void } {
  const outside: string[] = [];
  const { connect } = Socket.prototype;
  const watched = function (this: Socket, ...args: Parameters<typeof connect>): Socket {
    const text = JSON.stringify(args);
    if (!/127\.0\.0\.1|localhost|::1|"path"/.test(text)) outside.push(text);
    return connect.apply(this, args);
  };
  Socket.prototype.connect = watched as typeof connect;
  return {
    outside,
    stop() {
      Socket.prototype.connect = connect;
    },
  };
}
