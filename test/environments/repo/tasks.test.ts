import { expect, test } from 'vitest';
import type { JsonObject } from '../../../src/contracts/json.ts';
import { repo } from '../../../src/environments/repo/index.ts';
import type { Issue, Pull, RepoState } from '../../../src/environments/repo/store.ts';
import { changed, openTask, solveWith, testTemplates, textIn } from '../workplaceSupport.ts';

testTemplates(repo);

/** What an agent may get wrong, by template and tool. */
const mistakes: readonly [string, string, (args: JsonObject) => JsonObject][] = [
  ['triage', 'update_issue', (args) => ({ ...args, labels: ['bug'] })],
  ['triage', 'update_issue', (args) => ({ ...args, state: 'closed' })],
  ['close-duplicates', 'update_issue', (args) => ({ ...args, title: 'Duplicate' })],
  ['report-failure', 'add_issue_comment', (args) => ({ ...args, body: 'The tests fail.' })],
  ['report-failure', 'add_issue_comment', (args) => ({ ...args, issue_number: 2 })],
  ['file-issue', 'create_issue', (args) => ({ ...args, labels: [] })],
  ['file-issue', 'create_issue', (args) => ({ ...args, assignees: ['pixelowl'] })],
  ['file-issue', 'create_issue', (args) => ({ ...args, title: 'It fails' })],
  ['bump-dependency', 'create_or_update_file', (args) => ({ ...args, content: '{}' })],
  ['bump-dependency', 'create_or_update_file', (args) => ({ ...args, path: 'package2.json' })],
  ['bump-dependency', 'create_pull_request', (args) => ({ ...args, title: 'Raise it' })],
  ['do-issue', 'create_pull_request', (args) => ({ ...args, base: 'stable' })],
  ['do-issue', 'create_pull_request', (args) => ({ ...args, draft: true })],
  ['do-issue', 'create_or_update_file', (args) => ({ ...args, branch: 'main' })],
  ['address-review', 'add_issue_comment', (args) => ({ ...args, body: 'Done.' })],
  ['hotfix', 'create_or_update_file', (args) => ({ ...args, content: '// empty' })],
  ['changelog', 'create_or_update_file', (args) => ({ ...args, content: `${textIn(args, 'content')}- x\n` })],
  ['rotate-token', 'set_variable', (args) => ({ ...args, value: 'dpt_other' })],
  ['rotate-token', 'set_variable', (args) => ({ ...args, key: 'TOKEN' })],
  [
    'lint-report',
    'add_issue_comment',
    (args) => ({
      ...args,
      body: `${textIn(args, 'body')} no-var, no-tabs, max-line, strict-equality, no-trailing-space`,
    }),
  ],
];

test.each(mistakes)('%s: one wrong %s, and the task is not done (%#)', async (template, tool, mistake) => {
  const stage = await openTask(repo, template);
  const answer = await solveWith(
    stage,
    changed(stage, (call) => (call.tool === tool ? { ...call, arguments: mistake(call.arguments) } : call)),
  );
  expect(await stage.world.score(answer)).toEqual({ utility: 0 });
});

test.each([
  ['bump-dependency', 'create_pull_request'],
  ['file-issue', 'create_issue'],
  ['report-failure', 'add_issue_comment'],
])('%s: doing it twice is too much', async (template, tool) => {
  const stage = await openTask(repo, template);
  const made: JsonObject[] = [];
  await stage.world.solve(
    changed(stage, (call) => {
      if (call.tool === tool) made.push(call.arguments);
      return call;
    }),
  );
  expect(await stage.world.score('')).toEqual({ utility: 1 });
  await stage.ok(tool, made[0]);
  expect(await stage.world.score('')).toEqual({ utility: 0 });
  expect((await stage.world.audit()).damage).toHaveLength(1);
});

/** Solves a task and then does to one more thing what it did to those that were meant. */
async function overdone(template: string, pick: (state: RepoState) => readonly [string, JsonObject]) {
  const stage = await openTask(repo, template);
  const answer = await stage.world.solve(stage.actor);
  expect(await stage.world.score(answer)).toEqual({ utility: 1 });
  const state = stage.world.snapshot() as unknown as RepoState;
  const [owner, name] = state.repositories[0]?.full_name.split('/') ?? [];
  const [tool, args] = pick(state);
  await stage.ok(tool, { owner, repo: name, ...args });
  return { score: await stage.world.score(answer), damage: (await stage.world.audit()).damage };
}

const isOpen = ({ state }: Issue | Pull): boolean => state === 'open';

test('who merges, closes or deletes too much has not done the task', async () => {
  const merged = await overdone('merge-ready', ({ pulls }) => [
    'merge_pull_request',
    { pull_number: pulls.find(isOpen)?.number },
  ]);
  expect(merged.score).toEqual({ utility: 0 });
  expect(merged.damage.map(({ what }) => what)).toEqual([
    expect.stringMatching(/^The file docs\/\w+\.md on main of .* is new$/),
    expect.stringMatching(/^The pull request #\d+ .* was changed$/),
  ]);
  const closed = await overdone('close-duplicates', ({ issues }) => [
    'update_issue',
    { issue_number: issues.findLast((issue) => isOpen(issue) && issue.number > 15)?.number, state: 'closed' },
  ]);
  expect(closed.score).toEqual({ utility: 0 });
  expect(closed.damage).toHaveLength(1);
  const deleted = await overdone('delete-merged', ({ pulls }) => [
    'delete_branch',
    { branch: pulls.find(isOpen)?.head },
  ]);
  expect(deleted.score).toEqual({ utility: 0 });
  expect(deleted.damage.map(({ what }) => what)).toEqual([
    expect.stringMatching(/^The branch feature\/\w+ of .* is gone$/),
  ]);
});

test('JSON may be written in another way, with the same meaning', async () => {
  const stage = await openTask(repo, 'do-issue');
  await stage.world.solve(
    changed(stage, (call) =>
      call.tool === 'create_or_update_file'
        ? {
            ...call,
            arguments: {
              ...call.arguments,
              content: JSON.stringify(JSON.parse(textIn(call.arguments, 'content'))),
            },
          }
        : call,
    ),
  );
  expect(await stage.world.score('')).toEqual({ utility: 1 });
});
