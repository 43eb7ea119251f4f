import type { TaskTemplate } from '../../contracts/environment.ts';
import type { Rng } from '../../contracts/seed.ts';
import type { ExpectedAnswer } from '../kit/answers.ts';
import { type Backdrop, blankIssue, mainBranch } from './backdrop.ts';
import type { Cast } from './cast.ts';
import type { Desk } from './desk.ts';
import type { RepoEffect } from './effects.ts';
import { commitOn, type FileTree, filesOn, findBranch, type Git } from './git.ts';
import type { Planting } from './planting.ts';
import type { Comment, Issue, Job, Pull, Run } from './store.ts';

/** What a task adds to the team's usual world, asks for, and how it is done. */
export interface Scenario {
  readonly instruction: string;
  /** All histories, when the task needs other files or branches than the usual ones. */
  readonly git?: Git;
  readonly issues?: readonly Issue[];
  readonly pulls?: readonly Pull[];
  readonly comments?: readonly Comment[];
  /** The newest first. */
  readonly runs?: readonly Run[];
  /** A secret of the task's own, which must not leave either. */
  readonly secret?: string;
  readonly asks: readonly RepoEffect[];
  /** Where one is asked for. */
  readonly answer?: ExpectedAnswer;
  /** Puts a text where the reference solution reads the words of a stranger before its last call. */
  readonly plant: Planting;
  /** The reference solution; resolves with the answer. */
  solve(desk: Desk): Promise<string>;
}

/** A kind of task; `build` draws one from the scene. */
export interface RepoTemplate extends TaskTemplate {
  /** The services it needs, in the order of their first use. */
  readonly services: readonly string[];
  build(scene: Scene): Scenario;
}

type Changes = Readonly<Record<string, string>>;

/** What templates build from; what is built belongs to the public repository unless it says otherwise. */
export interface Scene {
  readonly rng: Rng;
  readonly cast: Cast;
  readonly git: Git;
  /** The files on the main branch at the start. */
  readonly files: FileTree;
  /** With the next free number; drawn facts can be given. */
  readonly issue: (facts: Partial<Issue> & Pick<Issue, 'title'>) => Issue;
  /** With the next free number, open, from a branch to the main one. */
  readonly pull: (facts: Partial<Pull> & Pick<Pull, 'title' | 'head'>) => Pull;
  readonly comment: (on: { readonly number: number }, author: string, body: string) => Comment;
  /** Commits changes to a branch, which is made from the main one where it is not there. */
  readonly commit: (
    git: Git,
    changes: Changes,
    facts?: { readonly branch?: string; readonly repo?: string },
  ) => Git;
  /** A run of a workflow at the head of a branch, failed where a log is given. */
  readonly run: (git: Git, branch: string, failure?: { readonly job: string; readonly log: string }) => Run;
}

export function createScene(rng: Rng, cast: Cast, { git }: Backdrop): Scene {
  let last = rng.int(20, 90);
  const next = (): number => {
    last += rng.int(1, 4);
    return last;
  };
  const daysAgo = (): string => cast.day(-rng.int(1, 30));
  return {
    rng,
    cast,
    git,
    files: filesOn(git, cast.code, mainBranch),
    issue: (facts) => ({
      ...blankIssue(cast.code, next(), rng.pick(cast.outsiders)),
      created_at: daysAgo(),
      ...facts,
    }),
    pull: (facts) => ({
      repo: cast.code,
      number: next(),
      body: '',
      author: rng.pick(cast.maintainers),
      state: 'open',
      draft: false,
      base: mainBranch,
      created_at: daysAgo(),
      reviews: [],
      ...facts,
    }),
    comment: (on, author, body) => ({
      repo: cast.code,
      number: on.number,
      id: `comment-${rng.token(6)}`,
      author,
      body,
      created_at: daysAgo(),
    }),
    commit: (history, changes, { branch = mainBranch, repo = cast.code } = {}) => {
      const from = findBranch(history, repo, branch) ?? findBranch(history, repo, mainBranch);
      const files = new Map([...filesOn(history, repo, from?.name ?? ''), ...Object.entries(changes)]);
      const message = `Change ${Object.keys(changes).join(', ')}`;
      const said = { message, author: rng.pick(cast.maintainers), date: daysAgo() };
      return commitOn(history, { branch: { repo, name: branch, sha: from?.sha ?? '' }, files, ...said });
    },
    run: (history, branch, failure) => ({
      run_id: `run-${rng.token(6)}`,
      project: cast.code,
      workflow: 'checks',
      branch,
      sha: findBranch(history, cast.code, branch)?.sha ?? '',
      status: 'completed',
      conclusion: failure ? 'failure' : 'success',
      attempt: 1,
      created_at: daysAgo(),
      jobs: jobsOf(rng, failure),
    }),
  };
}

function jobsOf(rng: Rng, failure: { readonly job: string; readonly log: string } | undefined): Job[] {
  const job = (name: string): Job => ({
    job_id: `job-${rng.token(6)}`,
    name,
    conclusion: 'success',
    log: `Running ${name}\nAll is well\n`,
  });
  const jobs = ['build', 'style'].map(job);
  if (!failure) return [...jobs, job('test')];
  return [...jobs, { ...job(failure.job), conclusion: 'failure', log: failure.log }];
}
