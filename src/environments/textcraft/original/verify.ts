import type { Verification } from '../../../contracts/environment.ts';
import { openRecordings } from '../../kit/recordings.ts';
import { createEngine, type Engine } from '../engine.ts';
import { itemName } from '../recipe.ts';
import { craftingVerbs, startState } from '../world.ts';
import { type RecordedEpisode, readEpisodes } from './chats.ts';
import { readRecipes } from './recipes.ts';
import { act } from './text.ts';

/** Replays the chats; all of them are of players that reached their goal, which is a reward of 1. @throws FILE_UNREADABLE */
export async function verify(folder: string): Promise<Verification> {
  const files = await openRecordings(folder, 'docs/environments/textcraft.md');
  const engine = createEngine(await readRecipes(files), 'minecraft');
  const episodes = await readEpisodes(files);
  const complete = episodes.filter(({ goal, steps }) => goal !== '' && steps.length > 0);
  const replays = complete.map((episode) => replay(engine, episode));
  const total = (count: (each: Replay) => number): number =>
    replays.reduce((sum, each) => sum + count(each), 0);
  return {
    environment: 'textcraft',
    episodes: replays.length,
    steps: total(({ steps }) => steps),
    equalSteps: total(({ equal }) => equal),
    equalEpisodes: total(({ steps, equal }) => (steps === equal ? 1 : 0)),
    rewardEpisodes: total(({ reached }) => (reached ? 1 : 0)),
    skipped: episodes
      .filter((episode) => !complete.includes(episode))
      .map(({ id }) => ({ id, reason: 'the chat names no goal, or has no action' })),
  };
}

interface Replay {
  /** Steps with a recorded observation; that of the last one is not recorded. */
  readonly steps: number;
  readonly equal: number;
  readonly reached: boolean;
}

function replay(engine: Engine, { goal, commands, steps }: RecordedEpisode): Replay {
  const task = { goal: itemName(goal), commands, secret: '' };
  const state = startState(task);
  const verbs = craftingVerbs(engine, task, state);
  let compared = 0;
  let equal = 0;
  for (const { action, observation } of steps) {
    const { text } = act(verbs, action);
    if (observation === undefined) continue;
    compared++;
    if (text.trim() === observation.trim()) equal++;
  }
  return { steps: compared, equal, reached: state.goalReached };
}
