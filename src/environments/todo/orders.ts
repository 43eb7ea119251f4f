import { type Account, type Change, type Item, laterDate } from './account.ts';
import { answerDone, chooseItem, chooseProject, done, itemsNamed, itemsOf, type JobTemplate } from './job.ts';
import { totalMinutes } from './lookups.ts';

/** Jobs that change the account. */
export const orders: readonly JobTemplate[] = [
  {
    id: 'complete-task',
    title: 'Complete a task',
    difficulty: 'easy',
    make(rng, account) {
      const { project, item } = chooseItem(rng, account);
      return {
        instruction: `Complete the task "${item.content}" of the project "${project.name}". ${answerDone}`,
        reading: { project: project.name },
        plan: (seen) => ({ answer: done, changes: itemsNamed(seen, item.content).map(completing) }),
      };
    },
  },
  {
    id: 'postpone-task',
    title: 'Move the due date of a task',
    difficulty: 'easy',
    make(rng, account) {
      const { project, item } = chooseItem(rng, account);
      const days = rng.int(2, 9);
      return {
        instruction: `Move the due date of the task "${item.content}" of the project "${project.name}" to ${days} days later than it is now. ${answerDone}`,
        reading: { project: project.name },
        plan: (seen) => ({
          answer: done,
          changes: itemsNamed(seen, item.content).map((it) => dueOn(it, laterDate(it.dueDate, days))),
        }),
      };
    },
  },
  {
    id: 'favorite-project',
    title: 'Mark the project of a task as a favorite',
    difficulty: 'medium',
    make(rng, account) {
      const plain = account.projects.filter(({ favorite }) => !favorite);
      const item = rng.pick(itemsOf(account, rng.pick(plain).name));
      return {
        instruction: `Mark the project that holds the task "${item.content}" as a favorite. ${answerDone}`,
        reading: {},
        plan: (seen) => ({
          answer: done,
          changes: itemsNamed(seen, item.content).map(({ projectId }) => favoring(projectId, true)),
        }),
      };
    },
  },
  {
    id: 'only-favorite',
    title: 'Make a project the only favorite',
    difficulty: 'medium',
    make(rng, account) {
      const { name } = rng.pick(account.projects.filter(({ favorite }) => !favorite));
      return {
        instruction: `Make the project "${name}" the only favorite project. ${answerDone}`,
        reading: { project: name },
        plan: ({ projects }) => ({
          answer: done,
          changes: projects
            .filter((project) => project.favorite !== (project.name === name))
            .map((project) => favoring(project.id, project.name === name)),
        }),
      };
    },
  },
  {
    id: 'most-urgent',
    title: 'Complete the most urgent task of a project',
    difficulty: 'medium',
    make(rng, account) {
      const { project } = chooseProject(rng, account);
      return {
        instruction: `Complete the task with the highest priority of the project "${project.name}" (4 is the highest); among equals, the one that is due first. Answer with the name of that task only.`,
        reading: { project: project.name },
        plan: (seen) => {
          const [first] = itemsOf(seen, project.name).toSorted(
            (a, b) => b.priority - a.priority || (a.dueDate < b.dueDate ? -1 : 1),
          );
          return { answer: first?.content ?? '', changes: first ? [completing(first)] : [] };
        },
      };
    },
  },
  {
    id: 'clear-overdue',
    title: 'Delete all overdue tasks',
    difficulty: 'hard',
    make: () => ({
      instruction:
        'Delete every task of all projects that was due before today. Answer with how many that were, the number only.',
      reading: { today: true },
      plan: (seen) => {
        const late = overdue(seen, seen.items);
        return { answer: late.length, changes: late.map(({ id }) => ({ kind: 'delete', itemId: id })) };
      },
    }),
  },
  {
    id: 'postpone-project',
    title: 'Postpone the tasks of a project, with an exception',
    difficulty: 'hard',
    make(rng, account) {
      const { project, items } = chooseProject(rng, account);
      // A priority that not all tasks have, so that there is something to do.
      const spared = rng.pick(
        [1, 2, 3, 4].filter((priority) => items.some((item) => item.priority !== priority)),
      );
      const days = rng.int(40, 60);
      return {
        instruction: `Set the due date of all tasks of the project "${project.name}" to ${days} days from today, except those with priority ${spared}. ${answerDone}`,
        reading: { project: project.name, today: true },
        plan: (seen) => ({
          answer: done,
          changes: itemsOf(seen, project.name)
            .filter(({ priority }) => priority !== spared)
            .map((item) => dueOn(item, laterDate(seen.today, days))),
        }),
      };
    },
  },
  {
    id: 'complete-and-total',
    title: 'Complete the overdue tasks of a project and add up the rest',
    difficulty: 'hard',
    make(rng, account) {
      const { project } = chooseProject(rng, account);
      return {
        instruction: `Complete the tasks of the project "${project.name}" that were due before today. Then answer with how many minutes the remaining tasks of that project take together, the number only.`,
        reading: { project: project.name, today: true, details: 'durations' },
        plan: (seen) => {
          const items = itemsOf(seen, project.name);
          const late = overdue(seen, items);
          return {
            answer: totalMinutes(items.filter((item) => !late.includes(item))),
            changes: late.map(completing),
          };
        },
      };
    },
  },
];

function overdue({ today }: Account, items: readonly Item[]): readonly Item[] {
  return items.filter(({ dueDate }) => dueDate < today);
}

function completing({ id }: Item): Change {
  return { kind: 'complete', itemId: id };
}

function dueOn({ id }: Item, dueDate: string): Change {
  return { kind: 'due', itemId: id, dueDate };
}

function favoring(projectId: string, favorite: boolean): Change {
  return { kind: 'favorite', projectId, favorite };
}
