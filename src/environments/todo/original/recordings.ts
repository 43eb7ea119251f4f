import { z } from 'zod';
import { openToolRecordings } from '../../kit/recordings.ts';
import type { Account } from '../account.ts';

const text = z.string().max(10_000);
const projects = z
  .array(
    z.object({
      name: text,
      tasks: z
        .array(
          z.object({
            content: text,
            description: text,
            due_date: z.iso.date(),
            duration: z.number().min(0).max(1_000_000),
            duration_unit: z.literal('minute'),
            priority: z.int().min(1).max(4),
          }),
        )
        .max(1_000),
    }),
  )
  .max(1_000);

const projectState = z.object({
  order: z.int(),
  color: text,
  name: text,
  is_favorite: z.boolean(),
});
const itemState = z.object({
  order: z.int(),
  content: text,
  is_completed: z.boolean(),
  priority: z.int(),
  due_date: text,
});
const state = z.object({
  projects: z.array(projectState).max(1_000),
  tasks: z.array(itemState).max(10_000),
});
const answer = z.union([text, z.number(), z.array(text).max(1_000)]);
const line = z.object({
  id: z.int().min(0),
  goal: text.min(1),
  subgoals: z.array(z.unknown()).max(100),
  additional_info: z.object({
    answer: z.unknown(),
    init_config: z.object({ current_date: z.iso.date(), current_location: text }).partial().nullish(),
  }),
  difficulty: z.string().max(40).optional(),
});

/** Projects and tasks as the original shows them at the end, without ids. */
export type RecordedState = z.output<typeof state>;

/** A task of the original. */
export interface RecordedTask {
  readonly id: string;
  readonly goal: string;
  readonly difficulty: string;
  readonly account: Account;
  /** Absent when what is recorded is no such state. */
  readonly end: RecordedState | undefined;
  /** What has to be said at the end; absent when there is not exactly one answer. */
  readonly answer: z.output<typeof answer> | undefined;
}

/** Reads todo_projects.json and todo.jsonl. @throws FILE_UNREADABLE */
export async function readTasks(folder: string): Promise<readonly RecordedTask[]> {
  const files = await openToolRecordings(folder, 'todo');
  const start = accountOf(await files.json('todo_projects.json', projects));
  const lines = await files.jsonLines('todo.jsonl', line);
  return lines.map(({ id, goal, subgoals, additional_info, difficulty = '' }) => {
    const { current_date: today = '', current_location: city = '' } = additional_info.init_config ?? {};
    const said = subgoals.length === 1 ? answer.safeParse(subgoals[0]) : undefined;
    return {
      id: `todo_${id}`,
      goal,
      difficulty,
      account: { ...start, today, city },
      end: state.safeParse(additional_info.answer).data,
      answer: said?.data,
    };
  });
}

/** Ids are made up; the original takes what its service gives. No project is a favorite at the start. */
function accountOf(read: z.output<typeof projects>): Account {
  const firstId = 2_200_000_000;
  let nextId = firstId + read.length;
  return {
    today: '',
    city: '',
    projects: read.map(({ name }, index) => ({
      id: String(firstId + index),
      order: index + 1,
      name,
      color: 'charcoal',
      favorite: false,
    })),
    items: read.flatMap(({ tasks }, project) =>
      tasks.map(({ content, description, due_date, duration, priority }, index) => ({
        id: String(nextId++),
        projectId: String(firstId + project),
        order: index + 1,
        content,
        description,
        priority,
        duration,
        dueDate: due_date,
        status: 'open' as const,
      })),
    ),
  };
}
