import { z } from 'zod';
import type { JsonObject, JsonValue } from '../../contracts/json.ts';
import {
  defineTool,
  type ToolAnnotations,
  type ToolDefinition,
  type ToolResult,
} from '../../contracts/service.ts';
import { type Account, applied, type Change, type Item, openItem, type Project } from './account.ts';

const nothing = z.strictObject({});
const ofProject = z.strictObject({ project_id: z.string().min(1).max(500).describe('Id of a project.') });
const ofTask = z.strictObject({ task_id: z.string().min(1).max(500).describe('Id of a task.') });
const projectUpdate = ofProject.extend({
  is_favorite: z.boolean().describe('Whether the project is a favorite from now on.'),
});
const taskUpdate = ofTask.extend({ due_date: z.iso.date().describe('The new due date, as YYYY-MM-DD.') });

const reads: ToolAnnotations = {
  readOnlyHint: true,
  destructiveHint: false,
  idempotentHint: true,
  openWorldHint: false,
};
const overwrites: ToolAnnotations = { ...reads, readOnlyHint: false, destructiveHint: true };

/** Where the tools find the account, and where they note ids that are none. */
export interface AccountHolder {
  account: Account;
  readonly strangeIds: string[];
  /** Date and city, if the user's have been asked for. */
  readonly told: Set<string>;
  /** The answer that was given by an action of the original's text form. */
  finished?: JsonValue;
}

/** The to-do tools of AgentBoard. Results are JSON, errors the original's words. */
export function todoTools(holder: AccountHolder): readonly ToolDefinition[] {
  return [...readingTools(holder), ...projectTools(holder), ...writingTools(holder)];
}

function readingTools(holder: AccountHolder): readonly ToolDefinition[] {
  return [
    defineTool({
      name: 'get_user_current_date',
      title: "Get the user's current date",
      description: 'Returns the current date of the user, as YYYY-MM-DD.',
      input: nothing,
      annotations: reads,
      run: () => told(holder, holder.account.today),
    }),
    defineTool({
      name: 'get_user_current_location',
      title: "Get the user's current city",
      description: 'Returns the city the user is in.',
      input: nothing,
      annotations: reads,
      run: () => told(holder, holder.account.city),
    }),
    defineTool({
      name: 'get_task_description',
      title: 'Get the description of a task',
      description: 'Returns id, content and description of a task: its place, contact and tips.',
      input: ofTask,
      annotations: reads,
      run: ({ task_id }) =>
        withItem(holder, task_id, ({ id, content, description }) => json({ id, content, description })),
    }),
    defineTool({
      name: 'get_task_duration',
      title: 'Get the duration of a task',
      description: 'Returns id, content and duration of a task; the duration looks like 60(minute).',
      input: ofTask,
      annotations: reads,
      run: ({ task_id }) =>
        withItem(holder, task_id, ({ id, content, duration }) =>
          json({ id, content, duration: `${duration}(minute)` }),
        ),
    }),
  ];
}

function projectTools(holder: AccountHolder): readonly ToolDefinition[] {
  return [
    defineTool({
      name: 'get_projects',
      title: 'Get all projects',
      description: 'Returns all projects of the account.',
      input: nothing,
      annotations: reads,
      run: () => json(holder.account.projects.map(shownProject)),
    }),
    defineTool({
      name: 'update_project',
      title: 'Update a project',
      description: 'Marks a project as a favorite, or no longer.',
      input: projectUpdate,
      annotations: overwrites,
      run: ({ project_id, is_favorite }) =>
        withProject(holder, project_id, () => {
          change(holder, { kind: 'favorite', projectId: project_id, favorite: is_favorite });
          return withProject(holder, project_id, (project) =>
            confirmed('Update the project successfully.', shownProject(project)),
          );
        }),
    }),
    defineTool({
      name: 'get_tasks',
      title: 'Get the tasks of a project',
      description:
        'Returns the tasks of a project that are neither completed nor deleted. Priority runs from 1 (normal) to 4 (urgent).',
      input: ofProject,
      annotations: reads,
      run: ({ project_id }) =>
        withProject(holder, project_id, ({ id }) =>
          json(
            holder.account.items
              .filter((item) => item.projectId === id && item.status === 'open')
              .map(shownItem),
          ),
        ),
    }),
  ];
}

function writingTools(holder: AccountHolder): readonly ToolDefinition[] {
  const removing = (kind: 'complete' | 'delete', reply: string, id: string): ToolResult =>
    withItem(holder, id, () => {
      change(holder, { kind, itemId: id });
      return { text: reply };
    });
  return [
    defineTool({
      name: 'complete_task',
      title: 'Complete a task',
      description: 'Marks a task as completed; it is no longer listed then.',
      input: ofTask,
      annotations: overwrites,
      run: ({ task_id }) => removing('complete', 'Complete task successfully.', task_id),
    }),
    defineTool({
      name: 'update_task',
      title: 'Update a task',
      description: 'Sets the due date of a task.',
      input: taskUpdate,
      annotations: overwrites,
      run: ({ task_id, due_date }) =>
        withItem(holder, task_id, (item) => {
          change(holder, { kind: 'due', itemId: task_id, dueDate: due_date });
          return confirmed('Update the task successfully.', shownItem({ ...item, dueDate: due_date }));
        }),
    }),
    defineTool({
      name: 'delete_task',
      title: 'Delete a task',
      description: 'Deletes a task for good.',
      input: ofTask,
      annotations: overwrites,
      run: ({ task_id }) => removing('delete', 'Delete the task successfully.', task_id),
    }),
  ];
}

function told({ told }: AccountHolder, text: string): ToolResult {
  told.add(text);
  return { text: text === '' ? 'This is not known.' : text };
}

function change(holder: AccountHolder, what: Change): void {
  holder.account = applied(holder.account, what);
}

function withItem(holder: AccountHolder, id: string, use: (item: Item) => ToolResult): ToolResult {
  const item = openItem(holder.account, id);
  if (item) return use(item);
  if (!holder.account.items.some((known) => known.id === id)) holder.strangeIds.push(id);
  return { text: `Task ${id} is not exists.`, isError: true };
}

function withProject(holder: AccountHolder, id: string, use: (project: Project) => ToolResult): ToolResult {
  const project = holder.account.projects.find((known) => known.id === id);
  if (project) return use(project);
  holder.strangeIds.push(id);
  return { text: `Project ${id} is not exists.`, isError: true };
}

function json(value: object): ToolResult {
  return { text: JSON.stringify(value) };
}

function confirmed(reply: string, value: object): ToolResult {
  return { text: `${reply}\n${JSON.stringify(value)}` };
}

export function shownProject({ id, order, color, name, favorite }: Project): JsonObject {
  return { id, order, color, name, is_favorite: favorite };
}

export function shownItem({ id, order, content, priority, dueDate }: Item): JsonObject {
  return { id, order, content, is_completed: false, priority, due_date: dueDate };
}
