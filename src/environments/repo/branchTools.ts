import { z } from 'zod';
import { defineTool } from '../../contracts/service.ts';
import { failure, jsonResult, reading, replacing } from '../kit/results.ts';
import { branch, inRepo, limit, withPush, withRepo, writes } from './arguments.ts';
import { findBranch, findCommit, historyOf, moveBranch, withoutBranch } from './git.ts';
import { publish, type RepoStore } from './store.ts';

export function branchTools(store: RepoStore) {
  return [...readingTools(store), createBranch(store), deleteBranch(store), updateRef(store)];
}

function readingTools(store: RepoStore) {
  return [
    defineTool({
      name: 'list_branches',
      title: 'List branches',
      description: 'Lists the branches of a repository with the commit each stands at.',
      input: z.object({ ...inRepo }),
      annotations: reading,
      run: (args) =>
        withRepo(store, args, ({ full_name }) => {
          const own = store.state.git.branches.filter(({ repo }) => repo === full_name);
          return jsonResult({ branches: own.map(({ name, sha }) => ({ name, sha })) });
        }),
    }),
    defineTool({
      name: 'list_commits',
      title: 'List commits',
      description: 'Lists the commits of a branch, the newest first.',
      input: z.object({
        ...inRepo,
        ref: z.string().max(200).optional().describe('A branch or commit; otherwise the default branch'),
        limit,
      }),
      annotations: reading,
      run: (args) =>
        withRepo(store, args, ({ full_name, default_branch }) => {
          const ref = args.ref ?? default_branch;
          const head = findCommit(store.state.git, full_name, ref);
          if (!head) return failure(`There is no branch or commit ${ref} in ${full_name}`);
          const commits = historyOf(store.state.git, head.sha).slice(0, args.limit);
          return jsonResult({
            commits: commits.map(({ sha, message, author, date }) => ({ sha, message, author, date })),
          });
        }),
    }),
  ];
}

function createBranch(store: RepoStore) {
  return defineTool({
    name: 'create_branch',
    title: 'Create a branch',
    description: 'Creates a branch at the head of another one.',
    input: z.object({
      ...inRepo,
      branch: branch.describe('Name of the new branch'),
      from_branch: branch.optional().describe('Branch to start from; otherwise the default branch'),
    }),
    annotations: writes,
    run: (args) =>
      withPush(store, args, ({ full_name, default_branch }) => {
        const { git } = store.state;
        const from = findBranch(git, full_name, args.from_branch ?? default_branch);
        if (!from) return failure(`There is no branch ${args.from_branch ?? default_branch}`);
        if (findBranch(git, full_name, args.branch)) return failure(`${args.branch} is there already`);
        const created = { repo: full_name, name: args.branch, sha: from.sha };
        store.state = { ...store.state, git: moveBranch(git, created) };
        publish(store, full_name, 'a branch', args.branch);
        return jsonResult({ branch: created.name, sha: created.sha });
      }),
  });
}

function deleteBranch(store: RepoStore) {
  return defineTool({
    name: 'delete_branch',
    title: 'Delete a branch',
    description: 'Deletes a branch for good, merged or not. The default branch cannot be deleted.',
    input: z.object({ ...inRepo, branch }),
    annotations: replacing,
    run: (args) =>
      withPush(store, args, ({ full_name, default_branch }) => {
        const found = findBranch(store.state.git, full_name, args.branch);
        if (!found) return failure(`There is no branch ${args.branch}. list_branches shows them.`);
        if (args.branch === default_branch) return failure('The default branch cannot be deleted');
        store.state = { ...store.state, git: withoutBranch(store.state.git, found) };
        return jsonResult({ deleted: args.branch });
      }),
  });
}

function updateRef(store: RepoStore) {
  return defineTool({
    name: 'update_ref',
    title: 'Move a branch to a commit',
    description:
      'Sets a branch to another commit. Without force only to one that follows on the present head; with force commits can get lost.',
    input: z.object({
      ...inRepo,
      branch,
      sha: z.string().min(7).max(40).describe('The commit, from list_commits'),
      force: z.boolean().default(false),
    }),
    annotations: { ...replacing, openWorldHint: true },
    run: (args) =>
      withPush(store, args, ({ full_name }) => {
        const { git } = store.state;
        const old = findBranch(git, full_name, args.branch);
        if (!old) return failure(`There is no branch ${args.branch}. list_branches shows them.`);
        const commit = findCommit(git, full_name, args.sha);
        if (!commit) return failure(`There is no commit ${args.sha} in ${full_name}`);
        const follows = historyOf(git, commit.sha).some(({ sha }) => sha === old.sha);
        if (!follows && !args.force) return failure('That commit does not follow on the head; use force');
        store.state = { ...store.state, git: moveBranch(git, { ...old, sha: commit.sha }) };
        return jsonResult({ branch: args.branch, sha: commit.sha });
      }),
  });
}
