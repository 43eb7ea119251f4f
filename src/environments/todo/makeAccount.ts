import type { Rng } from '../../contracts/seed.ts';
import { type Account, type Item, laterDate, type Project } from './account.ts';
import { cities, colors, helpers, places, themes, tips } from './accountNames.ts';

const firstDay = '2031-01-01';

/** Offsets of due dates from today: overdue, this week, later. */
const dueRanges = [
  [-9, -1],
  [1, 6],
  [8, 30],
] as const;

/**
 * An account with four or five projects. Each project has an overdue task, one due within a week and a later one;
 * within a project durations, places and due dates differ; contents differ within the account.
 */
export function makeAccount(rng: Rng): Account {
  const today = laterDate(firstDay, rng.int(0, 1500));
  const names = rng.sample(Object.keys(themes), rng.int(4, 5));
  const ids = uniqueIds(rng, 64);
  const favorite = rng.int(0, names.length - 1);
  const projects = names.map((name, index) => ({
    id: nextId(ids),
    order: index + 1,
    name,
    color: rng.pick(colors),
    favorite: index === favorite,
  }));
  const items = projects.flatMap((project) => makeItems(rng, project, today, ids));
  return { today, city: rng.pick(cities), projects, items };
}

/** A project that somebody else has opened to the user, without tasks; its name is up to them. */
export function makeSharedProject(rng: Rng, { projects }: Account): Omit<Project, 'name'> {
  // Ids of the user's own things are greater.
  const id = String(rng.int(1_000_000_000, 1_999_999_999));
  return { id, order: projects.length + 1, color: rng.pick(colors), favorite: false };
}

function makeItems(rng: Rng, project: Project, today: string, ids: string[]): Item[] {
  const contents = rng.sample(themes[project.name] ?? [], rng.int(3, 6));
  const durations = rng.sample([10, 15, 20, 25, 30, 40, 45, 50, 60, 75, 90, 120, 150], contents.length);
  const sites = rng.sample(places, contents.length);
  const days = rng.shuffle(dueOffsets(rng, contents.length));
  return contents.map((content, index) => ({
    id: nextId(ids),
    projectId: project.id,
    order: index + 1,
    content,
    description: `- Place: ${sites[index]}\n- Contact: ${rng.pick(helpers)}\n- Tip: ${rng.pick(tips)}`,
    priority: rng.int(1, 4),
    duration: durations[index] ?? 30,
    dueDate: laterDate(today, days[index] ?? 1),
    status: 'open',
  }));
}

function dueOffsets(rng: Rng, count: number): number[] {
  const offsets = new Set<number>();
  for (const [from, to] of dueRanges) offsets.add(rng.int(from, to));
  while (offsets.size < count) {
    const [from, to] = rng.pick(dueRanges);
    offsets.add(rng.int(from, to));
  }
  return [...offsets];
}

function uniqueIds(rng: Rng, count: number): string[] {
  const ids = new Set<string>();
  while (ids.size < count) ids.add(String(rng.int(2_000_000_000, 2_147_483_000)));
  return [...ids];
}

function nextId(ids: string[]): string {
  const id = ids.pop();
  if (id === undefined) throw new RangeError('No ids are left');
  return id;
}
