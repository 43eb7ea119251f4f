import path from 'node:path';
import { z } from 'zod';
import type { JsonValue } from '../../../contracts/json.ts';
import { openRecordings, openToolRecordings, type RecordingsFolder } from '../recordings.ts';

const anyValue = z.json() as z.ZodType<JsonValue>;

const questionShape = z.object({
  id: z.int().nonnegative(),
  goal: z.string().min(1).max(5_000),
  subgoals: z.array(anyValue).min(1).max(100),
  difficulty: z.enum(['easy', 'hard']).optional(),
  additional_info: z.object({
    answer: anyValue,
    init_config: z
      .object({ current_date: z.iso.date(), current_location: z.string().min(1).max(200) })
      .nullish(),
  }),
});

const toolShape = z.object({
  tool_set_message: z.array(
    z.object({
      name: z.string(),
      returns: z
        .object({
          type: z.enum(['object', 'array', 'string', 'number', 'integer', 'boolean']).optional(),
          properties: z.record(z.string(), z.unknown()).optional(),
        })
        .optional(),
    }),
  ),
});

/** Item ids end with the number of the question. */
const idsShape = z
  .array(z.object({ item_id: z.string().regex(/_\d{1,9}$/, 'no item id that ends with a number') }))
  .max(100_000);

/** A question of the original with its recorded answer. */
export interface RecordedQuestion {
  readonly id: number;
  readonly text: string;
  readonly answer: JsonValue;
  readonly subgoals: readonly JsonValue[];
  readonly difficulty: 'easy' | 'hard';
  readonly setting?: { readonly date: string; readonly location: string };
}

/** What a tool of the original is said to return. */
export interface RecordedReturns {
  readonly type?: string;
  readonly members: readonly string[];
}

/**
 * Reads NAME.jsonl from the folder that holds `tool` and `ids`, or from `tool` itself.
 * @throws FILE_UNREADABLE
 */
export async function readQuestions(folder: string, name: string): Promise<readonly RecordedQuestion[]> {
  const tool = await openToolRecordings(folder, name);
  return (await tool.jsonLines(`${name}.jsonl`, questionShape)).map(question);
}

/** What the tools are said to return in NAME_raw.json, by name. @throws FILE_UNREADABLE */
export async function readReturns(
  folder: string,
  name: string,
): Promise<ReadonlyMap<string, RecordedReturns>> {
  const tool = await openToolRecordings(folder, name);
  return returnsIn(await tool.json(`${name}_raw.json`, toolShape));
}

function returnsIn({
  tool_set_message: tools,
}: z.output<typeof toolShape>): ReadonlyMap<string, RecordedReturns> {
  return new Map(
    tools.flatMap(({ name, returns }) => {
      if (!returns) return [];
      const members = Object.keys(returns.properties ?? {});
      return [[name, { ...(returns.type && { type: returns.type }), members }] as const];
    }),
  );
}

/** Numbers of the evaluation questions; all questions are meant when there is no list. @throws FILE_UNREADABLE */
export async function readEvaluation(folder: string, name: string): Promise<readonly number[] | 'all'> {
  const whole = path.resolve(folder);
  const above = path.basename(whole) === 'tool' ? path.dirname(whole) : whole;
  const given = await openRecordings(above, `docs/environments/${name}.md`);
  const file = given.has('ids') ? await listOf(given, name) : undefined;
  if (file === undefined) return 'all';
  const ids = await given.json(file, idsShape);
  return ids.map(({ item_id }) => Number(item_id.slice(item_id.lastIndexOf('_') + 1)));
}

async function listOf(given: RecordingsFolder, name: string): Promise<string | undefined> {
  const names = await given.names('ids');
  const file = [`tool_${name}_test.json`, `${name}_test.json`].find((each) => names.includes(each));
  return file && path.join('ids', file);
}

function question(read: z.output<typeof questionShape>): RecordedQuestion {
  const { init_config: setting, answer } = read.additional_info;
  return {
    id: read.id,
    text: read.goal,
    answer,
    subgoals: read.subgoals,
    difficulty: read.difficulty ?? 'hard',
    ...(setting && { setting: { date: setting.current_date, location: setting.current_location } }),
  };
}
