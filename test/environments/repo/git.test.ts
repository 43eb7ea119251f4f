import { describe, expect, test } from 'vitest';
import {
  type Branch,
  changedPaths,
  changesOf,
  commitOn,
  emptyGit,
  filesOn,
  findBranch,
  findCommit,
  type Git,
  historyOf,
  mergeFiles,
  moveBranch,
  withoutBranch,
} from '../../../src/environments/repo/git.ts';

const repo = 'team/thing';

/** The branch with these files as its next commit; it starts at `from`. */
function commit(git: Git, name: string, files: Record<string, string>, from = name): Git {
  const branch = { repo, name, sha: findBranch(git, repo, from)?.sha ?? '' };
  const tree = new Map(Object.entries(files));
  return commitOn(git, { branch, files: tree, message: `on ${name}`, author: 'a', date: '2026-01-01' });
}

function head(git: Git, name: string): Branch {
  const branch = findBranch(git, repo, name);
  if (!branch) throw new Error(`there is no ${name}`);
  return branch;
}

function mergedFiles(git: Git, name: string) {
  const merged = mergeFiles(git, head(git, name), head(git, 'main'));
  return merged.kind === 'merged' ? Object.fromEntries(merged.files) : merged;
}

const start = commit(emptyGit, 'main', { a: '1', b: '1', c: '1' });

describe('merging', () => {
  test('brings what the head has changed, added and removed, and nothing else', () => {
    const work = commit(start, 'work', { a: '2', c: '1', d: 'new' }, 'main');
    const both = commit(work, 'main', { a: '1', b: '1', c: '3' });
    expect(changesOf(both, head(both, 'work'), head(both, 'main'))).toEqual([
      { path: 'a', text: '2' },
      { path: 'b', text: undefined },
      { path: 'd', text: 'new' },
    ]);
    expect(mergedFiles(both, 'work')).toEqual({ a: '2', c: '3', d: 'new' });
  });

  test('names the files that both have changed in their own way', () => {
    const work = commit(start, 'work', { a: '2', b: '2', c: '1' }, 'main');
    const both = commit(work, 'main', { a: '3', b: '2', c: '1' });
    expect(mergedFiles(both, 'work')).toEqual({ kind: 'conflict', paths: ['a'] });
  });

  test('a merged head has nothing more to bring', () => {
    const work = commit(start, 'work', { a: '2', b: '1', c: '1' }, 'main');
    const said = { message: 'm', author: 'a', date: '2026-01-01' };
    const merged = commitOn(work, {
      branch: head(work, 'main'),
      files: filesOn(work, repo, 'work'),
      merged: head(work, 'work').sha,
      ...said,
    });
    expect(changesOf(merged, head(merged, 'work'), head(merged, 'main'))).toEqual([]);
    expect(historyOf(merged, head(merged, 'main').sha).map(({ message }) => message)).toEqual([
      'm',
      'on main',
      'on work',
    ]);
  });
});

test('a commit is found by branch, sha and the beginning of a sha, in its own repository only', () => {
  const { sha } = head(start, 'main');
  for (const ref of ['main', sha, sha.slice(0, 7)]) expect(findCommit(start, repo, ref)?.sha).toBe(sha);
  expect(findCommit(start, repo, sha.slice(0, 6))).toBeUndefined();
  expect(findCommit(start, 'team/other', sha)).toBeUndefined();
});

test('branches move and go without taking commits along', () => {
  const second = commit(start, 'main', { a: '2' });
  const back = moveBranch(second, head(start, 'main'));
  expect(filesOn(back, repo, 'main').get('a')).toBe('1');
  expect(back.commits).toHaveLength(2);
  const gone = withoutBranch(back, head(back, 'main'));
  expect(findBranch(gone, repo, 'main')).toBeUndefined();
  expect(filesOn(gone, repo, 'main').size).toBe(0);
});

test('the same content on another parent is another commit, and files may be called anything', () => {
  const again = commit(start, 'main', { a: '1', b: '1', c: '1' });
  expect(head(again, 'main').sha).not.toBe(head(start, 'main').sha);
  expect(filesOn(start, repo, 'main').get('constructor')).toBeUndefined();
  expect(changedPaths(new Map(), new Map([['__proto__', 'x']]))).toEqual(['__proto__']);
});
