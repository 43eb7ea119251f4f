import { z } from 'zod';
import type { Actor } from '../../contracts/environment.ts';
import type { ToolCall } from '../../contracts/goal.ts';
import type { JsonObject } from '../../contracts/json.ts';
import { answerText } from '../kit/answers.ts';
import { readJson, readText } from '../kit/reading.ts';
import type { Account, Change, Item, Project } from './account.ts';
import type { Job, Reading } from './job.ts';

const projectsShown = z.array(
  z.object({
    id: z.string(),
    order: z.number(),
    color: z.string(),
    name: z.string(),
    is_favorite: z.boolean(),
  }),
);
const tasksShown = z.array(
  z.object({
    id: z.string(),
    order: z.number(),
    content: z.string(),
    priority: z.number(),
    due_date: z.string(),
  }),
);
const durationShown = z.object({ duration: z.string() });
const descriptionShown = z.object({ description: z.string() });

/** Reads what the job needs, plans, carries the plan out, and answers. */
export async function solveJob(job: Job, actor: Actor): Promise<string> {
  const plan = job.plan(await readAccount(actor, job.reading));
  for (const change of plan.changes) await readText(actor, callFor(change));
  return typeof plan.answer === 'object' ? listText(plan.answer) : answerText(plan.answer);
}

/** How a list is answered; an empty one has to be said too. */
export function listText(items: readonly string[]): string {
  return items.length === 0 ? '[]' : items.join(', ');
}

/** The call that makes a change. */
export function callFor(change: Change): ToolCall {
  switch (change.kind) {
    case 'favorite':
      return call('update_project', { project_id: change.projectId, is_favorite: change.favorite });
    case 'due':
      return call('update_task', { task_id: change.itemId, due_date: change.dueDate });
    case 'complete':
      return call('complete_task', { task_id: change.itemId });
    case 'delete':
      return call('delete_task', { task_id: change.itemId });
  }
}

/** The account as far as the reading goes; what was not read is empty. */
async function readAccount(actor: Actor, reading: Reading): Promise<Account> {
  const today = reading.today ? await readToday(actor) : '';
  const shown = await readJson(actor, call('get_projects'), projectsShown);
  const projects = shown.map(({ is_favorite, ...project }) => ({ ...project, favorite: is_favorite }));
  const items: Item[] = [];
  for (const project of projects) {
    if (reading.project === undefined || reading.project === project.name) {
      items.push(...(await readItems(actor, project, reading)));
    }
  }
  return { today, city: '', projects, items };
}

async function readToday(actor: Actor): Promise<string> {
  const text = await readText(actor, call('get_user_current_date'));
  return /\d{4}-\d{2}-\d{2}/.exec(text)?.[0] ?? '';
}

async function readItems(actor: Actor, project: Project, { details }: Reading): Promise<Item[]> {
  const tasks = await readJson(actor, call('get_tasks', { project_id: project.id }), tasksShown);
  const items: Item[] = [];
  for (const { due_date: dueDate, ...task } of tasks) {
    const duration = details === 'durations' ? await readDuration(actor, task.id) : 0;
    const description = details === 'descriptions' ? await readDescription(actor, task.id) : '';
    items.push({ ...task, projectId: project.id, dueDate, duration, description, status: 'open' });
  }
  return items;
}

async function readDuration(actor: Actor, id: string): Promise<number> {
  const { duration } = await readJson(actor, call('get_task_duration', { task_id: id }), durationShown);
  return Number.parseInt(duration, 10);
}

async function readDescription(actor: Actor, id: string): Promise<string> {
  const shown = await readJson(actor, call('get_task_description', { task_id: id }), descriptionShown);
  return shown.description;
}

function call(tool: string, args: JsonObject = {}): ToolCall {
  return { service: 'todo', tool, arguments: args };
}
