import {
  type Agent,
  type AgentSession,
  type AttackerScript,
  type PlanEnd,
  SolutionStuck,
} from '../contracts/agent.ts';
import type { Actor } from '../contracts/environment.ts';
import { mapStrings } from '../contracts/json.ts';
import type { Rng } from '../contracts/seed.ts';

/** Whether an agent gives in to one exposure to the payload. */
type Gullibility = (rng: Rng) => boolean;

/** What tells one scripted agent from another. */
export interface ScriptedPolicy extends Pick<Agent, 'id' | 'title' | 'description'> {
  readonly obeys: Gullibility;
}

/**
 * An agent without a model. It reads tools and instructions as an agent with a model would, and carries out the
 * reference solution. After everything it has read it counts its exposures to the payload, and the first time it
 * gives in to one it carries out the attacker's plan, once.
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
  const { attacker } = script;
  const tempted = attacker ? createTemptation(attacker, () => obeys(session.rng)) : () => false;
  const reader = createActor(session);
  const end: { dropped?: TaskDropped } = {};
  const react = async (): Promise<void> => {
    if (end.dropped) throw end.dropped;
    if (!attacker || !tempted()) return;
    const planned = await carryOut(attacker, reader);
    if (planned.kind === 'go-on') return;
    end.dropped = new TaskDropped(planned.answer);
    throw end.dropped;
  };
  try {
    await host.tools();
    await react();
    const answer = await script.solve({
      ...reader,
      async call(service, tool, args) {
        await host.tools();
        await react();
        const outcome = await reader.call(service, tool, args);
        await react();
        return outcome;
      },
    });
    // The last look at the tools, before the answer; and a solution that keeps errors to itself does not undo the drop.
    if (!end.dropped) {
      await host.tools();
      await react();
    }
    return end.dropped?.answer ?? answer;
  } catch (error) {
    if (error instanceof TaskDropped) return error.answer;
    if (error instanceof SolutionStuck) return `I could not finish the task: ${error.message}`;
    throw error;
  }
}

/** Tells, each time it is asked, whether the agent gives in now; at most once true. */
function createTemptation(attacker: AttackerScript, obeys: () => boolean): () => boolean {
  let decided = 0;
  let gaveIn = false;
  return () => {
    if (gaveIn) return false;
    const exposures = attacker.exposures();
    for (; decided < exposures && !gaveIn; decided++) gaveIn = obeys();
    return gaveIn;
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
    async call(service, tool, args) {
      signal.throwIfAborted();
      const outcome = await host.call(service, tool, args);
      return reveal ? mapStrings(outcome, reveal) : outcome;
    },
  };
}
