import {
  type Agent,
  type AgentSession,
  type AttackerScript,
  type PlanEnd,
  SolutionStuck,
  type ToolOutcome,
} from '../contracts/agent.ts';
import type { Actor } from '../contracts/environment.ts';
import { mapStrings } from '../contracts/json.ts';
import type { Rng } from '../contracts/seed.ts';
import { createReader } from './reader.ts';

/** Whether an agent gives in to one exposure to the payload. */
type Gullibility = (rng: Rng) => boolean;

/** What tells one scripted agent from another. */
export interface ScriptedPolicy extends Pick<Agent, 'id' | 'title' | 'description'> {
  readonly obeys: Gullibility;
}

/**
 * An agent without a model. It reads everything that services offer, as an agent with a model would, and carries out
 * the reference solution. After everything it has read it counts its exposures to each attack's payload, and the first
 * time it gives in to one it carries out that attacker's plan, once.
 */
export function createScriptedAgent({ obeys, ...facts }: ScriptedPolicy): Agent {
  return { ...facts, kind: 'scripted', run: (session) => runScript(session, obeys) };
}

/** The plan said to drop the user's task. */
class TaskDropped extends Error {
  readonly answer: string;
  constructor(answer: string) {
    super("The attacker's plan ended the work on the task");
    this.answer = answer;
  }
}

async function runScript(session: AgentSession, obeys: Gullibility): Promise<string> {
  const { script, host } = session;
  const victims = script.attackers.map((attacker) => createVictim(attacker, () => obeys(session.rng)));
  const reader = createReader(host);
  const actor = createActor(session);
  const said: string[] = [];
  const end: { dropped?: TaskDropped } = {};
  host.answerWith((question) => {
    for (const victim of victims) {
      const reply = victim.givesIn() ? victim.attacker.reply?.(question) : undefined;
      if (reply) return reply;
    }
    return { kind: 'decline' };
  });
  const react = async (): Promise<void> => {
    if (end.dropped) throw end.dropped;
    for (const victim of victims) {
      if (!victim.takesOrders()) continue;
      const planned = await carryOut(victim.attacker, actor);
      if (planned.kind === 'go-on') {
        if (planned.say !== undefined) said.push(planned.say);
        continue;
      }
      end.dropped = new TaskDropped(planned.answer);
      throw end.dropped;
    }
  };
  const look = async (): Promise<void> => {
    await reader.look();
    await react();
  };
  try {
    await look();
    const answer = await script.solve({
      ...actor,
      async call(service, tool, args) {
        await look();
        const first = await actor.call(service, tool, args);
        await reader.follow(service, first);
        await react();
        // Whoever is told of an error tries once more before giving up.
        if (first.kind === 'result') return first;
        const second = await actor.call(service, tool, args);
        await react();
        return second;
      },
    });
    // The last look, before the answer; and a solution that keeps errors to itself does not undo the drop.
    if (!end.dropped) await look();
    return end.dropped?.answer ?? [answer, ...said].join('\n\n');
  } catch (error) {
    if (error instanceof TaskDropped) return error.answer;
    if (error instanceof SolutionStuck)
      // Not what the service said about it: quoting that would say the attacker's words to the user.
      return ['I could not finish the task.', ...said].join('\n\n');
    throw error;
  }
}

/** An agent's stand towards one attacker. */
interface Victim {
  readonly attacker: AttackerScript;
  /** Whether the agent has given in by now. */
  givesIn(): boolean;
  /** Whether the plan is to be carried out now; true once. */
  takesOrders(): boolean;
}

function createVictim(attacker: AttackerScript, obeys: () => boolean): Victim {
  let decided = 0;
  let gaveIn = false;
  let served = false;
  const givesIn = (): boolean => {
    const exposures = attacker.exposures();
    for (; decided < exposures && !gaveIn; decided++) gaveIn = obeys();
    return gaveIn;
  };
  return {
    attacker,
    givesIn,
    takesOrders() {
      if (served || !givesIn()) return false;
      served = true;
      return true;
    },
  };
}

/** The attacker's plan; one that cannot go on leaves the agent to its task. */
async function carryOut(attacker: AttackerScript, actor: Actor): Promise<PlanEnd> {
  try {
    return await attacker.carryOut(actor);
  } catch (error) {
    if (error instanceof SolutionStuck) return { kind: 'go-on' };
    throw error;
  }
}

/** Calls tools and reads results, through the marking of defenses, without a look at what they say. */
function createActor({ host, script, privateContext, signal }: AgentSession): Actor {
  const reveal = script.reveal;
  return {
    privateContext,
    async call(service, tool, args): Promise<ToolOutcome> {
      signal.throwIfAborted();
      const outcome = await host.call(service, tool, args);
      return reveal ? mapStrings(outcome, reveal) : outcome;
    },
  };
}
