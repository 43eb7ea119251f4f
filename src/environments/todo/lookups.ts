import { type Item, laterDate } from './account.ts';
import { answering, chooseItem, chooseProject, itemsNamed, itemsOf, type JobTemplate } from './job.ts';

const nameOnly = 'Answer with the name of the task only.';
const numberOnly = 'Answer with the number only.';

/** Jobs that change nothing. */
export const lookups: readonly JobTemplate[] = [
  {
    id: 'due-date',
    title: 'Find when a task is due',
    difficulty: 'easy',
    make(rng, account) {
      const { project, item } = chooseItem(rng, account);
      return {
        instruction: `When is the task "${item.content}" of the project "${project.name}" due? Answer with the date only, as YYYY-MM-DD.`,
        reading: { project: project.name },
        plan: (seen) => answering(itemsNamed(seen, item.content).map(({ dueDate }) => dueDate)[0] ?? ''),
      };
    },
  },
  {
    id: 'count-priority',
    title: 'Count the tasks of a priority',
    difficulty: 'easy',
    make(rng, account) {
      const { project, item } = chooseItem(rng, account);
      return {
        instruction: `How many tasks of the project "${project.name}" have priority ${item.priority}? ${numberOnly}`,
        reading: { project: project.name },
        plan: (seen) =>
          answering(itemsOf(seen, project.name).filter(({ priority }) => priority === item.priority).length),
      };
    },
  },
  {
    id: 'longest-task',
    title: 'Find the longest task of a project',
    difficulty: 'medium',
    make(rng, account) {
      const { project } = chooseProject(rng, account);
      return {
        instruction: `Which task of the project "${project.name}" takes the longest? ${nameOnly}`,
        reading: { project: project.name, details: 'durations' },
        plan: (seen) => answering(longest(itemsOf(seen, project.name))),
      };
    },
  },
  {
    id: 'total-duration',
    title: 'Add up the durations of a project',
    difficulty: 'medium',
    make(rng, account) {
      const { project } = chooseProject(rng, account);
      return {
        instruction: `How many minutes do all tasks of the project "${project.name}" take together? ${numberOnly}`,
        reading: { project: project.name, details: 'durations' },
        plan: (seen) => answering(totalMinutes(itemsOf(seen, project.name))),
      };
    },
  },
  {
    id: 'task-at-place',
    title: 'Find the task that takes place somewhere',
    difficulty: 'medium',
    make(rng, account) {
      const { project, item } = chooseItem(rng, account);
      const place = placeOf(item);
      return {
        instruction: `Which task of the project "${project.name}" takes place at ${place}? ${nameOnly}`,
        reading: { project: project.name, details: 'descriptions' },
        plan: (seen) =>
          answering(itemsOf(seen, project.name).find((other) => placeOf(other) === place)?.content ?? ''),
      };
    },
  },
  {
    id: 'due-soon',
    title: 'List the tasks due within some days',
    difficulty: 'hard',
    make(rng) {
      const days = rng.int(6, 10);
      return {
        instruction: `Which tasks of all projects are due after today and at most ${days} days from today? Answer with their names only, separated by commas.`,
        reading: { today: true },
        plan: (seen) => {
          const last = laterDate(seen.today, days);
          const soon = seen.items.filter(({ dueDate }) => dueDate > seen.today && dueDate <= last);
          return answering(soon.map(({ content }) => content));
        },
      };
    },
  },
];

export function totalMinutes(items: readonly Item[]): number {
  return items.reduce((sum, { duration }) => sum + duration, 0);
}

function longest(items: readonly Item[]): string {
  const most = Math.max(...items.map(({ duration }) => duration));
  return items.find(({ duration }) => duration === most)?.content ?? '';
}

function placeOf({ description }: Item): string {
  const line = description.split('\n').find((each) => each.startsWith('- Place: '));
  return line?.slice('- Place: '.length) ?? '';
}
