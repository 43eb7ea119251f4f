import { z } from 'zod';
import { messageOf, SafeMcpError } from '../../../contracts/errors.ts';
import { openToolRecordings } from '../../kit/recordings.ts';
import type { Grid, Sheet } from '../grid/sheet.ts';
import { readWorkbook } from '../xlsx/readWorkbook.ts';
import { UnfitWorkbook } from '../xlsx/unfit.ts';

const workbookFile = 'sheet_workbook.xlsx';
/** Sheets that hold answers and are no part of the world. */
const answerSheet = /^Answer/;

const grid = z.array(z.array(z.string().max(10_000)).max(1_000)).max(10_000);
const line = z.object({
  id: z.int().min(0),
  goal: z.string().min(1).max(10_000),
  subgoals: z.string().max(1_000_000),
  additional_info: z.object({ answer: z.string().max(10_000_000) }),
  difficulty: z.string().max(40).optional(),
});

/** A task of the original. */
export interface RecordedTask {
  readonly id: string;
  readonly goal: string;
  readonly difficulty: string;
  /** Name of the sheet that the goal names. */
  readonly sheet: string;
  /** Absent when what is recorded is no grid of texts. */
  readonly answer: Grid | undefined;
  /** Calls that are said to lead to the answer. */
  readonly path: string;
}

export interface Recordings {
  readonly tasks: readonly RecordedTask[];
  /** All sheets but the answers. */
  readonly sheets: readonly Sheet[];
}

/** Reads sheet.jsonl and sheet_workbook.xlsx. @throws FILE_UNREADABLE */
export async function readRecordings(folder: string): Promise<Recordings> {
  const files = await openToolRecordings(folder, 'sheet');
  const lines = await files.jsonLines('sheet.jsonl', line);
  const sheets = sheetsIn(await files.bytes(workbookFile), folder);
  return {
    sheets,
    tasks: lines.map(({ id, goal, subgoals, additional_info, difficulty = '' }) => ({
      id: `tool_sheet_${id}`,
      goal,
      difficulty,
      sheet: /"(Sheet\d{1,2})"/.exec(goal)?.[1] ?? `Sheet${id + 1}`,
      answer: answerIn(additional_info.answer),
      path: subgoals,
    })),
  };
}

function sheetsIn(bytes: Buffer, folder: string): readonly Sheet[] {
  try {
    return readWorkbook(bytes, (name) => !answerSheet.test(name));
  } catch (error) {
    if (!(error instanceof UnfitWorkbook)) throw error;
    throw new SafeMcpError('FILE_UNREADABLE', `Cannot read the workbook: ${messageOf(error)}`, {
      where: `${folder}: ${workbookFile}`,
      hint: 'It has to be an xlsx file that is not encrypted',
      cause: error,
    });
  }
}

function answerIn(text: string): Grid | undefined {
  try {
    return grid.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
