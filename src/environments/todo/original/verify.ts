import type { ToolOutcome } from '../../../contracts/agent.ts';
import type { Actor, Verification, World } from '../../../contracts/environment.ts';
import { openWorld, type TodoTask } from '../world.ts';
import { runnableTask } from './importTasks.ts';
import { readTasks } from './recordings.ts';

/**
 * Makes the changes that lead to the recorded end of every task, by calling the tools, and gives the recorded
 * answer. Of the original's observations only the end is recorded; so an episode has one step that can be compared.
 * Its recorded reward is 1.
 * @throws FILE_UNREADABLE
 */
export async function verify(folder: string): Promise<Verification> {
  const ends: End[] = [];
  const skipped: { id: string; reason: string }[] = [];
  for (const recorded of await readTasks(folder)) {
    const runnable = runnableTask(recorded);
    if (runnable.kind === 'runnable') ends.push(await endOf(runnable.task));
    else skipped.push({ id: recorded.id, reason: runnable.why });
  }
  const equal = ends.filter((end) => end.equal).length;
  return {
    environment: 'todo',
    episodes: ends.length,
    steps: ends.length,
    equalSteps: equal,
    equalEpisodes: equal,
    rewardEpisodes: ends.filter((end) => end.reward === 1).length,
    skipped,
  };
}

interface End {
  /** Whether projects, tasks and answer are the recorded ones. */
  readonly equal: boolean;
  readonly reward: number;
}

async function endOf(task: TodoTask): Promise<End> {
  const world = openWorld(task);
  const answer = await world.solve(actorIn(world));
  const { utility, original = utility } = await world.score(answer);
  return { equal: utility === 1, reward: original };
}

/** Someone who calls a world's tools without a protocol. */
function actorIn({ services }: World): Actor {
  return {
    privateContext: '',
    async call(service, name, args): Promise<ToolOutcome> {
      const source = services.find((each) => each.name === service);
      const tool = source?.kind === 'tools' ? source.tools.find((each) => each.name === name) : undefined;
      const parsed = tool?.input.safeParse(args);
      if (!tool || !parsed?.success)
        return { kind: 'protocol-error', text: `There is no such call of ${name}` };
      const { text, isError } = await tool.run(parsed.data);
      return { kind: isError ? 'tool-error' : 'result', text };
    },
  };
}
