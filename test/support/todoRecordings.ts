import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

const contents = ['Dig', 'Rake', 'Sow', 'Water'];
const projects = [{ order: 1, color: 'charcoal', name: 'Garden', is_favorite: false }];
const tasks = contents.map((content, index) => ({
  order: index + 1,
  content,
  is_completed: false,
  priority: 2,
  due_date: '2031-05-02',
}));

/** Writes a folder with `count` recorded to-do tasks: each asks for another answer, and for one task to be removed. */
export async function writeTodoRecordings(folder: string, count: number): Promise<void> {
  await mkdir(folder, { recursive: true });
  const start = contents.map((content) => ({
    content,
    description: 'outside',
    due_date: '2031-05-02',
    duration: 30,
    duration_unit: 'minute',
    priority: 2,
  }));
  const lines = Array.from({ length: count }, (_, id) => ({
    id,
    goal: `Complete ${contents[id % 3]}, and say ${id}.`,
    subgoals: [String(id)],
    additional_info: {
      answer: { projects, tasks: tasks.filter(({ content }) => content !== contents[id % 3]) },
      init_config: { current_date: '2031-05-01', current_location: 'Elmswick' },
    },
    difficulty: 'easy',
  }));
  await writeFile(
    path.join(folder, 'todo_projects.json'),
    JSON.stringify([{ name: 'Garden', tasks: start }]),
  );
  await writeFile(path.join(folder, 'todo.jsonl'), lines.map((line) => JSON.stringify(line)).join('\n'));
}
