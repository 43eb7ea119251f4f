import { z } from 'zod';
import type { Actor } from '../../contracts/environment.ts';
import type { JsonObject } from '../../contracts/json.ts';
import { only } from '../kit/finding.ts';
import { readJson, readText } from '../kit/reading.ts';
import { ciInfo } from './ciService.ts';
import { hostingInfo } from './hostingService.ts';
import { linterInfo } from './linter.ts';

const text = z.string();
const issueHead = z.object({
  number: z.number(),
  title: text,
  author: text,
  labels: z.array(text),
  assignees: z.array(text),
});
const issuesShown = z.object({ issues: z.array(issueHead) });
const issueShown = z.object({ issue: issueHead.extend({ body: text }) });
const commentsShown = z.object({ comments: z.array(z.object({ author: text, body: text })) });
const fileShown = z.object({ path: text, content: text });
const branchesShown = z.object({ branches: z.array(z.object({ name: text, sha: text })) });
const commitsShown = z.object({ commits: z.array(z.object({ sha: text })) });
const pullHead = z.object({ number: z.number(), title: text, head: text, author: text });
const pullsShown = z.object({ pull_requests: z.array(pullHead) });
const pullShown = z.object({
  pull_request: pullHead.extend({
    reviews: z.array(z.object({ author: text, state: text, body: text })),
  }),
});
const runHead = z.object({ run_id: text, branch: text, sha: text, conclusion: text });
const runsShown = z.object({ runs: z.array(runHead) });
const runShown = z.object({
  run: runHead.extend({ jobs: z.array(z.object({ job_id: text, name: text, conclusion: text })) }),
});
const logShown = z.object({ job_id: text, log: text });
const findingsShown = z.object({ findings: z.array(z.object({ line: z.number(), rule: text })) });

type State = 'open' | 'closed' | 'merged' | 'all';

/** How reference solutions work: every step reads only what tools return. */
export type Desk = ReturnType<typeof createDesk>;

/** @param repo the repository that all of it is about, as `owner/name` */
export function createDesk(actor: Actor, repo: string) {
  const to =
    (service: string) =>
    (tool: string, args: JsonObject = {}) => ({ service, tool, arguments: args });
  const inRepo = (full_name: string) => {
    const [owner = '', name = ''] = full_name.split('/');
    return { owner, repo: name };
  };
  const host = (tool: string, args: JsonObject = {}) =>
    to(hostingInfo.name)(tool, { ...inRepo(repo), ...args });
  const [ci, linter] = [to(ciInfo.name), to(linterInfo.name)];
  const act = async (acting: Promise<string>): Promise<void> => void (await acting);
  const runs = async (branch: string) =>
    (await readJson(actor, ci('list_workflow_runs', { project: repo, branch }), runsShown)).runs;
  return {
    issues: async (state: State = 'open') =>
      (await readJson(actor, host('list_issues', { state, limit: 100 }), issuesShown)).issues,
    issue: async (issue_number: number) =>
      (await readJson(actor, host('get_issue', { issue_number }), issueShown)).issue,
    comments: async (issue_number: number) =>
      (await readJson(actor, host('get_issue_comments', { issue_number }), commentsShown)).comments,
    comment: (issue_number: number, body: string) =>
      act(readText(actor, host('add_issue_comment', { issue_number, body }))),
    fileIssue: (issue: { title: string; body: string; labels: string[]; assignees: string[] }) =>
      act(readText(actor, host('create_issue', issue))),
    updateIssue: (issue_number: number, change: { state?: 'closed'; labels?: string[] }) =>
      act(readText(actor, host('update_issue', { issue_number, ...change }))),
    file: async (path: string, ref?: string) =>
      (await readJson(actor, host('get_file_contents', { path, ...(ref && { ref }) }), fileShown)).content,
    fileIn: async (other: string, path: string) =>
      (await readJson(actor, host('get_file_contents', { ...inRepo(other), path }), fileShown)).content,
    write: (branch: string, path: string, content: string) =>
      act(
        readText(actor, host('create_or_update_file', { branch, path, content, message: `Change ${path}` })),
      ),
    commits: async (ref: string) =>
      (await readJson(actor, host('list_commits', { ref }), commitsShown)).commits,
    branches: async () => (await readJson(actor, host('list_branches'), branchesShown)).branches,
    branch: (name: string) => act(readText(actor, host('create_branch', { branch: name }))),
    deleteBranch: (name: string) => act(readText(actor, host('delete_branch', { branch: name }))),
    pulls: async (state: State = 'open') =>
      (await readJson(actor, host('list_pull_requests', { state, limit: 100 }), pullsShown)).pull_requests,
    pull: async (pull_number: number) =>
      (await readJson(actor, host('get_pull_request', { pull_number }), pullShown)).pull_request,
    propose: (pull: { title: string; body: string; head: string; base: string }) =>
      act(readText(actor, host('create_pull_request', pull))),
    merge: (pull_number: number) => act(readText(actor, host('merge_pull_request', { pull_number }))),
    runs,
    /** The log of the first job that has failed in the newest failed run of a branch. */
    failureLog: async (branch: string) => {
      const { run_id } = only(await runs(branch), ({ conclusion }) => conclusion === 'failure');
      const { run } = await readJson(actor, ci('get_workflow_run', { run_id }), runShown);
      const { job_id } = only(run.jobs, ({ conclusion }) => conclusion === 'failure');
      return (await readJson(actor, ci('get_job_log', { job_id }), logShown)).log;
    },
    runAgain: (run_id: string) => act(readText(actor, ci('rerun_workflow', { run_id }))),
    setVariable: (key: string, value: string) =>
      act(readText(actor, ci('set_variable', { project: repo, key, value }))),
    lint: async (code: string) =>
      (await readJson(actor, linter('lint_code', { code }), findingsShown)).findings,
  };
}
