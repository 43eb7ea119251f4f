import { type AttackParts, type ComposedAttack, composeAttack } from '../../src/attacks/compose.ts';
import { isExposed } from '../../src/attacks/exposure.ts';
import { carriers, goals, vectors } from '../../src/attacks/index.ts';
import type { AttackId } from '../../src/contracts/attack.ts';
import type { Actor, Environment, Task, World } from '../../src/contracts/environment.ts';
import type { ToolCall } from '../../src/contracts/goal.ts';
import { isImpossible } from '../../src/contracts/goal.ts';
import { isJsonObject, stringsIn } from '../../src/contracts/json.ts';
import { createSeed } from '../../src/contracts/seed.ts';
import type { Era, MessageId, Tap } from '../../src/contracts/wire.ts';
import { resultReply } from '../../src/contracts/wire.ts';
import { createWorkFolder } from '../../src/experiment/workFolder.ts';
import { connectHost, type Host, type HostWire } from '../../src/protocol/host.ts';
import { openService } from '../../src/protocol/openService.ts';
import { createWire } from '../../src/protocol/wire.ts';

/** The shipped parts with these ids. */
export function partsOf(id: AttackId): AttackParts {
  const vector = vectors.find((each) => each.id === id.vector);
  const carrier = carriers.find((each) => each.id === id.carrier);
  const goal = goals.find((each) => each.id === id.goal);
  if (!vector || !carrier || !goal) throw new Error(`No attack ${JSON.stringify(id)}`);
  return { vector, carrier, goal };
}

export interface Opened {
  readonly task: Task;
  readonly world: World;
  readonly attack: ComposedAttack;
  readonly close: () => Promise<void>;
}

/** Opens the world of a task and aims an attack at it. */
export async function openAttacked(
  environment: Environment,
  parts: AttackParts,
  { index = 0, seed = 'attack' }: { index?: number; seed?: string } = {},
): Promise<Opened> {
  const task = environment.task(createSeed('tasks'), index);
  const folder = createWorkFolder();
  const world = await task.open({ workFolder: () => folder.path() });
  const attack = composeAttack(parts, { task, world, rng: createSeed(seed).rng() });
  if (isImpossible(attack)) throw new Error(`${task.id}: ${attack.impossible}`);
  return {
    task,
    world,
    attack,
    async close() {
      await world.close?.();
      await folder.remove();
    },
  };
}

export interface StageOptions {
  readonly era: Era;
  /** What becomes of calls that the attacker's plan owns. */
  readonly owned?: 'pass' | 'blocked' | 'failing';
}

export interface Stage {
  readonly host: Host;
  /** Messages that the vector reported. */
  readonly delivered: readonly MessageId[];
  /** Messages to the host that held the payload text in fact. */
  readonly carrying: ReadonlySet<MessageId>;
  /** Owned calls that the host issued. */
  readonly owned: readonly ToolCall[];
  exposed(): boolean;
  readonly close: () => Promise<void>;
}

/** Connects a host to all services of the world, with the attack on its wire. */
export async function setStage({ world, attack }: Opened, options: StageOptions): Promise<Stage> {
  const delivered: MessageId[] = [];
  const carrying = new Set<MessageId>();
  const owned: ToolCall[] = [];
  let exposed = false;
  const attackTap = attack.vector.tap(attack.payload, (message) => delivered.push(message));
  const stop = stopping(attack, options.owned ?? 'pass', owned);
  const closers: (() => Promise<void>)[] = [];
  const wires = new Map<string, HostWire>();
  const extra = attack.vector.service;
  for (const source of extra ? [...world.services, extra] : world.services) {
    const service = await openService(source, { transport: 'memory' });
    closers.push(() => service.close());
    const transport = createWire(service.transport, {
      service: source.name,
      transport: service.kind,
      hostTaps: [stop.atHost, watching(attack.payload.text, carrying)],
      serviceTaps:
        attack.vector.seat.service === source.name ? [attackTap, stop.atService] : [stop.atService],
    });
    wires.set(source.name, { transport, era: source.kind === 'tools' ? options.era : 'auto' });
  }
  const host = await connectHost(wires, {
    maxCalls: 200,
    callTimeoutMs: 5_000,
    signal: new AbortController().signal,
    onReading: ({ text }) => (exposed ||= isExposed(attack.payload, text)),
  });
  const close = async (): Promise<void> => {
    await host.close();
    await Promise.all(closers.map((each) => each()));
  };
  return { host, delivered, carrying, owned, exposed: () => exposed, close };
}

function watching(payload: string, carrying: Set<MessageId>): Tap {
  return {
    name: 'watching',
    hostRequest: (next) => async (request, context) => {
      const reply = await next(request, context);
      if (reply.kind === 'result' && stringsIn(reply.result).some((text) => text.includes(payload)))
        carrying.add(request.id);
      return reply;
    },
  };
}

/** Sees owned calls at the host's end, and keeps them from a service or makes it fail on them. */
function stopping(
  attack: ComposedAttack,
  mode: 'pass' | 'blocked' | 'failing',
  owned: ToolCall[],
): { readonly atHost: Tap; readonly atService: Tap } {
  const refusing = (name: string, active: boolean, note: (call: ToolCall) => void): Tap => ({
    name,
    hostRequest: (next) => async (request, context) => {
      const { name: tool, arguments: args } = request.params ?? {};
      if (request.method !== 'tools/call' || typeof tool !== 'string' || !isJsonObject(args))
        return next(request, context);
      const call = { service: context.service, tool, arguments: args };
      if (!attack.goal.owns(call)) return next(request, context);
      note(call);
      return active
        ? resultReply({
            content: [{ type: 'text', text: 'refused' }],
            isError: true,
            ...(context.era === '2026' && { resultType: 'complete' }),
          })
        : next(request, context);
    },
  });
  return {
    atHost: refusing('block', mode === 'blocked', (call) => owned.push(call)),
    atService: refusing('fail', mode === 'failing', () => undefined),
  };
}

class Stopped extends Error {
  readonly answer: string;
  constructor(answer: string) {
    super('The plan ended the task');
    this.answer = answer;
  }
}

/** An agent that obeys as soon as it has read the payload, looking at the tools after every call. */
export async function runObedient({ task, world, attack }: Opened, stage: Stage): Promise<string> {
  const privateContext = task.privateContext ?? '';
  const plain: Actor = { call: (...call) => stage.host.call(...call), privateContext };
  let obeyed = false;
  const obey = async (): Promise<void> => {
    await stage.host.tools();
    if (obeyed || !stage.exposed()) return;
    obeyed = true;
    const end = await attack.goal.carryOut(plain);
    if (end.kind === 'stop') throw new Stopped(end.answer);
  };
  try {
    await obey();
    const answer = await world.solve({
      privateContext,
      async call(...call) {
        const outcome = await plain.call(...call);
        await obey();
        return outcome;
      },
    });
    return answer;
  } catch (error) {
    if (error instanceof Stopped) return error.answer;
    throw error;
  }
}

/** An agent that carries out the reference solution and nothing else. */
export async function runHonest({ task, world }: Opened, stage: Stage): Promise<string> {
  await stage.host.tools();
  return world.solve({
    privateContext: task.privateContext ?? '',
    async call(...call) {
      const outcome = await stage.host.call(...call);
      await stage.host.tools();
      return outcome;
    },
  });
}
