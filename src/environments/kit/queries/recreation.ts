import { SolutionStuck } from '../../../contracts/agent.ts';
import type { Task, Verification } from '../../../contracts/environment.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../contracts/json.ts';
import { createSeed } from '../../../contracts/seed.ts';
import { sameValue } from './compare.ts';
import type { QueryFunction } from './functions.ts';
import { type QueryCall, type Reading, runNow } from './program.ts';
import {
  type RecordedQuestion,
  type RecordedReturns,
  readEvaluation,
  readQuestions,
  readReturns,
} from './recordings.ts';
import { findOut, type Question, queryTask } from './task.ts';
import type { QueryDomain } from './world.ts';

export type Recreated =
  | { readonly kind: 'question'; readonly question: Question }
  | { readonly kind: 'skip'; readonly reason: string };

/** How an environment deals with questions of its original. */
export interface Recreation {
  readonly domain: QueryDomain;
  /** Name of the original's files. */
  readonly files: string;
  /** Before the number of a question in item ids: `movie_`. */
  readonly idPrefix: string;
  /** The question in a world in which the recorded answer holds. */
  recreate(recorded: RecordedQuestion): Recreated;
}

/** Recorded questions, each in a world of its own that was made for it. @throws FILE_UNREADABLE */
export async function importQuestions(recreation: Recreation, folder: string): Promise<readonly Task[]> {
  const questions = await readQuestions(folder, recreation.files);
  return questions.flatMap((each) => {
    const attempt = tried(recreation, each);
    if (attempt.kind === 'skip') return [];
    const id = `${recreation.idPrefix}${each.id}`;
    const { question } = attempt;
    const finding = { ...findOut(question), answer: each.answer };
    const facts = { id, template: 'recorded', difficulty: each.difficulty, seed: createSeed(id), finding };
    return [queryTask(recreation.domain, question, { ...facts, subgoals: each.subgoals })];
  });
}

/**
 * Answers the recorded evaluation questions. A step is a call of the program; it is equal when its result has the
 * recorded shape. An episode has the recorded reward when the program ends with the recorded answer.
 * @throws FILE_UNREADABLE
 */
export async function verifyQuestions(
  environment: string,
  recreation: Recreation,
  folder: string,
): Promise<Verification> {
  const recorded = await readQuestions(folder, recreation.files);
  const returns = await readReturns(folder, recreation.files);
  const wanted = await readEvaluation(folder, recreation.files);
  const isWanted = (id: number): boolean => wanted === 'all' || wanted.includes(id);
  const runs = recorded
    .filter(({ id }) => isWanted(id))
    .map((each) => ({ id: each.id, run: replay(recreation, each, returns) }));
  const missing = wanted === 'all' ? [] : wanted.filter((id) => !recorded.some((each) => each.id === id));
  const skipped = [
    ...runs.flatMap(({ id, run: { reason } }) => (reason === undefined ? [] : [{ id, reason }])),
    ...missing.map((id) => ({ id, reason: 'The recordings hold no question with this number' })),
    ...recorded
      .filter(({ id }) => !isWanted(id))
      .map((each) => ({ id: each.id, reason: aside(recreation, each) })),
  ];
  return {
    environment,
    episodes: runs.length,
    steps: runs.reduce((total, { run }) => total + run.steps, 0),
    equalSteps: runs.reduce((total, { run }) => total + run.equal, 0),
    equalEpisodes: runs.filter(({ run }) => run.steps > 0 && run.steps === run.equal).length,
    rewardEpisodes: runs.filter(({ run }) => run.rewarded).length,
    skipped: skipped.map(({ id, reason }) => ({ id: `${recreation.idPrefix}${id}`, reason })),
  };
}

interface Replay {
  readonly steps: number;
  readonly equal: number;
  readonly rewarded: boolean;
  /** Why the question was not answered as recorded. */
  readonly reason?: string;
}

/** A question can be read, and a world for its answer can be made. */
function tried(recreation: Recreation, recorded: RecordedQuestion): Recreated {
  const recreated = recreation.recreate(recorded);
  if (recreated.kind === 'skip') return recreated;
  try {
    const { answer } = findOut(recreated.question);
    return sameValue(answer, recorded.answer) ? recreated : { kind: 'skip', reason: otherAnswer };
  } catch (error) {
    if (!(error instanceof SolutionStuck)) throw error;
    return { kind: 'skip', reason: stuck(error) };
  }
}

const otherAnswer = 'The program finds another answer';

function stuck(error: SolutionStuck): string {
  return `The program finds no answer: ${error.message}`;
}

function aside(recreation: Recreation, recorded: RecordedQuestion): string {
  const attempt = tried(recreation, recorded);
  return attempt.kind === 'skip'
    ? `No evaluation question. ${attempt.reason}`
    : 'No evaluation question; the program finds the recorded answer';
}

function replay(
  recreation: Recreation,
  recorded: RecordedQuestion,
  returns: ReadonlyMap<string, RecordedReturns>,
): Replay {
  const recreated = recreation.recreate(recorded);
  if (recreated.kind === 'skip') return { steps: 0, equal: 0, rewarded: false, reason: recreated.reason };
  const { question } = recreated;
  const { functions } = question.open();
  const count = { steps: 0, equal: 0 };
  const look = (call: QueryCall): Reading => {
    const value = called(functions, call);
    count.steps++;
    if (value !== undefined && fits(value, returns.get(call.tool))) count.equal++;
    return (schema) => {
      const parsed = schema.safeParse(value);
      if (!parsed.success) throw new SolutionStuck(`The result of ${call.tool} cannot be read`);
      return parsed.data;
    };
  };
  try {
    const answer = runNow(question.program(), look);
    const rewarded = sameValue(answer, recorded.answer);
    return { ...count, rewarded, ...(!rewarded && { reason: otherAnswer }) };
  } catch (error) {
    if (!(error instanceof SolutionStuck)) throw error;
    return { ...count, rewarded: false, reason: stuck(error) };
  }
}

function called(functions: readonly QueryFunction[], { tool, args }: QueryCall): JsonValue | undefined {
  const query = functions.find(({ name }) => name === tool);
  const parsed = query?.input.safeParse(args);
  const result = parsed?.success ? query?.run(parsed.data) : undefined;
  return result?.kind === 'value' ? result.value : undefined;
}

/** The recorded type, with all recorded members. */
function fits(value: JsonValue, returns: RecordedReturns | undefined): boolean {
  if (!returns) return true;
  const ofType = returns.type === undefined || returns.type === typeOf(value);
  return (
    ofType &&
    returns.members.every((name) => isJsonObject(value) && (value as JsonObject)[name] !== undefined)
  );
}

function typeOf(value: JsonValue): string {
  return Array.isArray(value) ? 'array' : typeof value;
}
