import path from 'node:path';
import { z } from 'zod';
import { SafeMcpError } from '../../../contracts/errors.ts';
import { filesIn, parseJson, readText } from './files.ts';

/** One episode of the original, as an agent played it. */
export interface Recording {
  readonly id: string;
  /** The page at the start. */
  readonly start: string;
  readonly steps: readonly RecordedStep[];
  /** 0 to 1. */
  readonly reward: number;
}

export interface RecordedStep {
  /** In the original's text form, as its client passes it on. */
  readonly action: string;
  /** The page that followed; absent when the recording ends with the action. */
  readonly observation?: string;
}

const recording = z.object({
  item_id: z.string().max(200),
  reward: z.number(),
  conversations: z
    .array(z.object({ content: z.string().max(1_000_000).nullish() }))
    .min(1)
    .max(10_000),
});

const recordingFiles = /trajectories\.jsonl$|__webshop_\d+\.json$/;

/**
 * The recordings of a folder or of its folder `sampled`: files of one episode per line, and files of one episode.
 * @throws FILE_UNREADABLE when there are none, or one has another shape
 */
export async function readRecordings(folder: string): Promise<readonly Recording[]> {
  const subfolders = await filesIn(folder, /^sampled$/);
  const folders = [folder, ...subfolders];
  const files = (await Promise.all(folders.map((place) => filesIn(place, recordingFiles)))).flat();
  if (files.length === 0) {
    throw new SafeMcpError('FILE_UNREADABLE', 'There are no recordings of WebShop', {
      where: folder,
      hint: 'Recordings are files named *trajectories.jsonl or *__webshop_NUMBER.json',
    });
  }
  return (await Promise.all(files.map(readFile))).flat();
}

async function readFile(file: string): Promise<readonly Recording[]> {
  const text = await readText(file);
  const name = path.basename(file);
  if (!file.endsWith('.jsonl')) return [toRecording(parseJson(text, recording, file), name)];
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    const read = parseJson(line, recording, `${file}:${index + 1}`);
    return [toRecording(read, `${name}:${index + 1}`)];
  });
}

/** The role prompt and its acknowledgement come before the first page. */
function toRecording(
  { item_id, reward, conversations }: z.infer<typeof recording>,
  place: string,
): Recording {
  const contents = conversations.map(({ content }) => content ?? '');
  const first = contents.findIndex((content) => content.startsWith('WebShop'));
  const [start = '', ...turns] = first < 0 ? [] : contents.slice(first);
  const steps: RecordedStep[] = [];
  for (let at = 0; at < turns.length; at += 2) {
    const observation = turns[at + 1];
    steps.push({ action: actionIn(turns[at] ?? ''), ...(observation !== undefined && { observation }) });
  }
  return { id: `${item_id} (${place})`, start, steps, reward };
}

/** What stands after the last `Action:`. */
function actionIn(turn: string): string {
  const mark = 'Action:';
  const at = turn.lastIndexOf(mark);
  return (at < 0 ? turn : turn.slice(at + mark.length)).trim();
}
