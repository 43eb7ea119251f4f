import { z } from 'zod';
import { defineTool, type ToolResult } from '../../contracts/service.ts';
import { failure, jsonResult, reading } from '../kit/results.ts';
import { branch, inRepo, limit, withPush, withRepo, writes } from './arguments.ts';
import { commitOn, contributionAt, type FileTree, filesAt, filesOn, findBranch, findCommit } from './git.ts';
import { publish, type RepoStore, type Repository } from './store.ts';

const path = z
  .string()
  .min(1)
  .max(300)
  .regex(/^[^/\s]/, 'must begin with a name, not with a slash or a space')
  .describe('Path in the repository, for instance src/main.js');
const message = z.string().min(1).max(1_000).describe('Message of the commit');
const replaces = { ...writes, destructiveHint: true };

export function fileTools(store: RepoStore) {
  return [getFile(store), searchCode(store), writeFile(store), deleteFile(store)];
}

function getFile(store: RepoStore) {
  return defineTool({
    name: 'get_file_contents',
    title: 'Get the contents of a file or folder',
    description: 'Shows a file in full, or the paths below a folder.',
    input: z.object({
      ...inRepo,
      path: z.string().max(300).default('').describe('Path of a file or folder; empty for the top'),
      ref: z.string().max(200).optional().describe('A branch or commit; otherwise the default branch'),
    }),
    annotations: reading,
    run: (args) =>
      withRepo(store, args, ({ full_name, default_branch }) => {
        const ref = args.ref ?? default_branch;
        const commit = findCommit(store.state.git, full_name, ref);
        if (!commit) return failure(`There is no branch or commit ${ref} in ${full_name}`);
        const files = filesAt(store.state.git, commit.sha);
        const content = files.get(args.path);
        const contribution = contributionAt(store.state.git, commit.sha);
        if (content !== undefined) return jsonResult({ path: args.path, ref, content, contribution });
        const paths = below(files, args.path);
        return paths.length > 0
          ? jsonResult({ folder: args.path, ref, paths })
          : failure(`There is no ${args.path} at ${ref}`);
      }),
  });
}

function below(files: FileTree, folder: string): string[] {
  const start = folder === '' || folder.endsWith('/') ? folder : `${folder}/`;
  return [...files.keys()].filter((each) => each.startsWith(start)).sort();
}

function searchCode(store: RepoStore) {
  return defineTool({
    name: 'search_code',
    title: 'Search code',
    description: 'Finds the lines that hold a text, on the default branch of a repository.',
    input: z.object({ ...inRepo, query: z.string().min(1).max(200), limit }),
    annotations: reading,
    run: (args) =>
      withRepo(store, args, ({ full_name, default_branch }) => {
        const files = filesOn(store.state.git, full_name, default_branch);
        const wanted = args.query.toLowerCase();
        const matches = [...files].flatMap(([file, text]) =>
          text
            .split('\n')
            .map((line, index) => ({ path: file, line: index + 1, text: line }))
            .filter((match) => match.text.toLowerCase().includes(wanted)),
        );
        return jsonResult({ matches: matches.slice(0, args.limit) });
      }),
  });
}

function writeFile(store: RepoStore) {
  return defineTool({
    name: 'create_or_update_file',
    title: 'Create or update a file',
    description: 'Commits one file with the given content to a branch, in place of what it held before.',
    input: z.object({ ...inRepo, branch, path, content: z.string().max(100_000), message }),
    annotations: replaces,
    run: (args) =>
      withPush(store, args, (repository) => {
        const change = new Map([[args.path, args.content]]);
        return commit(store, repository, args, (files) => new Map([...files, ...change]));
      }),
  });
}

function deleteFile(store: RepoStore) {
  return defineTool({
    name: 'delete_file',
    title: 'Delete a file',
    description: 'Commits the removal of one file to a branch.',
    input: z.object({ ...inRepo, branch, path, message }),
    annotations: replaces,
    run: (args) =>
      withPush(store, args, (repository) =>
        filesOn(store.state.git, repository.full_name, args.branch).has(args.path)
          ? commit(store, repository, args, (files) => new Map([...files].filter(([at]) => at !== args.path)))
          : failure(`There is no ${args.path} on ${args.branch}`),
      ),
  });
}

interface Wanted {
  readonly branch: string;
  readonly path: string;
  readonly message: string;
  readonly content?: string;
}

function commit(
  store: RepoStore,
  { full_name }: Repository,
  wanted: Wanted,
  change: (files: FileTree) => FileTree,
): ToolResult {
  const { git } = store.state;
  const onto = findBranch(git, full_name, wanted.branch);
  if (!onto) return failure(`There is no branch ${wanted.branch}. create_branch makes one.`);
  const files = change(filesAt(git, onto.sha));
  const said = { message: wanted.message, author: store.user, date: store.today };
  const next = commitOn(git, { branch: onto, files, ...said });
  store.state = { ...store.state, git: next };
  publish(store, full_name, `the file ${wanted.path}`, wanted.path, wanted.content ?? '', wanted.message);
  return jsonResult({
    branch: wanted.branch,
    path: wanted.path,
    commit: findBranch(next, full_name, wanted.branch)?.sha,
  });
}
