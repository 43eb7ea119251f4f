import { z } from 'zod';
import type { RecordingsFolder } from '../../kit/recordings.ts';
import { actionIn } from './text.ts';

const chats = z.array(
  z.object({
    item_id: z.string().min(1).max(200),
    conversations: z
      .array(z.object({ from: z.enum(['human', 'gpt']), value: z.string().max(100_000) }))
      .max(2_000)
      .optional(),
  }),
);
const result = z.object({ problem: z.string().max(1_000), commands: z.string().max(100_000) });

/** What a player is told at first. */
export interface RecordedTask {
  readonly id: string;
  /** As it is written, with blanks; empty when the text names none. */
  readonly goal: string;
  readonly commands: readonly string[];
}

export interface RecordedStep {
  readonly action: string;
  /** Absent for the last step of a chat. */
  readonly observation?: string;
}

export interface RecordedEpisode extends RecordedTask {
  readonly steps: readonly RecordedStep[];
}

const usualFile = 'agenttraj_textcraft_train.json';

/** Episodes of all files `*textcraft*.json`, in order. @throws FILE_UNREADABLE, also when there is no such file */
export async function readEpisodes(files: RecordingsFolder): Promise<readonly RecordedEpisode[]> {
  const names = (await files.names('')).filter((name) => /textcraft.*\.json$/.test(name));
  const episodes: RecordedEpisode[] = [];
  for (const name of names.length === 0 ? [usualFile] : names)
    for (const chat of await files.json(name, chats)) episodes.push(episodeOf(chat));
  return episodes;
}

/** Tasks of the evaluation of ADaPT, which has a file of its own. @throws FILE_UNREADABLE */
export async function readOtherTasks(files: RecordingsFolder): Promise<readonly RecordedTask[]> {
  if (!files.has('adapt_results.json')) return [];
  const read = await files.json('adapt_results.json', z.record(z.string(), z.unknown()));
  return Object.entries(read).flatMap(([id, entry]) => {
    const known = result.safeParse(entry);
    return known.success ? [{ id, ...taskIn(`${known.data.commands}\nGoal: ${known.data.problem}`) }] : [];
  });
}

type Chat = z.output<typeof chats>[number];

/** Role prompt and acknowledgement come first, then goal and commands, then actions and observations in turns. */
function episodeOf({ item_id: id, conversations = [] }: Chat): RecordedEpisode {
  const [, , first = '', ...turns] = conversations.map(({ value }) => value);
  const steps: RecordedStep[] = [];
  for (let at = 0; at < turns.length; at += 2) {
    const observation = turns[at + 1]?.replace('Instruction:\n', '');
    steps.push({ action: actionIn(turns[at] ?? ''), ...(observation !== undefined && { observation }) });
  }
  return { id, ...taskIn(first), steps };
}

function taskIn(text: string): Omit<RecordedTask, 'id'> {
  const lines = text.split('\n').map((line) => line.trim());
  const goal = lines.flatMap((line) => /^Goal: craft (.+)\.$/.exec(line)?.[1] ?? []).at(-1) ?? '';
  return { goal, commands: lines.filter((line) => line.startsWith('craft ')) };
}
