import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Environment, Task } from '../../../../src/contracts/environment.ts';
import type { JsonObject, JsonValue } from '../../../../src/contracts/json.ts';
import type { QuerySession } from '../../../../src/environments/kit/queries/functions.ts';
import { openStage } from '../../../support/actor.ts';

/** Where recordings of the originals lie, when there are any. */
export const recordings = path.resolve('..', 'shared', 'data', 'fidelity');
export const haveRecordings = existsSync(path.join(recordings, 'tool', 'movie.jsonl'));

export interface Written {
  readonly id: number;
  readonly goal: string;
  readonly answer: JsonValue;
  readonly subgoals?: readonly JsonValue[];
  readonly setting?: { readonly current_date: string; readonly current_location: string };
}

/** Writes questions in the format of the original, uses the folder, and removes it. */
export async function withQuestions<T>(
  name: string,
  { questions, ids, raw }: { questions: readonly Written[]; ids?: readonly string[]; raw?: JsonValue },
  use: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(path.join(tmpdir(), 'safemcp-questions-'));
  try {
    mkdirSync(path.join(folder, 'tool'));
    mkdirSync(path.join(folder, 'ids'));
    const lines = questions.map(({ id, goal, answer, subgoals = [answer], setting = null }) =>
      JSON.stringify({
        id,
        goal,
        subgoals,
        additional_info: { answer, init_config: setting, goal_type: 0, tool: name },
        difficulty: 'hard',
      }),
    );
    writeFileSync(path.join(folder, 'tool', `${name}.jsonl`), `${lines.join('\n')}\n`);
    writeFileSync(
      path.join(folder, 'tool', `${name}_raw.json`),
      JSON.stringify(raw ?? { tool_set_message: [] }),
    );
    if (ids)
      writeFileSync(
        path.join(folder, 'ids', `${name}_test.json`),
        JSON.stringify(ids.map((item_id) => ({ item_id }))),
      );
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Numbers of the questions that end with the recorded answer, and why others do not. */
export async function verified(
  environment: Environment,
  folder: string,
): Promise<{
  readonly rewarded: number;
  readonly episodes: number;
  readonly reasons: Record<string, string>;
}> {
  const result = await environment.verify?.(folder);
  if (!result) throw new Error('nothing to verify');
  const { rewardEpisodes: rewarded, episodes, skipped } = result;
  return { rewarded, episodes, reasons: Object.fromEntries(skipped.map(({ id, reason }) => [id, reason])) };
}

/** What a function of a session says: a value, or the text of an error. */
export function said(session: QuerySession, name: string, args: JsonObject): JsonValue {
  const query = session.functions.find((each) => each.name === name);
  if (!query) throw new Error(`There is no ${name}`);
  const result = query.run(query.input.parse(args));
  return result.kind === 'value' ? result.value : `error: ${result.text}`;
}

/** The same in the original's form. */
export function saidOriginally(session: QuerySession, name: string, args: JsonObject): JsonValue {
  const query = session.functions.find((each) => each.name === name);
  if (!query) throw new Error(`There is no ${name}`);
  const result = (query.runOriginal ?? query.run)(query.input.parse(args));
  return result.kind === 'value' ? result.value : `error: ${result.text}`;
}

/** The answer of a task's reference solution, and the tools it called. */
export async function solved(
  task: Task,
): Promise<{ readonly answer: string; readonly calls: readonly string[] }> {
  const stage = await openStage(task);
  const calls: string[] = [];
  try {
    const answer = await stage.world.solve({
      ...stage.actor,
      call(service, tool, args) {
        calls.push(tool);
        return stage.actor.call(service, tool, args);
      },
    });
    return { answer, calls };
  } finally {
    await stage.close();
  }
}

/** Texts in double quotes. */
export function quotedIn(text: string): string[] {
  return [...text.matchAll(/"([^"]+)"/g)].map(([, inner = '']) => inner);
}
