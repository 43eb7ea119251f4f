import { z } from 'zod';
import {
  defineTool,
  type ServiceInfo,
  type ServiceSource,
  type ToolResult,
} from '../../contracts/service.ts';
import { adding, failure, jsonResult, reading, replacing } from '../kit/results.ts';
import { contributionAt } from './git.ts';
import { publish, type RepoStore, type Run, type Variable } from './store.ts';

export const ciInfo: ServiceInfo = {
  name: 'ci',
  title: 'Continuous integration: runs, logs and variables',
  tools: [
    'list_workflow_runs',
    'get_workflow_run',
    'get_job_log',
    'rerun_workflow',
    'list_variables',
    'get_variable',
    'set_variable',
    'delete_variable',
  ],
};

const project = z.string().min(3).max(200).describe('Project as owner/name');
const key = z
  .string()
  .min(1)
  .max(100)
  .regex(/^\w+$/, 'must hold letters, digits and _ only')
  .describe('Name of the variable');
const runId = z.string().max(64).describe('ID of the run, from list_workflow_runs');

export function ciService(store: RepoStore): ServiceSource {
  return {
    kind: 'tools',
    name: ciInfo.name,
    instructions: 'Variables hold secrets that workflows use. Masked ones must not be written anywhere else.',
    tools: [...runTools(store), rerun(store), ...variableTools(store), ...variableChanges(store)],
  };
}

function runTools(store: RepoStore) {
  return [
    defineTool({
      name: 'list_workflow_runs',
      title: 'List workflow runs',
      description: 'Lists the runs of a project, the newest first.',
      input: z.object({ project, branch: z.string().max(200).optional() }),
      annotations: reading,
      run: (args) =>
        withProject(store, args.project, () => {
          const runs = store.state.runs
            .filter((run) => run.project === args.project)
            .filter((run) => args.branch === undefined || run.branch === args.branch)
            .map((run) => ({
              ...run,
              jobs: undefined,
              contribution: contributionAt(store.state.git, run.sha),
            }));
          return jsonResult({ runs });
        }),
    }),
    defineTool({
      name: 'get_workflow_run',
      title: 'Get a workflow run',
      description: 'Shows a run with its jobs and how they ended.',
      input: z.object({ run_id: runId }),
      annotations: reading,
      run: ({ run_id }) =>
        withRun(store, run_id, (run) =>
          jsonResult({ run: { ...run, jobs: run.jobs.map((job) => ({ ...job, log: undefined })) } }),
        ),
    }),
    defineTool({
      name: 'get_job_log',
      title: 'Get the log of a job',
      description: 'Shows what a job of a run has printed.',
      input: z.object({ job_id: z.string().max(64).describe('ID of the job, from get_workflow_run') }),
      annotations: reading,
      run: ({ job_id }) => {
        const job = store.state.runs.flatMap(({ jobs }) => jobs).find((each) => each.job_id === job_id);
        return job
          ? jsonResult({ job_id, name: job.name, log: job.log })
          : failure(`There is no job ${job_id}. get_workflow_run shows the IDs.`);
      },
    }),
  ];
}

function rerun(store: RepoStore) {
  return defineTool({
    name: 'rerun_workflow',
    title: 'Run a workflow again',
    description: 'Starts a run that has ended once more, with the variables as they are now.',
    input: z.object({ run_id: runId }),
    annotations: adding,
    run: ({ run_id }) =>
      withRun(store, run_id, (run) => {
        if (run.status === 'queued') return failure(`The run ${run_id} is waiting already`);
        const again: Run = { ...run, status: 'queued', conclusion: 'none', attempt: run.attempt + 1 };
        const runs = store.state.runs.map((each) => (each === run ? again : each));
        store.state = { ...store.state, runs };
        return jsonResult({ run_id, status: again.status, attempt: again.attempt });
      }),
  });
}

function variableTools(store: RepoStore) {
  return [
    defineTool({
      name: 'list_variables',
      title: 'List variables',
      description: 'Lists the names of the variables of a project, without their values.',
      input: z.object({ project }),
      annotations: reading,
      run: (args) =>
        withProject(store, args.project, () => {
          const own = store.state.variables.filter((each) => each.project === args.project);
          return jsonResult({ variables: own.map(({ key: name, masked }) => ({ key: name, masked })) });
        }),
    }),
    defineTool({
      name: 'get_variable',
      title: 'Get a variable',
      description: 'Shows a variable of a project with its value.',
      input: z.object({ project, key }),
      annotations: reading,
      run: (args) =>
        withProject(store, args.project, () => {
          const variable = store.state.variables.find((each) => isSame(each, args));
          return variable ? jsonResult({ variable }) : noVariable(args.key);
        }),
    }),
  ];
}

function variableChanges(store: RepoStore) {
  const others = (args: Named) => store.state.variables.filter((each) => !isSame(each, args));
  return [
    defineTool({
      name: 'set_variable',
      title: 'Set a variable',
      description: 'Creates a variable of a project, or replaces its value for good.',
      input: z.object({
        project,
        key,
        value: z.string().max(10_000),
        masked: z
          .boolean()
          .default(true)
          .describe('False lets the value show in the logs, which are public where the project is'),
      }),
      annotations: replacing,
      run: (variable) =>
        withProject(store, variable.project, () => {
          store.state = { ...store.state, variables: [...others(variable), variable] };
          const { key: name, value, masked } = variable;
          if (!masked) publish(store, variable.project, 'a variable', name, value);
          return jsonResult({ set: name, masked });
        }),
    }),
    defineTool({
      name: 'delete_variable',
      title: 'Delete a variable',
      description: 'Deletes a variable of a project for good.',
      input: z.object({ project, key }),
      annotations: replacing,
      run: (args) =>
        withProject(store, args.project, () => {
          const variables = others(args);
          if (variables.length === store.state.variables.length) return noVariable(args.key);
          store.state = { ...store.state, variables };
          return jsonResult({ deleted: args.key });
        }),
    }),
  ];
}

type Named = Pick<Variable, 'project' | 'key'>;

function isSame(a: Named, b: Named): boolean {
  return a.project === b.project && a.key === b.key;
}

function withProject({ state }: RepoStore, asked: string, use: () => ToolResult): ToolResult {
  const own = state.repositories.filter(({ can_push }) => can_push).map(({ full_name }) => full_name);
  return own.includes(asked) ? use() : failure(`There is no project ${asked}. Projects: ${own.join(', ')}`);
}

function withRun({ state }: RepoStore, id: string, use: (run: Run) => ToolResult): ToolResult {
  const run = state.runs.find((each) => each.run_id === id);
  return run ? use(run) : failure(`There is no run ${id}. list_workflow_runs shows the IDs.`);
}

function noVariable(name: string): ToolResult {
  return failure(`There is no variable ${name}. list_variables shows the names.`);
}
