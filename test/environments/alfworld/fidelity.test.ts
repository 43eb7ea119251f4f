import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { importGames } from '../../../src/environments/alfworld/original/tasks.ts';
import { verifyAlfworld } from '../../../src/environments/alfworld/original/verify.ts';
import { openStage } from '../../support/actor.ts';

/** Recordings of the original, where this machine has them. */
const folder = path.resolve('..', 'shared', 'data', 'fidelity', 'alfworld');

describe.skipIf(!existsSync(folder))('recordings of the original ALFWorld', () => {
  test('every step of every episode is the same, and every solution reaches its goal', async () => {
    const { episodes, steps, equalSteps, equalEpisodes, rewardEpisodes, skipped } =
      await verifyAlfworld(folder);
    expect(episodes).toBeGreaterThan(100);
    expect(steps).toBeGreaterThan(500);
    expect({ equalSteps, equalEpisodes, rewardEpisodes, skipped }).toEqual({
      equalSteps: steps,
      equalEpisodes: episodes,
      rewardEpisodes: episodes,
      skipped: [],
    });
  });

  test('imported games can be solved by someone who is new in the room', async () => {
    const tasks = await importGames(folder);
    expect(tasks.length).toBeGreaterThan(100);
    const failed: string[] = [];
    for (const task of tasks.filter((_, index) => index % 3 === 0)) {
      const { world, actor } = await openStage(task);
      await world.solve(actor);
      const [score, audit] = [await world.score(''), await world.audit()];
      if (score.utility < 1 || audit.damage.length > 0) failed.push(task.id);
    }
    expect(failed).toEqual([]);
  });
});
