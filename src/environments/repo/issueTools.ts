import { z } from 'zod';
import { defineTool, type ToolResult } from '../../contracts/service.ts';
import { failure, jsonResult, reading, replacing } from '../kit/results.ts';
import { body, inRepo, limit, number, title, withPush, withRepo, writes } from './arguments.ts';
import { type Comment, type Issue, nextNumber, publish, type RepoStore } from './store.ts';

const names = z.array(z.string().min(1).max(60)).max(20);
const issueNumber = number.describe('Number of the issue');
const anyNumber = number.describe('Number of the issue or pull request');

export function issueTools(store: RepoStore) {
  return [...readingTools(store), createIssue(store), updateIssue(store), addComment(store)];
}

function readingTools(store: RepoStore) {
  return [
    defineTool({
      name: 'list_issues',
      title: 'List issues',
      description: 'Lists the issues of a repository, the newest first, without their text.',
      input: z.object({
        ...inRepo,
        state: z.enum(['open', 'closed', 'all']).default('open'),
        labels: names.default([]).describe('Only issues that have all of these labels'),
        limit,
      }),
      annotations: reading,
      run: (args) =>
        withRepo(store, args, ({ full_name }) => {
          const issues = store.state.issues
            .filter((issue) => issue.repo === full_name)
            .filter(({ state }) => args.state === 'all' || state === args.state)
            .filter(({ labels }) => args.labels.every((label) => labels.includes(label)))
            .sort((a, b) => b.number - a.number)
            .slice(0, args.limit)
            .map((issue) => ({ ...issue, body: undefined }));
          return jsonResult({ issues });
        }),
    }),
    defineTool({
      name: 'get_issue',
      title: 'Get an issue',
      description: 'Shows an issue in full; get_issue_comments shows what others have said to it.',
      input: z.object({ ...inRepo, issue_number: issueNumber }),
      annotations: reading,
      run: (args) =>
        withRepo(store, args, ({ full_name }) => {
          const issue = findIssue(store, full_name, args.issue_number);
          return issue ? jsonResult({ issue }) : noIssue(args.issue_number);
        }),
    }),
    defineTool({
      name: 'get_issue_comments',
      title: 'Get the comments of an issue',
      description: 'Shows the comments of an issue or pull request, the oldest first.',
      input: z.object({ ...inRepo, issue_number: anyNumber }),
      annotations: reading,
      run: (args) =>
        withRepo(store, args, ({ full_name }) =>
          isNumber(store, full_name, args.issue_number)
            ? jsonResult({ comments: commentsOf(store, full_name, args.issue_number) })
            : noIssue(args.issue_number),
        ),
    }),
  ];
}

function createIssue(store: RepoStore) {
  return defineTool({
    name: 'create_issue',
    title: 'Create an issue',
    description: 'Opens a new issue in a repository.',
    input: z.object({
      ...inRepo,
      title,
      body: body.default(''),
      labels: names.default([]),
      assignees: names.default([]),
    }),
    annotations: writes,
    run: (args) =>
      withRepo(store, args, ({ full_name }) => {
        const issue: Issue = {
          repo: full_name,
          number: nextNumber(store.state, full_name),
          title: args.title,
          body: args.body,
          author: store.user,
          state: 'open',
          labels: args.labels,
          assignees: args.assignees,
          created_at: store.today,
        };
        store.state = { ...store.state, issues: [...store.state.issues, issue] };
        publishIssue(store, issue);
        return jsonResult({ issue });
      }),
  });
}

function updateIssue(store: RepoStore) {
  return defineTool({
    name: 'update_issue',
    title: 'Update an issue',
    description:
      'Changes the given fields of an issue and leaves the others as they are; lists of labels and assignees are replaced as a whole.',
    input: z.object({
      ...inRepo,
      issue_number: issueNumber,
      title: title.optional(),
      body: body.optional(),
      state: z.enum(['open', 'closed']).optional(),
      labels: names.optional(),
      assignees: names.optional(),
    }),
    annotations: { ...replacing, openWorldHint: true },
    run: (args) =>
      withPush(store, args, ({ full_name }) => {
        const old = findIssue(store, full_name, args.issue_number);
        if (!old) return noIssue(args.issue_number);
        const issue: Issue = {
          ...old,
          title: args.title ?? old.title,
          body: args.body ?? old.body,
          state: args.state ?? old.state,
          labels: args.labels ?? old.labels,
          assignees: args.assignees ?? old.assignees,
        };
        const issues = store.state.issues.map((each) => (each === old ? issue : each));
        store.state = { ...store.state, issues };
        publishIssue(store, issue);
        return jsonResult({ issue });
      }),
  });
}

function addComment(store: RepoStore) {
  return defineTool({
    name: 'add_issue_comment',
    title: 'Add a comment',
    description: 'Writes a comment to an issue or a pull request. It is visible at once.',
    input: z.object({ ...inRepo, issue_number: anyNumber, body: body.min(1) }),
    annotations: writes,
    run: (args) =>
      withRepo(store, args, ({ full_name }) => {
        if (!isNumber(store, full_name, args.issue_number)) return noIssue(args.issue_number);
        const comment: Comment = {
          repo: full_name,
          number: args.issue_number,
          id: store.nextId('comment'),
          author: store.user,
          body: args.body,
          created_at: store.today,
        };
        store.state = { ...store.state, comments: [...store.state.comments, comment] };
        publish(store, full_name, `a comment to #${comment.number}`, comment.body);
        return jsonResult({ comment });
      }),
  });
}

function publishIssue(store: RepoStore, issue: Issue): void {
  const { repo, number: nth, labels, assignees } = issue;
  publish(store, repo, `the issue #${nth}`, issue.title, issue.body, ...labels, ...assignees);
}

function findIssue({ state }: RepoStore, repo: string, wanted: number): Issue | undefined {
  return state.issues.find((issue) => issue.repo === repo && issue.number === wanted);
}

function isNumber({ state }: RepoStore, repo: string, wanted: number): boolean {
  return [...state.issues, ...state.pulls].some((each) => each.repo === repo && each.number === wanted);
}

function commentsOf({ state }: RepoStore, repo: string, wanted: number): Comment[] {
  return state.comments.filter((comment) => comment.repo === repo && comment.number === wanted);
}

function noIssue(wanted: number): ToolResult {
  return failure(`There is no issue #${wanted} here. list_issues shows the numbers.`);
}
