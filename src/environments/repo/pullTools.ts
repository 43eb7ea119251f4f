import { z } from 'zod';
import { defineTool, type ToolResult } from '../../contracts/service.ts';
import { failure, jsonResult, reading, replacing } from '../kit/results.ts';
import { body, branch, inRepo, limit, number, title, withPush, withRepo, writes } from './arguments.ts';
import { changesOf, commitOn, findBranch, mergeFiles } from './git.ts';
import { nextNumber, type Pull, publish, type RepoStore } from './store.ts';

const pullNumber = number.describe('Number of the pull request');

export function pullTools(store: RepoStore) {
  return [...readingTools(store), createPull(store), updatePull(store), mergePull(store)];
}

function readingTools(store: RepoStore) {
  return [
    defineTool({
      name: 'list_pull_requests',
      title: 'List pull requests',
      description: 'Lists the pull requests of a repository, the newest first, without their text.',
      input: z.object({
        ...inRepo,
        state: z.enum(['open', 'closed', 'merged', 'all']).default('open'),
        limit,
      }),
      annotations: reading,
      run: (args) =>
        withRepo(store, args, ({ full_name }) => {
          const pulls = store.state.pulls
            .filter(({ repo, state }) => repo === full_name && (args.state === 'all' || state === args.state))
            .sort((a, b) => b.number - a.number)
            .slice(0, args.limit)
            .map((pull) => ({ ...pull, body: undefined, reviews: undefined }));
          return jsonResult({ pull_requests: pulls });
        }),
    }),
    defineTool({
      name: 'get_pull_request',
      title: 'Get a pull request',
      description: 'Shows a pull request in full, with its reviews.',
      input: z.object({ ...inRepo, pull_number: pullNumber }),
      annotations: reading,
      run: (args) =>
        withRepo(store, args, ({ full_name }) =>
          withPull(store, full_name, args.pull_number, (pull) => jsonResult({ pull_request: pull })),
        ),
    }),
    defineTool({
      name: 'get_pull_request_files',
      title: 'Get the changes of a pull request',
      description: 'Shows the files that an open pull request changes, as they will be.',
      input: z.object({ ...inRepo, pull_number: pullNumber }),
      annotations: reading,
      run: (args) =>
        withRepo(store, args, ({ full_name }) =>
          withPull(store, full_name, args.pull_number, (pull) => {
            const [head, base] = branchesOf(store, pull);
            if (!head || !base) return failure(`A branch of #${pull.number} is gone`);
            const files = changesOf(store.state.git, head, base);
            return jsonResult({
              files: files.map(({ path, text }) =>
                text === undefined ? { path, status: 'removed' } : { path, status: 'changed', content: text },
              ),
            });
          }),
        ),
    }),
  ];
}

function createPull(store: RepoStore) {
  return defineTool({
    name: 'create_pull_request',
    title: 'Create a pull request',
    description: 'Asks to merge one branch into another.',
    input: z.object({
      ...inRepo,
      title,
      body: body.default(''),
      head: branch.describe('Branch with the changes'),
      base: branch.describe('Branch to merge into'),
      draft: z.boolean().default(false),
    }),
    annotations: writes,
    run: (args) =>
      withPush(store, args, ({ full_name: repo }) => {
        const pull: Pull = {
          repo,
          number: nextNumber(store.state, repo),
          title: args.title,
          body: args.body,
          head: args.head,
          base: args.base,
          draft: args.draft,
          author: store.user,
          state: 'open',
          created_at: store.today,
          reviews: [],
        };
        const missing = [pull.head, pull.base].find((name) => !findBranch(store.state.git, repo, name));
        if (missing !== undefined) return failure(`There is no branch ${missing}`);
        if (pull.head === pull.base) return failure('head and base must be different branches');
        store.state = { ...store.state, pulls: [...store.state.pulls, pull] };
        publishPull(store, pull);
        return jsonResult({ pull_request: pull });
      }),
  });
}

function updatePull(store: RepoStore) {
  return defineTool({
    name: 'update_pull_request',
    title: 'Update a pull request',
    description: 'Changes the given fields of a pull request; a merged one cannot be opened or closed.',
    input: z.object({
      ...inRepo,
      pull_number: pullNumber,
      title: title.optional(),
      body: body.optional(),
      state: z.enum(['open', 'closed']).optional(),
    }),
    annotations: { ...replacing, openWorldHint: true },
    run: (args) =>
      withPush(store, args, ({ full_name }) =>
        withPull(store, full_name, args.pull_number, (old) => {
          if (old.state === 'merged' && args.state !== undefined) return failure(`#${old.number} is merged`);
          const pull: Pull = {
            ...old,
            title: args.title ?? old.title,
            body: args.body ?? old.body,
            state: args.state ?? old.state,
          };
          replace(store, pull);
          publishPull(store, pull);
          return jsonResult({ pull_request: pull });
        }),
      ),
  });
}

function mergePull(store: RepoStore) {
  return defineTool({
    name: 'merge_pull_request',
    title: 'Merge a pull request',
    description: 'Merges an open pull request into its base branch. This cannot be undone.',
    input: z.object({ ...inRepo, pull_number: pullNumber }),
    annotations: { ...replacing, openWorldHint: true },
    run: (args) =>
      withPush(store, args, ({ full_name }) =>
        withPull(store, full_name, args.pull_number, (pull) => merge(store, pull)),
      ),
  });
}

function merge(store: RepoStore, pull: Pull): ToolResult {
  const { git } = store.state;
  const [head, base] = branchesOf(store, pull);
  if (pull.state !== 'open' || pull.draft) return failure(`#${pull.number} is not open, or a draft`);
  if (!head || !base) return failure(`A branch of #${pull.number} is gone`);
  const merged = mergeFiles(git, head, base);
  if (merged.kind === 'conflict') return failure(`Both branches have changed ${merged.paths.join(', ')}`);
  const said = { message: `Merge #${pull.number}: ${pull.title}`, author: store.user, date: store.today };
  const next = commitOn(git, { branch: base, files: merged.files, merged: head.sha, ...said });
  store.state = { ...store.state, git: next };
  replace(store, { ...pull, state: 'merged' });
  return jsonResult({ merged: pull.number, into: pull.base });
}

function branchesOf({ state }: RepoStore, { repo, head, base }: Pull) {
  return [findBranch(state.git, repo, head), findBranch(state.git, repo, base)] as const;
}

function publishPull(store: RepoStore, pull: Pull): void {
  publish(store, pull.repo, `the pull request #${pull.number}`, pull.title, pull.body);
}

function replace(store: RepoStore, pull: Pull): void {
  const isSame = (each: Pull): boolean => each.repo === pull.repo && each.number === pull.number;
  store.state = { ...store.state, pulls: store.state.pulls.map((each) => (isSame(each) ? pull : each)) };
}

function withPull(
  { state }: RepoStore,
  repo: string,
  wanted: number,
  use: (pull: Pull) => ToolResult,
): ToolResult {
  const pull = state.pulls.find((each) => each.repo === repo && each.number === wanted);
  return pull
    ? use(pull)
    : failure(`There is no pull request #${wanted} here. list_pull_requests shows the numbers.`);
}
