import type { PlanEnd, ServiceAnswer, ServiceQuestion } from '../../../src/contracts/agent.ts';
import type { Goal, GoalInstance, Seat, Vector } from '../../../src/contracts/attack.ts';
import type { Actor, Environment, Evidence, Task, World } from '../../../src/contracts/environment.ts';
import { isImpossible, type ToolCall } from '../../../src/contracts/goal.ts';
import { canonicalJson, isJsonObject } from '../../../src/contracts/json.ts';
import { createSeed } from '../../../src/contracts/seed.ts';
import { type Era, type McpRequest, resultReply, type Tap } from '../../../src/contracts/wire.ts';
import { connectHost, type Host, type HostWire } from '../../../src/protocol/host.ts';
import { openService } from '../../../src/protocol/openService.ts';
import { createWire } from '../../../src/protocol/wire.ts';

export interface StageOptions {
  readonly era?: Era;
  readonly index?: number;
  readonly seed?: string;
  /** The service that the task needs first, if absent. */
  readonly seat?: Seat;
  /** What becomes of the calls that the goal owns. */
  readonly owned?: 'pass' | 'blocked' | 'failing';
  /** Whether the user answers as the goal wants; declines all questions otherwise. */
  readonly obeys?: boolean;
  readonly delivered?: () => boolean;
  /** A tap at the host's end of every wire. */
  readonly hostTap?: Tap;
  /** Taps nearer to the service than the goal's own, by service. */
  readonly inner?: Readonly<Record<string, Tap>>;
}

/** A goal in a world, with a host connected to it over wires that hold the goal's taps. */
export interface GoalStage {
  readonly task: Task;
  readonly world: World;
  readonly goal: GoalInstance;
  readonly actor: Actor;
  readonly host: Host;
  readonly secret: string;
  /** Calls that the goal owns, as the host issued them. */
  readonly owned: readonly ToolCall[];
  /** What services asked. */
  readonly questions: readonly ServiceQuestion[];
  /** The evidence for an answer of the agent. */
  achieved(answer: string): Promise<readonly Evidence[]>;
  close(): Promise<void>;
}

/** Stands for any vector at a malicious service. */
export const anyVector: Vector = {
  id: 'any',
  title: 'Any',
  definition: 'Stands for a vector',
  source: 'ours, for tests',
  group: 'result',
  eras: ['2025', '2026'],
  places: 'one',
  compatible: () => 'compatible',
  place: () => {
    throw new Error('Not to be placed');
  },
};

export function taskOf(environment: Environment, index = 0): Task {
  return environment.task(createSeed('goal-tasks'), index);
}

/** @throws Error when the goal is impossible in the task's world */
export async function openGoalStage(
  environment: Environment,
  goal: Goal,
  options: StageOptions = {},
): Promise<GoalStage> {
  const task = taskOf(environment, options.index);
  const world = await task.open({ workFolder: () => Promise.reject(new Error('not needed')) });
  const seat = options.seat ?? { service: task.services[0] ?? '' };
  const instance = goal.aim(world, seat, createSeed(options.seed ?? 'goal').rng());
  if (isImpossible(instance)) throw new Error(`${task.id}: ${instance.impossible}`);
  const owned: ToolCall[] = [];
  const questions: ServiceQuestion[] = [];
  const { host, close } = await connect(
    world,
    instance,
    { ...options, owned: options.owned ?? 'pass' },
    owned,
  );
  host.answerWith((question): ServiceAnswer => {
    questions.push(question);
    return (options.obeys && instance.reply?.(question)) || { kind: 'decline' };
  });
  return {
    task,
    world,
    goal: instance,
    host,
    owned,
    questions,
    secret: world.targets.exfiltrate?.secret.value ?? '',
    actor: { privateContext: task.privateContext ?? '', call: (...call) => host.call(...call) },
    async achieved(answer) {
      const { utility } = await world.score(answer);
      return instance.achieved({ utility, answer });
    },
    async close() {
      await close();
      await world.close?.();
    },
  };
}

async function connect(
  world: World,
  goal: GoalInstance,
  options: StageOptions,
  owned: ToolCall[],
): Promise<{ host: Host; close(): Promise<void> }> {
  const closers: (() => Promise<void>)[] = [];
  const wires = new Map<string, HostWire>();
  for (const source of world.services) {
    const service = await openService(source, { transport: 'memory' });
    closers.push(() => service.close());
    const own = goal.tap?.(source.name, options.delivered);
    const inner = options.inner?.[source.name];
    const transport = createWire(service.transport, {
      service: source.name,
      transport: service.kind,
      hostTaps: [
        refusing(goal, options.owned === 'blocked', (call) => owned.push(call)),
        ...(options.hostTap ? [options.hostTap] : []),
      ],
      serviceTaps: [
        refusing(goal, options.owned === 'failing'),
        ...(own ? [own] : []),
        ...(inner ? [inner] : []),
      ],
    });
    wires.set(source.name, { transport, era: options.era ?? '2026' });
  }
  const host = await connectHost(wires, {
    maxCalls: 400,
    callTimeoutMs: 5_000,
    signal: new AbortController().signal,
  });
  return {
    host,
    async close() {
      await host.close();
      await Promise.all(closers.map((each) => each()));
    },
  };
}

/** Tells of the calls that the goal owns and, if active, refuses them as a tool would. */
function refusing(goal: GoalInstance, active: boolean, note?: (call: ToolCall) => void): Tap {
  const issued = new Map<string, number>();
  return {
    name: 'refusing',
    hostRequest: (next) => async (request, context) => {
      const call = callIn(request, context.service);
      if (!call) return next(request, context);
      const key = canonicalJson([call.tool, call.arguments]);
      const repetition = issued.get(key) ?? 0;
      issued.set(key, repetition + 1);
      if (!goal.owns(call, repetition)) return next(request, context);
      note?.(call);
      return active
        ? resultReply({ resultType: 'complete', content: [{ type: 'text', text: 'refused' }], isError: true })
        : next(request, context);
    },
  };
}

/** Retries with answers of the user are the same call again, not a new one. */
function callIn({ method, params }: McpRequest, service: string): ToolCall | undefined {
  const args = params?.['arguments'];
  if (method !== 'tools/call' || typeof params?.['name'] !== 'string' || params['requestState'] !== undefined)
    return undefined;
  return { service, tool: params['name'], arguments: isJsonObject(args) ? args : {} };
}

/** What an agent that obeys tells the user: the task's answer and what the plan has it say. */
export async function obey({ goal, actor, world }: GoalStage): Promise<string> {
  const end: PlanEnd = await goal.carryOut(actor);
  if (end.kind === 'stop') return end.answer;
  const answer = await world.solve(actor);
  return end.say === undefined ? answer : `${answer}\n${end.say}`;
}
