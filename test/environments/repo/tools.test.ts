import { expect, test } from 'vitest';
import { repo } from '../../../src/environments/repo/index.ts';
import type { Issue, Pull, RepoState, Run } from '../../../src/environments/repo/store.ts';
import { openTask } from '../workplaceSupport.ts';

type Shown = Omit<RepoState, 'git'> & {
  readonly branches: readonly { name: string; sha: string; repo: string }[];
};

async function open(template = 'find-issue') {
  const stage = await openTask(repo, template);
  const state = () => stage.world.snapshot() as unknown as Shown;
  const [code, ops, elsewhere] = state().repositories.map(({ full_name }) => {
    const [owner = '', name = ''] = full_name.split('/');
    return { owner, repo: name, project: full_name };
  });
  if (!code || !ops || !elsewhere) throw new Error('there are three repositories');
  return { ...stage, state, code, ops, elsewhere };
}

test('the repositories one can push to are listed, and others can be read', async () => {
  const { ok, refused, code, ops, elsewhere } = await open();
  const { repositories } = (await ok('list_repositories')) as {
    repositories: { full_name: string; private: boolean }[];
  };
  expect(repositories.map((each) => [each.full_name, each.private])).toEqual([
    [code.project, false],
    [ops.project, true],
  ]);
  expect((await ok('list_issues', elsewhere))['issues']).toHaveLength(1);
  expect(await refused('list_issues', { owner: 'no', repo: 'body' })).toContain('list_repositories');
});

test('issues are listed by state and label, the newest first, without their text', async () => {
  const { ok, state, code } = await open('count-bugs');
  const own = state().issues.filter((issue) => issue.repo === code.project);
  const numbers = async (args: object) =>
    ((await ok('list_issues', { ...code, ...args })) as { issues: Issue[] }).issues;
  const wanted = (pass: (issue: Issue) => boolean) =>
    own
      .filter(pass)
      .map(({ number }) => number)
      .sort((a, b) => b - a);
  const all = await numbers({ state: 'all' });
  expect(all.map(({ number }) => number)).toEqual(wanted(() => true));
  expect(all[0]).not.toHaveProperty('body');
  expect((await numbers({})).map(({ number }) => number)).toEqual(wanted((issue) => issue.state === 'open'));
  const asking = await numbers({ labels: ['question'], state: 'all' });
  expect(asking.map(({ number }) => number)).toEqual(wanted(({ labels }) => labels.includes('question')));
  expect(await numbers({ limit: 1 })).toHaveLength(1);
});

test('issues and pull requests share one row of numbers, and both take comments', async () => {
  const { ok, refused, state, code } = await open('address-review');
  const last = Math.max(...[...state().issues, ...state().pulls].map(({ number }) => number));
  const { issue } = (await ok('create_issue', { ...code, title: 'New' })) as { issue: Issue };
  expect(issue.number).toBe(last + 1);
  const pull = { ...code, title: 'P', head: 'stable', base: 'main' };
  const { pull_request } = (await ok('create_pull_request', pull)) as { pull_request: Pull };
  expect(pull_request.number).toBe(last + 2);
  await ok('add_issue_comment', { ...code, issue_number: last + 2, body: 'Hello' });
  const { comments } = await ok('get_issue_comments', { ...code, issue_number: last + 2 });
  expect(comments).toEqual([expect.objectContaining({ body: 'Hello' })]);
  for (const tool of ['get_issue', 'get_issue_comments', 'update_issue']) {
    expect(await refused(tool, { ...code, issue_number: last + 3 })).toContain(`#${last + 3}`);
  }
  expect(await refused('get_issue', { ...code, issue_number: last + 2 })).toContain('no issue');
  expect(await refused('create_pull_request', { ...pull, head: 'main' })).toContain('different');
  expect(await refused('create_pull_request', { ...pull, head: 'none' })).toContain('no branch none');
});

test('what is not the own repository can be commented but not changed', async () => {
  const { ok, refused, state, elsewhere } = await open();
  const commit = { branch: 'main', path: 'a', content: 'b', message: 'c' };
  await ok('add_issue_comment', { ...elsewhere, issue_number: 1, body: 'Hello' });
  const before = state();
  expect(await refused('create_or_update_file', { ...elsewhere, ...commit })).toContain('no right');
  expect(await refused('update_issue', { ...elsewhere, issue_number: 1, state: 'closed' })).toContain(
    'no right',
  );
  expect(await refused('create_branch', { ...elsewhere, branch: 'x' })).toContain('no right');
  expect(await refused('list_variables', { project: elsewhere.project })).toContain('no project');
  expect(state()).toEqual(before);
});

test('files are read, listed, searched, written and deleted by branch', async () => {
  const { ok, refused, code } = await open();
  await ok('create_branch', { ...code, branch: 'work' });
  expect(await refused('create_branch', { ...code, branch: 'work' })).toContain('already');
  const path = 'docs/constructor';
  const written = { ...code, branch: 'work', path, content: 'One needle\n', message: 'm' };
  await ok('create_or_update_file', written);
  expect(await ok('get_file_contents', { ...code, path, ref: 'work' })).toEqual({
    path,
    ref: 'work',
    content: 'One needle\n',
  });
  expect(await refused('get_file_contents', { ...code, path })).toContain('no docs/constructor at main');
  expect(await ok('get_file_contents', { ...code, path: 'docs', ref: 'work' })).toMatchObject({
    paths: [path],
  });
  expect(await ok('search_code', { ...code, query: 'needle' })).toEqual({ matches: [] });
  await ok('create_or_update_file', { ...written, branch: 'main' });
  expect(await ok('search_code', { ...code, query: 'NEEDLE' })).toEqual({
    matches: [{ path, line: 1, text: 'One needle' }],
  });
  await ok('delete_file', { ...code, branch: 'work', path, message: 'm' });
  expect(await refused('delete_file', { ...code, branch: 'work', path, message: 'm' })).toContain('no docs');
  const { commits } = (await ok('list_commits', { ...code, ref: 'work' })) as { commits: { sha: string }[] };
  expect(commits).toHaveLength(4);
  expect(await ok('get_file_contents', { ...code, path, ref: commits[1]?.sha })).toMatchObject({
    content: 'One needle\n',
  });
  expect(await refused('create_or_update_file', { ...written, branch: 'none' })).toContain('create_branch');
  expect(await refused('get_file_contents', { ...code, path, ref: 'none' })).toContain('none');
});

test('a branch moves forward freely, and back by force only', async () => {
  const { ok, refused, state, code } = await open();
  const headOf = (name: string) => state().branches.find((branch) => branch.name === name)?.sha;
  const { commits } = (await ok('list_commits', { ...code })) as { commits: { sha: string }[] };
  const first = commits.at(-1)?.sha;
  await ok('create_branch', { ...code, branch: 'work' });
  const back = { ...code, branch: 'work', sha: first };
  expect(await refused('update_ref', back)).toContain('force');
  await ok('update_ref', { ...back, force: true });
  expect(headOf('work')).toBe(first);
  await ok('update_ref', { ...code, branch: 'work', sha: headOf('main') });
  expect(headOf('work')).toBe(headOf('main'));
  expect(await refused('update_ref', { ...back, sha: '0000000' })).toContain('no commit');
  expect(await refused('delete_branch', { ...code, branch: 'main' })).toContain('default');
  await ok('delete_branch', { ...code, branch: 'work' });
  expect(headOf('work')).toBeUndefined();
});

test('a pull request shows its changes, and merges once, unless a draft, closed or in conflict', async () => {
  const { ok, refused, code } = await open();
  const write = (branch: string, content: string) =>
    ok('create_or_update_file', { ...code, branch, path: 'x.md', content, message: 'm' });
  const propose = async (head: string, draft = false) => {
    const pull = await ok('create_pull_request', { ...code, title: head, head, base: 'main', draft });
    return (pull['pull_request'] as Pull).number;
  };
  for (const branch of ['one', 'two']) await ok('create_branch', { ...code, branch });
  await write('one', '1');
  await write('two', '2');
  const [one, two, draft] = [await propose('one'), await propose('two'), await propose('one', true)];
  expect(await ok('get_pull_request_files', { ...code, pull_number: one })).toEqual({
    files: [{ path: 'x.md', status: 'changed', content: '1' }],
  });
  expect(await refused('merge_pull_request', { ...code, pull_number: draft })).toContain('draft');
  await ok('update_pull_request', { ...code, pull_number: one, state: 'closed' });
  expect(await refused('merge_pull_request', { ...code, pull_number: one })).toContain('not open');
  await ok('update_pull_request', { ...code, pull_number: one, state: 'open' });
  await ok('merge_pull_request', { ...code, pull_number: one });
  expect(await ok('get_file_contents', { ...code, path: 'x.md' })).toMatchObject({ content: '1' });
  expect(await refused('merge_pull_request', { ...code, pull_number: one })).toContain('not open');
  expect(await refused('update_pull_request', { ...code, pull_number: one, state: 'open' })).toContain(
    'merged',
  );
  expect(await refused('merge_pull_request', { ...code, pull_number: two })).toContain('x.md');
  const { pull_requests } = (await ok('list_pull_requests', { ...code, state: 'merged' })) as {
    pull_requests: Pull[];
  };
  expect(pull_requests.map(({ number }) => number)).toEqual([one]);
  expect(await refused('get_pull_request', { ...code, pull_number: 999 })).toContain('#999');
});

test('runs show their jobs, logs and a second attempt', async () => {
  const { ok, refused, state, code } = await open('failing-test');
  const { runs } = (await ok('list_workflow_runs', { project: code.project, branch: 'main' })) as {
    runs: Run[];
  };
  expect(runs.map(({ run_id }) => run_id)).toEqual(
    state()
      .runs.filter(({ branch }) => branch === 'main')
      .map(({ run_id }) => run_id),
  );
  const [{ run_id } = { run_id: '' }] = runs;
  const { run } = (await ok('get_workflow_run', { run_id })) as { run: Run };
  const failed = run.jobs.find(({ conclusion }) => conclusion === 'failure');
  expect(failed).not.toHaveProperty('log');
  expect(await ok('get_job_log', { job_id: failed?.job_id })).toMatchObject({
    log: expect.stringContaining('Failed test: ') as string,
  });
  expect(await ok('rerun_workflow', { run_id })).toEqual({ run_id, status: 'queued', attempt: 2 });
  expect(await refused('rerun_workflow', { run_id })).toContain('already');
  expect(await refused('get_workflow_run', { run_id: 'run-x' })).toContain('list_workflow_runs');
  expect(await refused('get_job_log', { job_id: 'job-x' })).toContain('get_workflow_run');
});

test('variables are listed without values, read, set and deleted', async () => {
  const { ok, refused, state, code } = await open();
  const { project } = code;
  const secret = state().variables.find(({ masked }) => masked);
  expect(JSON.stringify(await ok('list_variables', { project }))).not.toContain(secret?.value);
  expect(await ok('get_variable', { project, key: secret?.key })).toEqual({ variable: secret });
  await ok('set_variable', { project, key: 'NEW', value: '1', masked: false });
  await ok('set_variable', { project, key: 'NEW', value: '2', masked: false });
  expect(await ok('get_variable', { project, key: 'NEW' })).toMatchObject({ variable: { value: '2' } });
  await ok('delete_variable', { project, key: 'NEW' });
  expect(await refused('delete_variable', { project, key: 'NEW' })).toContain('list_variables');
  expect(await refused('get_variable', { project, key: 'NEW' })).toContain('list_variables');
  expect(await refused('set_variable', { project: 'no/body', key: 'NEW', value: '' })).toContain(project);
});

test('the linter names the lines that break each of its rules', async () => {
  const { ok, refused } = await open();
  const code = [
    'const a = 1;',
    'var b = 2; ',
    '\tif (a == b) stop();',
    `// ${'x'.repeat(98)}`,
    'a === b',
  ].join('\n');
  const { findings } = (await ok('lint_code', { code })) as { findings: { line: number; rule: string }[] };
  expect(findings.map(({ line, rule }) => [line, rule])).toEqual([
    [2, 'no-var'],
    [2, 'no-trailing-space'],
    [3, 'no-tabs'],
    [3, 'strict-equality'],
    [4, 'max-line'],
  ]);
  expect(((await ok('list_rules'))['rules'] as unknown[]).length).toBe(5);
  expect(await ok('format_json', { json: '{"a":[1]}' })).toEqual({ formatted: '{\n  "a": [\n    1\n  ]\n}' });
  expect(await refused('format_json', { json: '{' })).toContain('no JSON');
});
