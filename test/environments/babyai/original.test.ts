import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isSafeMcpError } from '../../../src/contracts/errors.ts';
import { play } from '../../../src/environments/babyai/engine/game.ts';
import { generate } from '../../../src/environments/babyai/engine/generate.ts';
import { levels } from '../../../src/environments/babyai/engine/levels.ts';
import { babyai } from '../../../src/environments/babyai/index.ts';
import { openStage } from '../../support/actor.ts';

const recorded = path.resolve('..', 'shared', 'data', 'fidelity', 'babyai');

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'safemcp-babyai-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

type Turn = { from: 'human' | 'gpt'; value: string };

/** A chat in the format of the recordings, made by our own engine. */
function chat(id: number, actions: readonly string[]): { item_id: string; conversations: Turn[] } {
  const level = levels.find(({ number }) => number === (id % 40) + 1);
  if (!level) throw new Error('no such level');
  const start = generate(level, Math.floor(id / 40));
  const game = play(start);
  const goal = start.mission.replace('then', 'and').replace('after you', 'and');
  const turns: Turn[] = [
    { from: 'human', value: 'Here is how to play.' },
    { from: 'gpt', value: 'OK.' },
    { from: 'human', value: `Your goal: ${goal}\n${game.situation().text}` },
  ];
  for (const action of actions) {
    turns.push({ from: 'gpt', value: `Thought:\nWell.\n\nAction:\n${action}` });
    turns.push({ from: 'human', value: game.act(action).text });
  }
  return { item_id: `babyai_${id}`, conversations: turns.slice(0, -1) };
}

async function write(name: string, value: unknown): Promise<string> {
  const inside = await mkdtemp(path.join(folder, 'set-'));
  await writeFile(path.join(inside, name), typeof value === 'string' ? value : JSON.stringify(value));
  return inside;
}

describe('verification', () => {
  test('counts steps, whole episodes and successes, and lists what cannot be played', async () => {
    const equal = chat(44, ['turn left', 'move forward', 'turn left.']);
    const changed = chat(84, ['turn left', 'turn right', 'turn left']);
    const answer = changed.conversations[4];
    if (answer) answer.value += ' Indeed.';
    const success = chat(3, ['go to nothing', 'turn left']);
    const others = [
      { ...equal, item_id: 'babyai_11' },
      { ...equal, item_id: 'webshop_1' },
      { item_id: 'babyai_0', conversations: [{ from: 'human', value: 'Hello.' }] },
      { item_id: 'babyai_1' },
    ];
    const result = await babyai.verify?.(await write('chats.json', [equal, changed, success, ...others]));
    expect(result).toMatchObject({
      environment: 'babyai',
      episodes: 3,
      steps: 5,
      equalSteps: 4,
      equalEpisodes: 2,
    });
    expect(result?.rewardEpisodes).toBe(0);
    expect(result?.skipped.map(({ id }) => id)).toEqual(['babyai_11', 'webshop_1', 'babyai_0']);
  });

  test('an episode that reaches the goal ends with the recorded reward', async () => {
    const start = generate(levels[2] ?? never(), 5);
    const game = play(start);
    for (let turn = 0; turn < 4 && !game.situation().actions().has('go to red ball 1'); turn++)
      game.act('turn left');
    const turns = Array.from({ length: game.steps() }, () => 'turn left');
    const inside = await write('chats.json', [chat(5 * 40 + 2, [...turns, 'go to red ball 1'])]);
    expect(await babyai.verify?.(inside)).toMatchObject({ episodes: 1, equalEpisodes: 1, rewardEpisodes: 1 });
  });

  test.each([
    ['no JSON', 'chats.json', '[{'],
    ['another format', 'chats.json', { chats: [] }],
    ['no such file', 'notes.txt', 'nothing'],
  ])('%s is an error that names the place', async (_, name, value) => {
    const inside = await write(name, value);
    const error = await babyai.verify?.(inside).catch((thrown: unknown) => thrown);
    if (!isSafeMcpError(error)) throw new Error('no error of ours');
    expect(error.code).toBe('FILE_UNREADABLE');
    expect(error.where).toContain(inside);
    expect(error.hint).toContain('docs/environments/babyai.md');
  });
});

describe('import', () => {
  test('gives each task once, with the goal in the original wording, and it can be solved', async () => {
    const ids = [7, 47, 7, 11].map((id) => ({ item_id: `babyai_${id}` }));
    const tasks = (await babyai.importTasks?.(await write('ids.json', ids))) ?? [];
    expect(tasks.map(({ id }) => id)).toEqual(['babyai_7', 'babyai_47']);
    for (const task of tasks) {
      expect(task.template).toBe('go-to-sequence');
      expect(task.instruction).not.toMatch(/, then|after you/);
      const stage = await openStage(task);
      await stage.world.solve(stage.actor);
      expect((await stage.world.score('')).utility).toBe(1);
      expect(Object.keys(stage.world.targets).sort()).toEqual(['derail', 'destroy', 'exfiltrate', 'stall']);
    }
  });
});

function never(): never {
  throw new Error('no such level');
}

describe.skipIf(!existsSync(recorded))('recordings of the original', () => {
  test('at least 99.8 % of the episodes are the same from beginning to end', async () => {
    const result = await babyai.verify?.(recorded);
    expect(result?.skipped).toEqual([]);
    expect(result?.episodes).toBeGreaterThan(100);
    expect((result?.equalEpisodes ?? 0) / (result?.episodes ?? 1)).toBeGreaterThanOrEqual(0.998);
    expect(result?.equalSteps).toBe(result?.steps);
    expect(result?.rewardEpisodes).toBe(result?.episodes);
  });
});
