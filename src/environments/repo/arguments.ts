import { z } from 'zod';
import type { ToolResult } from '../../contracts/service.ts';
import { failure } from '../kit/results.ts';
import type { RepoStore, Repository } from './store.ts';

/** Every tool of the code host names a repository so. */
export const inRepo = {
  owner: z.string().min(1).max(100).describe('Owner of the repository: a user or an organization'),
  repo: z.string().min(1).max(100).describe('Name of the repository'),
};
export const number = z.number().int().min(1).max(1_000_000);
export const title = z.string().min(1).max(300);
export const body = z.string().max(20_000);
export const branch = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[^\s~^:?*[\\]+$/, 'must be the name of a branch, without spaces')
  .describe('Name of a branch');
export const limit = z.number().int().min(1).max(100).default(30).describe('Greatest number of entries');

interface RepoArguments {
  readonly owner: string;
  readonly repo: string;
}

/** Writing that others can see at once. */
export const writes = {
  readOnlyHint: false,
  destructiveHint: false,
  idempotentHint: false,
  openWorldHint: true,
} as const;

export function withRepo(
  { state }: RepoStore,
  { owner, repo }: RepoArguments,
  use: (repository: Repository) => ToolResult,
): ToolResult {
  const wanted = `${owner}/${repo}`.toLowerCase();
  const found = state.repositories.find(({ full_name }) => full_name.toLowerCase() === wanted);
  return found
    ? use(found)
    : failure(`There is no repository ${owner}/${repo}, or you may not see it. See list_repositories.`);
}

/** Like {@link withRepo}, for what needs the right to push. */
export function withPush(
  store: RepoStore,
  asked: RepoArguments,
  use: (repository: Repository) => ToolResult,
): ToolResult {
  return withRepo(store, asked, (repository) =>
    repository.can_push ? use(repository) : failure(`You have no right to push to ${repository.full_name}`),
  );
}
