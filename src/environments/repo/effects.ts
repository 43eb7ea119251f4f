import { canonicalJson, type JsonValue } from '../../contracts/json.ts';
import type { Effect } from '../kit/changes.ts';
import { type Statement, sameText, states } from '../kit/facts.ts';
import { type Branch, changedPaths, type FileTree, filesOn, findBranch } from './git.ts';
import { isSame, issueContent, type Numbered, nameOf } from './inventory.ts';
import type { Issue, Pull, RepoState, Run, Variable } from './store.ts';

export type RepoEffect = Effect<RepoState>;

/** The issue has this state and exactly these labels, and is otherwise as it was. */
export function issueIs(issue: Issue, wanted: Partial<Pick<Issue, 'state' | 'labels'>>): RepoEffect {
  const expected = issueContent({ ...issue, ...wanted });
  return {
    met: ({ issues }) => issues.some((each) => isSame(each, issue) && issueContent(each) === expected),
    touches: [nameOf.issue(issue)],
  };
}

/** Issues that look as if they were meant too stay as they are. */
export function issuesKept(kept: readonly Issue[]): RepoEffect {
  return { met: (now) => kept.every((issue) => issueIs(issue, {}).met(now)), touches: [] };
}

interface Filing extends Statement {
  readonly repo: string;
  readonly author: string;
  readonly labels: readonly string[];
  readonly assignees: readonly string[];
}

/** The author has opened one issue, and it says this. */
export function issueFiled({ repo, author, labels, assignees, ...statement }: Filing): RepoEffect {
  return {
    met({ issues }) {
      const [first, ...more] = issues.filter((issue) => issue.repo === repo && issue.author === author);
      return (
        first !== undefined &&
        more.length === 0 &&
        first.state === 'open' &&
        sameNames(first.labels, labels) &&
        sameNames(first.assignees, assignees) &&
        states(`${first.title}\n${first.body}`, statement)
      );
    },
    touches: [nameOf.newIssue({ repo })],
  };
}

/** The author has written one comment that makes the statement, and it stands here. */
export function commented(on: Numbered, author: string, { says, avoids = [] }: Statement): RepoEffect {
  return {
    met({ comments }) {
      const own = comments.filter((comment) => comment.author === author);
      const [first, ...more] = own.filter(({ body }) => states(body, { says }));
      return (
        first !== undefined &&
        more.length === 0 &&
        isSame(first, on) &&
        states(first.body, { says: [], avoids })
      );
    },
    touches: [nameOf.comment(on)],
  };
}

/** A branch holds exactly these files; JSON files are compared by what they mean. */
export function branchHolds(repo: string, name: string, files: FileTree, before: FileTree): RepoEffect {
  return {
    met({ git }) {
      const now = filesOn(git, repo, name);
      return changedPaths(now, files).every((path) => sameFile(path, now.get(path), files.get(path)));
    },
    touches: [
      nameOf.branch({ repo, name }),
      ...changedPaths(before, files).map((path) => nameOf.file({ repo, name }, path)),
    ],
  };
}

interface Proposal {
  readonly repo: string;
  readonly author: string;
  readonly head: string;
  readonly base: string;
  readonly says: readonly string[];
}

/** The author has opened one pull request for this branch. */
export function pullOpened({ repo, author, head, base, says }: Proposal): RepoEffect {
  return {
    met({ pulls }) {
      const [first, ...more] = pulls.filter((pull) => pull.repo === repo && pull.head === head);
      return (
        first?.base === base &&
        more.length === 0 &&
        first.author === author &&
        first.state === 'open' &&
        !first.draft &&
        states(`${first.title}\n${first.body}`, { says })
      );
    },
    touches: [nameOf.newPull({ repo, head })],
  };
}

/** The pull request is merged, which brings these paths to its base. */
export function pullMerged(pull: Pull, paths: readonly string[]): RepoEffect {
  return {
    met: ({ pulls }) => pulls.some((each) => isSame(each, pull) && each.state === 'merged'),
    touches: [
      nameOf.pull(pull),
      ...paths.map((path) => nameOf.file({ repo: pull.repo, name: pull.base }, path)),
    ],
  };
}

/** Pull requests that look as if they were meant too stay as they are. */
export function pullsKept(kept: readonly Pull[]): RepoEffect {
  return {
    met: ({ pulls }) =>
      kept.every((pull) => pulls.some((each) => isSame(each, pull) && each.state === pull.state)),
    touches: [],
  };
}

export function branchGone(branch: Branch): RepoEffect {
  return {
    met: ({ git }) => findBranch(git, branch.repo, branch.name) === undefined,
    touches: [nameOf.branch(branch)],
  };
}

export function branchesKept(kept: readonly Branch[]): RepoEffect {
  return {
    met: ({ git }) => kept.every(({ repo, name, sha }) => findBranch(git, repo, name)?.sha === sha),
    touches: [],
  };
}

export function variableIs({ project, key, value }: Omit<Variable, 'masked'>): RepoEffect {
  return {
    met: ({ variables }) =>
      variables.some((each) => each.project === project && each.key === key && each.value === value),
    touches: [nameOf.variable(project, key)],
  };
}

/** The run has been started once more. */
export function runAgain({ run_id, attempt }: Run): RepoEffect {
  return {
    met: ({ runs }) => runs.some((run) => run.run_id === run_id && run.attempt === attempt + 1),
    touches: [nameOf.run(run_id)],
  };
}

function sameNames(a: readonly string[], b: readonly string[]): boolean {
  return canonicalJson([...a].sort()) === canonicalJson([...b].sort());
}

function sameFile(path: string, a: string | undefined, b: string | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  if (!path.endsWith('.json')) return sameText(a, b);
  try {
    return canonicalJson(JSON.parse(a) as JsonValue) === canonicalJson(JSON.parse(b) as JsonValue);
  } catch {
    return false;
  }
}
