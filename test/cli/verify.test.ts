import { expect, test } from 'vitest';
import { writeTodoRecordings } from '../support/todoRecordings.ts';
import { safemcp, testFolder } from './command.ts';

const figures = {
  environment: 'todo',
  episodes: 3,
  steps: 3,
  equalSteps: 3,
  equalEpisodes: 3,
  rewardEpisodes: 3,
  skipped: [],
};

test('verify prints how much of the recordings is the same', async () => {
  const folder = await testFolder();
  await writeTodoRecordings(folder, 3);
  const forPeople = await safemcp(folder, 'verify', 'todo', '--recordings', '.');
  expect(forPeople).toMatchObject({ code: 0, stderr: '' });
  for (const line of ['episodes', 'steps', 'equal steps', 'equal episodes', 'reward episodes', 'skipped'])
    expect(forPeople.stdout).toMatch(new RegExp(`^  ${line}\\s+\\d`, 'm'));
  const forMachines = await safemcp(folder, 'verify', 'todo', '--recordings', '.', '--json');
  expect(forMachines).toMatchObject({ code: 0, stderr: '' });
  expect(JSON.parse(forMachines.stdout)).toEqual(figures);
});

test.each([
  ['an unknown environment', ['tod', '--recordings', '.'], 'error UNKNOWN_ID: There is no environment "tod"'],
  [
    'an environment of our own',
    ['office', '--recordings', '.'],
    'error INVALID_ARGUMENT: office follows no original',
  ],
  ['a folder without recordings', ['todo', '--recordings', '.'], 'error FILE_UNREADABLE: '],
  ['a missing folder', ['textcraft', '--recordings', 'none'], 'error FILE_UNREADABLE: '],
  ['no folder', ['todo'], "error INVALID_ARGUMENT: required option '--recordings <dir>' not specified"],
])('%s is wrong use', async (_, args, message) => {
  const { code, stdout, stderr } = await safemcp(await testFolder(), 'verify', ...args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(message);
});
