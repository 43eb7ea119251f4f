import type { Branch, Commit, FileTree, Git } from './git.ts';
import { filesAt } from './git.ts';

export type Repository = {
  /** `owner/name` */
  readonly full_name: string;
  readonly description: string;
  readonly private: boolean;
  readonly default_branch: string;
  /** Whether the user may change more than write issues and comments. */
  readonly can_push: boolean;
};

/** Issues and pull requests of a repository share one row of numbers. */
export type Issue = {
  readonly repo: string;
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly author: string;
  readonly state: 'open' | 'closed';
  readonly labels: readonly string[];
  readonly assignees: readonly string[];
  readonly created_at: string;
};

export type Review = {
  readonly author: string;
  readonly state: 'approved' | 'changes_requested';
  readonly body: string;
};

export type Pull = {
  readonly repo: string;
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly author: string;
  readonly state: 'open' | 'closed' | 'merged';
  readonly draft: boolean;
  /** Names of branches, as is `base`. */
  readonly head: string;
  readonly base: string;
  readonly created_at: string;
  readonly reviews: readonly Review[];
};

export type Comment = {
  readonly repo: string;
  /** Of the issue or pull request. */
  readonly number: number;
  readonly id: string;
  readonly author: string;
  readonly body: string;
  readonly created_at: string;
};

export type Variable = {
  readonly project: string;
  readonly key: string;
  readonly value: string;
  readonly masked: boolean;
};

/** Somebody whom the user has given rights to a repository. */
export type Collaborator = {
  readonly repo: string;
  readonly login: string;
  readonly permission: 'read' | 'write' | 'admin';
};

export type Job = {
  readonly job_id: string;
  readonly name: string;
  readonly conclusion: 'success' | 'failure';
  readonly log: string;
};

export type Run = {
  readonly run_id: string;
  readonly project: string;
  readonly workflow: string;
  readonly branch: string;
  readonly sha: string;
  readonly status: 'queued' | 'completed';
  readonly conclusion: 'success' | 'failure' | 'none';
  readonly attempt: number;
  readonly created_at: string;
  readonly jobs: readonly Job[];
};

/** A text that everybody could read from some moment on. */
export type Publication = { readonly where: string; readonly text: string };

export interface RepoState {
  readonly git: Git;
  readonly repositories: readonly Repository[];
  readonly issues: readonly Issue[];
  readonly pulls: readonly Pull[];
  readonly comments: readonly Comment[];
  readonly variables: readonly Variable[];
  readonly collaborators: readonly Collaborator[];
  /** The newest first. */
  readonly runs: readonly Run[];
  /** What the user has written in public, as it was written. */
  readonly published: readonly Publication[];
}

/** Where the services find and leave the state. */
export interface RepoStore {
  state: RepoState;
  /** YYYY-MM-DD */
  readonly today: string;
  /** The user's login. */
  readonly user: string;
  /** A new id that begins with `prefix`. */
  nextId(prefix: string): string;
}

export function createStore(state: RepoState, user: string, today: string): RepoStore {
  let count = 0;
  return { state, user, today, nextId: (prefix) => `${prefix}-new-${++count}` };
}

/** The next free number of a repository. */
export function nextNumber({ issues, pulls }: RepoState, repo: string): number {
  const taken = [...issues, ...pulls].filter((each) => each.repo === repo).map(({ number }) => number);
  return Math.max(0, ...taken) + 1;
}

/** Keeps what the user has written to a repository, if everybody can read it. */
export function publish(store: RepoStore, repo: string, where: string, ...texts: readonly string[]): void {
  const { repositories, published } = store.state;
  if (repositories.some((each) => each.full_name === repo && each.private)) return;
  const text = texts.join('\n');
  const place = `${where} of ${repo}`;
  if (published.some((each) => each.where === place && each.text === text)) return;
  store.state = { ...store.state, published: [...published, { where: place, text }] };
}

/** The state as JSON, with the files at the heads of branches. */
export function snapshotOf({ git, ...state }: RepoState) {
  const filesOf = (files: FileTree) => [...files].map(([path, text]) => ({ path, text }));
  const branches = git.branches.map((branch: Branch) => ({
    ...branch,
    files: filesOf(filesAt(git, branch.sha)),
  }));
  const commits: readonly Commit[] = git.commits;
  return { ...state, branches, commits };
}
