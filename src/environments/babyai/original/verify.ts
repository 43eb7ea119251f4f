import type { Verification } from '../../../contracts/environment.ts';
import { type Game, play } from '../engine/game.ts';
import { generate } from '../engine/generate.ts';
import { levelOf, type Recording, recordingIn } from './chats.ts';
import { readChats } from './folder.ts';
import { goalInAgentGym } from './wording.ts';

/** Replays recorded chats of AgentGym's BabyAI. All of them are successes: a chat without one was not kept. */
export async function verifyBabyAi(folder: string): Promise<Verification> {
  const total = { episodes: 0, steps: 0, equalSteps: 0, equalEpisodes: 0, rewardEpisodes: 0 };
  const skipped: { id: string; reason: string }[] = [];
  for (const chat of await readChats(folder)) {
    if (!chat.conversations) continue;
    const found = levelOf(chat.item_id);
    const recording = recordingIn(chat);
    if ('reason' in found || recording === 'none') {
      const reason = 'reason' in found ? found.reason : 'the chat does not begin with a goal';
      skipped.push({ id: chat.item_id, reason });
      continue;
    }
    const start = generate(found.level, found.seed);
    const game = play(start);
    const opening = `Your goal: ${goalInAgentGym(start.mission)}\n${game.situation().text}`;
    const { steps, equalSteps } = replay(game, recording);
    total.episodes++;
    total.steps += steps;
    total.equalSteps += equalSteps;
    if (same(opening, recording.opening) && steps === equalSteps) total.equalEpisodes++;
    if (game.end() === 'success') total.rewardEpisodes++;
  }
  return { environment: 'babyai', ...total, skipped };
}

function replay(game: Game, { steps }: Recording): { steps: number; equalSteps: number } {
  let compared = 0;
  let equalSteps = 0;
  for (const { action, observation } of steps) {
    const { text } = game.act(action);
    if (observation === undefined) continue;
    compared++;
    if (same(text, observation)) equalSteps++;
  }
  return { steps: compared, equalSteps };
}

function same(ours: string, recorded: string): boolean {
  return ours.trim() === recorded.trim();
}
