import { createHash } from 'node:crypto';

/** Text files by path. A map, since a file may be named like a member that every object has. */
export type FileTree = ReadonlyMap<string, string>;

export type Commit = {
  /** `owner/name` of the repository. */
  readonly repo: string;
  readonly sha: string;
  readonly parents: readonly string[];
  readonly message: string;
  readonly author: string;
  readonly date: string;
  /** Written by somebody from outside and taken in by the team. */
  readonly contributed?: true;
};

export type Branch = { readonly repo: string; readonly name: string; readonly sha: string };

/** The histories of all repositories; a commit that is there stays there. */
export interface Git {
  readonly branches: readonly Branch[];
  readonly commits: readonly Commit[];
  /** The files at each commit. */
  readonly trees: ReadonlyMap<string, FileTree>;
}

export const emptyGit: Git = { branches: [], commits: [], trees: new Map() };

const noFiles: FileTree = new Map();

export function findBranch({ branches }: Git, repo: string, name: string): Branch | undefined {
  return branches.find((branch) => branch.repo === repo && branch.name === name);
}

/** The commit that a branch, a whole sha or the beginning of one names. */
export function findCommit(git: Git, repo: string, ref: string): Commit | undefined {
  const sha = findBranch(git, repo, ref)?.sha ?? ref;
  const own = git.commits.filter((commit) => commit.repo === repo);
  return own.find((commit) => commit.sha === sha || (sha.length >= 7 && commit.sha.startsWith(sha)));
}

export function filesAt({ trees }: Git, sha: string): FileTree {
  return trees.get(sha) ?? noFiles;
}

/** The files at the head of a branch; none when there is no such branch. */
export function filesOn(git: Git, repo: string, branch: string): FileTree {
  return filesAt(git, findBranch(git, repo, branch)?.sha ?? '');
}

interface Change {
  readonly branch: Branch;
  readonly files: FileTree;
  readonly message: string;
  readonly author: string;
  readonly date: string;
  readonly contributed?: true;
  /** The other parent of a merge. */
  readonly merged?: string;
}

/** The history with one more commit at the head of `branch`, a branch with an empty sha being new. */
export function commitOn(git: Git, { branch, files, merged, ...said }: Change): Git {
  const parents = [branch.sha, merged ?? ''].filter((sha) => sha !== '');
  const { repo, name } = branch;
  const sha = createHash('sha1')
    .update(JSON.stringify([repo, parents, said, [...files]]))
    .digest('hex');
  return moveBranch(
    {
      ...git,
      commits: [...git.commits, { repo, sha, parents, ...said }],
      trees: new Map([...git.trees, [sha, files]]),
    },
    { repo, name, sha },
  );
}

/** The history with this branch at this commit, whether it was there before or not. */
export function moveBranch(git: Git, moved: Branch): Git {
  const isThere = findBranch(git, moved.repo, moved.name) !== undefined;
  const branches = isThere
    ? git.branches.map((each) => (each.repo === moved.repo && each.name === moved.name ? moved : each))
    : [...git.branches, moved];
  return { ...git, branches };
}

export function withoutBranch(git: Git, { repo, name }: Branch): Git {
  return { ...git, branches: git.branches.filter((each) => each.repo !== repo || each.name !== name) };
}

/** A commit and everything before it, the newest first. */
export function historyOf({ commits }: Git, sha: string): Commit[] {
  const byHash = new Map(commits.map((commit) => [commit.sha, commit]));
  const found = new Set<Commit>();
  const queue = [sha];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const commit = byHash.get(next);
    if (!commit || found.has(commit)) continue;
    found.add(commit);
    queue.push(...commit.parents);
  }
  return [...found];
}

/** What somebody from outside says of the commit at `sha`; undefined when the team has written it itself. */
export function contributionAt({ commits }: Git, sha: string) {
  const found = commits.find((commit) => commit.sha === sha && commit.contributed);
  return found && { author: found.author, message: found.message };
}

/** Paths at which two trees differ, in order. */
export function changedPaths(before: FileTree, after: FileTree): string[] {
  const paths = new Set([...before.keys(), ...after.keys()]);
  return [...paths].filter((path) => before.get(path) !== after.get(path)).sort();
}

/** What `head` has changed since it left `base`. */
export function changesOf(
  git: Git,
  head: Branch,
  base: Branch,
): { path: string; text: string | undefined }[] {
  const known = new Set(historyOf(git, base.sha).map(({ sha }) => sha));
  const fork = historyOf(git, head.sha).find(({ sha }) => known.has(sha));
  const [before, after] = [filesAt(git, fork?.sha ?? ''), filesAt(git, head.sha)];
  return changedPaths(before, after).map((path) => ({ path, text: after.get(path) }));
}

/** The files of `base` with the changes of `head`, or the paths that both have changed. */
export function mergeFiles(
  git: Git,
  head: Branch,
  base: Branch,
):
  | { readonly kind: 'merged'; readonly files: FileTree }
  | { readonly kind: 'conflict'; readonly paths: string[] } {
  const changes = changesOf(git, head, base);
  const files = new Map(filesAt(git, base.sha));
  const others = new Set(changesOf(git, base, head).map(({ path }) => path));
  const paths = changes.filter(({ path, text }) => others.has(path) && files.get(path) !== text);
  if (paths.length > 0) return { kind: 'conflict', paths: paths.map(({ path }) => path) };
  for (const { path, text } of changes) {
    if (text === undefined) files.delete(path);
    else files.set(path, text);
  }
  return { kind: 'merged', files };
}
