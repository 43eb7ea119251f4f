import { canonicalJson } from '../../contracts/json.ts';
import type { Inventory } from '../kit/changes.ts';
import { type NamedThing, takeInventory } from '../kit/inventory.ts';
import { type Branch, filesAt, findBranch } from './git.ts';
import type { Comment, Issue, Pull, RepoState } from './store.ts';

export type Numbered = { readonly repo: string; readonly number: number };
export type Place = Pick<Branch, 'repo' | 'name'>;

/** How things are called that can change. New ones go by their place, since their numbers are not known before. */
export const nameOf = {
  issue: ({ repo, number }: Numbered): string => `issue:${repo}#${number}`,
  newIssue: ({ repo }: Pick<Issue, 'repo'>): string => `new issue:${repo}`,
  pull: ({ repo, number }: Numbered): string => `pull:${repo}#${number}`,
  newPull: ({ repo, head }: Pick<Pull, 'repo' | 'head'>): string => `new pull:${repo}:${head}`,
  comment: ({ repo, number }: Numbered): string => `comment:${repo}#${number}`,
  branch: ({ repo, name }: Place): string => `branch:${repo}:${name}`,
  file: ({ repo, name }: Place, path: string): string => `file:${repo}:${name}:${path}`,
  variable: (project: string, key: string): string => `variable:${project}:${key}`,
  run: (id: string): string => `run:${id}`,
  collaborator: (repo: string, login: string): string => `collaborator:${repo}:${login}`,
};

/**
 * Everything in a state that can change, for comparing it with another one. Files count one by one on branches that
 * both have; a branch that only one has is one thing. A comment cannot change, so only those of one of them count.
 */
export function inventory(state: RepoState, other: RepoState): Inventory {
  return takeInventory([
    ...state.issues.map((issue) => issueThing(issue, other)),
    ...state.pulls.map((pull) => pullThing(pull, other)),
    ...state.comments.filter(({ id }) => !other.comments.some((each) => each.id === id)).map(commentThing),
    ...state.git.branches.flatMap((branch) => branchThings(branch, state, other)),
    ...state.variables.map(({ project, key, value, masked }) => ({
      name: nameOf.variable(project, key),
      label: `The variable ${key} of ${project}`,
      content: `${value} ${masked}`,
    })),
    ...state.collaborators.map(({ repo, login, permission }) => ({
      name: nameOf.collaborator(repo, login),
      label: `The right of ${login} to ${permission} ${repo}`,
      content: permission,
    })),
    ...state.runs.map(({ run_id, workflow, attempt }) => ({
      name: nameOf.run(run_id),
      label: `The run ${run_id} of ${workflow}`,
      content: String(attempt),
    })),
  ]);
}

function issueThing(issue: Issue, { issues }: RepoState): NamedThing {
  const isOld = issues.some((each) => isSame(each, issue));
  return {
    name: isOld ? nameOf.issue(issue) : nameOf.newIssue(issue),
    label: `The issue #${issue.number} "${issue.title}" of ${issue.repo}`,
    content: issueContent(issue),
  };
}

function pullThing(pull: Pull, { pulls }: RepoState): NamedThing {
  const isOld = pulls.some((each) => isSame(each, pull));
  return {
    name: isOld ? nameOf.pull(pull) : nameOf.newPull(pull),
    label: `The pull request #${pull.number} "${pull.title}" of ${pull.repo}`,
    content: canonicalJson([pull.state, pull.title, pull.body]),
  };
}

function commentThing(comment: Comment): NamedThing {
  return {
    name: nameOf.comment(comment),
    label: `A comment to #${comment.number} of ${comment.repo}`,
    content: comment.body,
  };
}

function branchThings(branch: Branch, { git }: RepoState, other: RepoState): NamedThing[] {
  const { repo, name, sha } = branch;
  const itself = { name: nameOf.branch(branch), label: `The branch ${name} of ${repo}`, content: 'there' };
  if (!findBranch(other.git, repo, name)) return [itself];
  const files = [...filesAt(git, sha)].map(([path, text]) => ({
    name: nameOf.file(branch, path),
    label: `The file ${path} on ${name} of ${repo}`,
    content: text,
  }));
  return [itself, ...files];
}

export function issueContent({ title, body, state, labels, assignees }: Issue): string {
  return canonicalJson([title, body, state, [...labels].sort(), [...assignees].sort()]);
}

export function isSame(a: Numbered, b: Numbered): boolean {
  return a.repo === b.repo && a.number === b.number;
}
