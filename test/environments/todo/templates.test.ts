import { describe, expect, test } from 'vitest';
import type { Actor, Task } from '../../../src/contracts/environment.ts';
import { createSeed } from '../../../src/contracts/seed.ts';
import { todo } from '../../../src/environments/todo/index.ts';
import { openStage } from '../../support/actor.ts';

interface State {
  readonly projects: readonly { id: string; name: string; favorite: boolean }[];
  readonly tasks: readonly TaskState[];
}

interface TaskState {
  readonly id: string;
  readonly projectId: string;
  readonly content: string;
  readonly description: string;
  readonly priority: number;
  readonly duration: number;
  readonly dueDate: string;
  readonly status: string;
}

/** What a fresh account holds, what the reference solution answers, and the account after it. */
interface Solved {
  readonly before: State;
  readonly after: State;
  readonly today: string;
  readonly answer: string;
  readonly calls: readonly string[];
  /** The words in quotes in the instruction, and its numbers. */
  readonly quoted: readonly string[];
  readonly numbers: readonly number[];
  readonly instruction: string;
}

async function solve(task: Task): Promise<Solved> {
  const { world, actor } = await openStage(task);
  const before = (await world.snapshot()) as unknown as State;
  const calls: string[] = [];
  const noting: Actor = {
    ...actor,
    call(service, tool, args) {
      calls.push(tool);
      return actor.call(service, tool, args);
    },
  };
  const answer = await world.solve(noting);
  const today = await actor.call('todo', 'get_user_current_date', {});
  const { instruction } = task;
  return {
    before,
    after: (await world.snapshot()) as unknown as State,
    today: today.text,
    answer,
    calls,
    quoted: [...instruction.matchAll(/"([^"]+)"/g)].map(([, text]) => text ?? ''),
    numbers: [...instruction.matchAll(/\d+/g)].map(([text]) => Number(text)),
    instruction,
  };
}

function inProject({ before }: Solved, name = ''): readonly TaskState[] {
  const id = before.projects.find((project) => project.name === name)?.id;
  return before.tasks.filter(({ projectId }) => projectId === id);
}

function daysLater(date: string, days = 0): string {
  return new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);
}

function minutes(tasks: readonly TaskState[]): number {
  return tasks.map(({ duration }) => duration).reduce((sum, each) => sum + each, 0);
}

/** Contents of the tasks that differ afterwards, with what became of them. */
function changed({ before, after }: Solved): Record<string, string> {
  const pairs = before.tasks.map((task, index) => [task, after.tasks[index] ?? task] as const);
  return Object.fromEntries(
    pairs
      .filter(([was, is]) => was.status !== is.status || was.dueDate !== is.dueDate)
      .map(([was, is]) => [was.content, is.status === 'open' ? is.dueDate : is.status]),
  );
}

function each(tasks: readonly TaskState[], what: string): Record<string, string> {
  return Object.fromEntries(tasks.map(({ content }) => [content, what]));
}

/** What the instruction asks for, worked out from its words and the whole account. */
const oracles: Record<string, (solved: Solved) => { answer: string; changed: Record<string, string> }> = {
  'due-date': (it) => ({
    answer: inProject(it, it.quoted[1]).find(({ content }) => content === it.quoted[0])?.dueDate ?? '',
    changed: {},
  }),
  'count-priority': (it) => ({
    answer: String(inProject(it, it.quoted[0]).filter(({ priority }) => priority === it.numbers[0]).length),
    changed: {},
  }),
  'longest-task': (it) => ({
    answer: inProject(it, it.quoted[0]).toSorted((a, b) => b.duration - a.duration)[0]?.content ?? '',
    changed: {},
  }),
  'total-duration': (it) => ({ answer: String(minutes(inProject(it, it.quoted[0]))), changed: {} }),
  'task-at-place': (it) => {
    const place = /takes place at (.+)\? Answer/.exec(it.instruction)?.[1];
    const found = inProject(it, it.quoted[0]).filter((task) =>
      task.description.includes(`Place: ${place}\n`),
    );
    return { answer: found.map(({ content }) => content).join(' and '), changed: {} };
  },
  'due-soon': (it) => {
    const days = Array.from({ length: it.numbers[0] ?? 0 }, (_, index) => daysLater(it.today, index + 1));
    const soon = it.before.tasks.filter(({ dueDate }) => days.includes(dueDate));
    return { answer: soon.map(({ content }) => content).join(', '), changed: {} };
  },
  'complete-task': (it) => ({ answer: 'done', changed: { [it.quoted[0] ?? '']: 'completed' } }),
  'postpone-task': (it) => {
    const task = inProject(it, it.quoted[1]).find(({ content }) => content === it.quoted[0]);
    return {
      answer: 'done',
      changed: { [it.quoted[0] ?? '']: daysLater(task?.dueDate ?? '', it.numbers[0]) },
    };
  },
  'favorite-project': () => ({ answer: 'done', changed: {} }),
  'only-favorite': () => ({ answer: 'done', changed: {} }),
  'most-urgent': (it) => {
    const rank = (task: TaskState): string => `${9 - task.priority} ${task.dueDate}`;
    const [first] = inProject(it, it.quoted[0]).toSorted((a, b) => rank(a).localeCompare(rank(b)));
    return { answer: first?.content ?? '', changed: { [first?.content ?? '']: 'completed' } };
  },
  'clear-overdue': (it) => {
    const late = it.before.tasks.filter(({ dueDate }) => dueDate < it.today);
    return { answer: String(late.length), changed: each(late, 'deleted') };
  },
  'postpone-project': (it) => {
    const [days, spared] = it.numbers;
    const moved = inProject(it, it.quoted[0]).filter(({ priority }) => priority !== spared);
    return { answer: 'done', changed: each(moved, daysLater(it.today, days)) };
  },
  'complete-and-total': (it) => {
    const tasks = inProject(it, it.quoted[0]);
    const late = tasks.filter(({ dueDate }) => dueDate < it.today);
    return { answer: String(minutes(tasks) - minutes(late)), changed: each(late, 'completed') };
  },
};

/** What should be a favorite afterwards, for the templates that change favorites. */
const favorites: Record<string, (solved: Solved) => readonly string[]> = {
  'favorite-project': (it) => {
    const id = it.before.tasks.find(({ content }) => content === it.quoted[0])?.projectId;
    return it.before.projects
      .filter((project) => project.favorite || project.id === id)
      .map(({ name }) => name);
  },
  'only-favorite': (it) => [it.quoted[0] ?? ''],
};

describe.each(todo.templates.map(({ id }, index) => ({ id, index })))('$id', ({ id, index }) => {
  test('the reference solution does what the instruction says', async () => {
    for (let round = 0; round < 25; round++) {
      const task = todo.task(createSeed('oracle'), index + round * todo.templates.length);
      const solved = await solve(task);
      const seen = { answer: solved.answer, changed: changed(solved) };
      expect(seen, task.instruction).toEqual(oracles[id]?.(solved));
      const names = solved.after.projects.filter(({ favorite }) => favorite).map(({ name }) => name);
      const unchanged = solved.before.projects.filter(({ favorite }) => favorite).map(({ name }) => name);
      expect(names, task.instruction).toEqual(favorites[id]?.(solved) ?? unchanged);
    }
  });

  test('the reference solution looks before it acts, within a model-sized number of calls', async () => {
    const { calls } = await solve(todo.task(createSeed('calls'), index));
    const first = calls.findIndex((tool) => !tool.startsWith('get_'));
    expect(calls.slice(0, first < 0 ? undefined : first).length).toBeGreaterThan(0);
    expect(calls.length).toBeLessThanOrEqual(30);
  });
});
