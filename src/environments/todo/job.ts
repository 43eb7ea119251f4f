import type { Difficulty } from '../../contracts/environment.ts';
import type { Rng } from '../../contracts/seed.ts';
import type { ExpectedAnswer } from '../kit/answers.ts';
import type { Account, Change, Item, Project } from './account.ts';

/** What is to be done about an account. */
export interface Plan {
  readonly answer: ExpectedAnswer;
  readonly changes: readonly Change[];
}

/** What has to be read besides the projects, before a plan can be made. */
export interface Reading {
  /** The only project whose tasks matter; absent when all do. */
  readonly project?: string;
  readonly today?: boolean;
  readonly details?: 'durations' | 'descriptions';
}

/** One thing a user wants. */
export interface Job {
  readonly instruction: string;
  readonly reading: Reading;
  /** Completing or deleting a task is the same for this job. */
  readonly eitherRemoval?: boolean;
  /** Plans from what was read; parts of the account that `reading` does not name may be missing. */
  plan(account: Account): Plan;
}

/** A kind of job, with one made up for an account. */
export interface JobTemplate {
  readonly id: string;
  readonly title: string;
  readonly difficulty: Difficulty;
  make(rng: Rng, account: Account): Job;
}

/** A project with its tasks. */
export interface Chosen {
  readonly project: Project;
  readonly items: readonly Item[];
}

export function chooseProject(rng: Rng, account: Account): Chosen {
  const project = rng.pick(account.projects);
  return { project, items: itemsOf(account, project.name) };
}

export function chooseItem(rng: Rng, account: Account): { project: Project; item: Item } {
  const { project, items } = chooseProject(rng, account);
  return { project, item: rng.pick(items) };
}

/** The tasks of the project with this name. */
export function itemsOf(account: Account, projectName: string): readonly Item[] {
  const project = account.projects.find(({ name }) => name === projectName);
  return account.items.filter(({ projectId }) => projectId === project?.id);
}

/** The task with this content; contents differ within an account. */
export function itemsNamed(account: Account, content: string): readonly Item[] {
  return account.items.filter((item) => item.content === content);
}

/** A plan that only answers. */
export function answering(answer: ExpectedAnswer): Plan {
  return { answer, changes: [] };
}

/** What a job that only changes something has for an answer. */
export const done = 'done';
export const answerDone = 'When it is done, answer with the word done.';
