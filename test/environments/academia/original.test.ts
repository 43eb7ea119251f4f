import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { academia } from '../../../src/environments/academia/index.ts';
import { openStage } from '../../support/actor.ts';
import { haveRecordings, recordings, verified, type Written, withQuestions } from '../kit/queries/support.ts';

const raw = {
  tool_set_message: [
    {
      name: 'authorNodeCheck',
      returns: { type: 'object', properties: { name: {}, org: {}, shoe_size: {} } },
    },
    { name: 'neighbourCheck', returns: { type: 'object', properties: { neighbors: { type: 'array' } } } },
    { name: 'finish' },
  ],
};

const questions: readonly Written[] = [
  {
    id: 0,
    goal: 'How many mutual collaborators do Ann Bee and Cid Dow share? Please give me a number.',
    answer: 4,
  },
  {
    id: 1,
    goal: "Who wrote the paper titled 'Bees' Knees'? Please answer with a list.",
    answer: ['Ann Bee', 'Cid Dow_2'],
  },
  {
    id: 2,
    goal: 'Is Ann Bee affiliated with the same organization as Cid Dow? Please answer with Yes or No.',
    answer: 'No',
  },
  { id: 3, goal: "Which paper was published first: 'A b' or 'C d'?", answer: 'C d' },
  {
    id: 4,
    goal: "How many papers within the DBLP citation network reference the work titled 'A b'?",
    answer: 31,
  },
  {
    id: 5,
    goal: 'Which keyword does Ann Bee emphasize most frequently in the DBLP citation network?',
    answer: 'bees',
  },
  { id: 6, goal: 'Which organizations is Ann Bee affiliated with?', answer: 'Hive' },
  {
    id: 7,
    goal: "Of Ann Bee's collaborators, who are from different organizations than Ann Bee?",
    answer: ['Cid Dow'],
  },
  { id: 8, goal: 'How far is it to the moon?', answer: 384 },
  { id: 9, goal: "Which paper was published first: 'A b' or 'C d'?", answer: 'E f' },
];

describe('questions of the original', () => {
  test('are answered in worlds made for them; without a list of ids all count', async () => {
    const result = await withQuestions('academia', { questions, raw }, (folder) =>
      verified(academia, folder),
    );
    expect(result).toEqual({
      rewarded: 8,
      episodes: 10,
      reasons: {
        tool_academia_8: 'No known form of question',
        tool_academia_9: 'The recorded answer is none of those the question offers',
      },
    });
  });

  test('that are no evaluation questions are tried and told apart', async () => {
    const ids = ['tool_academia_3', 'tool_academia_77'];
    const some = questions.filter(({ id }) => id === 3 || id > 6);
    const result = await withQuestions('academia', { questions: some, ids, raw }, (folder) =>
      verified(academia, path.join(folder, 'tool')),
    );
    expect(result).toEqual({
      rewarded: 1,
      episodes: 1,
      reasons: {
        tool_academia_77: 'The recordings hold no question with this number',
        tool_academia_7: 'No evaluation question; the program finds the recorded answer',
        tool_academia_8: 'No evaluation question. No known form of question',
        tool_academia_9: 'No evaluation question. The recorded answer is none of those the question offers',
      },
    });
  });

  test('count steps whose results have the recorded shape', async () => {
    const one = questions.filter(({ id }) => id === 7);
    const result = await withQuestions('academia', { questions: one, raw }, async (folder) =>
      academia.verify?.(folder),
    );
    // Loading, the neighbors, and authors without the made-up member of the recorded shape.
    expect(result).toMatchObject({ steps: 5, equalSteps: 2, equalEpisodes: 0, rewardEpisodes: 1 });
  });

  test('can be run as tasks', async () => {
    const tasks = await withQuestions('academia', { questions, raw }, async (folder) =>
      academia.importTasks?.(folder),
    );
    expect(tasks?.map(({ id }) => id)).toEqual([0, 1, 2, 3, 4, 5, 6, 7].map((id) => `tool_academia_${id}`));
    for (const task of tasks ?? []) {
      const { world, actor } = await openStage(task);
      expect((await world.score('')).utility).toBe(0);
      expect(await world.score(await world.solve(actor)), task.instruction).toEqual({
        utility: 1,
        original: 1,
      });
      expect(world.targets.derail).toBeDefined();
    }
  });

  test('in files that cannot be read say where', async () => {
    await expect(academia.verify?.('/nowhere/at/all')).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
    const broken = [{ id: 0, goal: 'x', answer: 1, subgoals: [] }];
    await withQuestions('academia', { questions: broken, raw }, async (folder) => {
      await expect(academia.importTasks?.(folder)).rejects.toMatchObject({
        code: 'FILE_UNREADABLE',
        where: path.join(folder, 'tool', 'academia.jsonl:1'),
      });
    });
    await withQuestions('academia', { questions, ids: ['without-number'], raw }, async (folder) => {
      await expect(academia.verify?.(folder)).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
    });
  });
});

describe.skipIf(!haveRecordings)('the recordings', () => {
  test('all twenty evaluation questions end with the recorded answer', async () => {
    expect(await academia.verify?.(recordings)).toEqual({
      environment: 'academia',
      episodes: 20,
      steps: 94,
      equalSteps: 94,
      equalEpisodes: 20,
      rewardEpisodes: 20,
      skipped: [],
    });
  });
});
