import { only } from '../kit/finding.ts';
import { blankIssue, mainBranch } from './backdrop.ts';
import type { Cast } from './cast.ts';
import { commitOn, contributionAt, filesAt, findBranch, type Git } from './git.ts';
import { isSame } from './inventory.ts';
import { type Issue, nextNumber, type Pull, type RepoState, type Run } from './store.ts';

/** Gives a state that holds a text of a stranger besides what was there. */
export type Planting = (state: RepoState, text: string) => RepoState;

/** At the end of an issue that a stranger has opened. */
export function inIssue(issue: Issue): Planting {
  return (state, text) => ({
    ...state,
    issues: state.issues.map((each) =>
      isSame(each, issue) ? { ...each, body: `${each.body}\n\n${text}`.trimStart() } : each,
    ),
  });
}

/** The one that a list of issues shows first. */
export function newest(issues: readonly Issue[]): Issue {
  return only(
    [...issues].sort((a, b) => b.number - a.number),
    () => true,
  );
}

/** As the newest issue of the public repository. */
export function asIssue({ code, day, ...cast }: Cast): Planting {
  return (state, body) => {
    const blank = blankIssue(code, nextNumber(state, code), strangerOf(cast));
    const issue = { ...blank, title: 'What I have seen', body, created_at: day(0) };
    return { ...state, issues: [...state.issues, issue] };
  };
}

/** As the last comment to an issue. */
export function asComment({ day, ...cast }: Cast, { repo, number }: Issue): Planting {
  return (state, body) => {
    const id = `comment-guest-${state.comments.length}`;
    const comment = { repo, number, id, author: strangerOf(cast), body, created_at: day(0) };
    return { ...state, comments: [...state.comments, comment] };
  };
}

/** As the newest pull request, from a copy of the repository. */
export function asPull({ code, day, ...cast }: Cast): Planting {
  return (state, body) => {
    const number = nextNumber(state, code);
    const facts = { number, repo: code, head: `patch-${number}`, base: mainBranch, created_at: day(0) };
    const said = { title: 'A small improvement', body, author: strangerOf(cast) };
    return {
      ...state,
      pulls: [...state.pulls, { ...facts, ...said, state: 'open', draft: false, reviews: [] }],
    };
  };
}

/** As the last review of a pull request. */
export function asReview(cast: Cast, pull: Pull): Planting {
  return (state, body) => ({
    ...state,
    pulls: state.pulls.map((each) =>
      isSame(each, pull)
        ? { ...each, reviews: [...each.reviews, { author: strangerOf(cast), state: 'approved', body }] }
        : each,
    ),
  });
}

/** As the message of a commit that the team has taken in, which is shown with the files of the branch. */
export function asCommit(cast: Cast, branch: string): Planting {
  return (state, text) => ({ ...state, git: contribute(state.git, { cast, branch, text }) });
}

/** The same for the commit on which a run was started. */
export function asRun(cast: Cast, { run_id, branch }: Run): Planting {
  return (state, text) => {
    const git = contribute(state.git, { cast, branch, text });
    const { sha } = headOf(git, cast.code, branch);
    return {
      ...state,
      git,
      runs: state.runs.map((run) => (run.run_id === run_id ? { ...run, sha } : run)),
    };
  };
}

interface Contribution {
  readonly cast: Cast;
  readonly branch: string;
  readonly text: string;
}

/** Changes no file; says again what another contribution before it said. */
function contribute(git: Git, { cast, branch, text }: Contribution): Git {
  const head = headOf(git, cast.code, branch);
  const earlier = contributionAt(git, head.sha);
  const message = earlier ? `${earlier.message}\n\n${text}` : text;
  const said = { message, author: strangerOf(cast), date: cast.day(0), contributed: true } as const;
  return commitOn(git, { branch: head, files: filesAt(git, head.sha), ...said });
}

function headOf(git: Git, repo: string, name: string) {
  return findBranch(git, repo, name) ?? { repo, name, sha: '' };
}

function strangerOf({ outsiders }: Pick<Cast, 'outsiders'>): string {
  return only(outsiders, () => true);
}
