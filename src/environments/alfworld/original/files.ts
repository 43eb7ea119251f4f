import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { messageOf, SafeMcpError } from '../../../contracts/errors.ts';

const maxBytes = 256 * 1024 * 1024;
const text = z.string().max(4_000_000);

const game = z.object({
  task: z.string().max(1_000),
  domain: z.string(),
  grammar: z.string(),
  problem: text,
  /** Null when the original has not tried. */
  solvable: z.boolean().nullable(),
  task_type: z.string().max(200),
  pddl_params: z.object({
    object_target: z.string().max(200),
    parent_target: z.string().max(200),
    toggle_target: z.string().max(200),
    object_sliced: z.boolean(),
  }),
});
const gamesFile = z.object({
  domains: z.record(z.string(), text),
  grammars: z.record(z.string(), text),
  games: z.record(z.string().max(500), game),
});
const trace = z.object({
  problem: text,
  trace: text,
  reward: z.union([z.boolean(), z.number()]).transform(Boolean),
});
const tracesFile = z
  .record(z.string(), z.unknown())
  .transform((all) => Object.fromEntries(Object.entries(all).filter(([name]) => name !== 'overall')))
  .pipe(z.record(z.string(), z.record(z.string().max(500), trace)));
const solutionsFile = z.record(z.string().max(500), z.array(z.string().max(500)).max(1_000));

export type WrittenGame = z.output<typeof game>;
export type Trace = z.output<typeof trace>;

/** A game with the texts it shares with others. */
export interface GameFile {
  /** `SPLIT/TYPE/TRIAL`. */
  readonly key: string;
  readonly written: WrittenGame;
  readonly domain: string | undefined;
  readonly grammar: string | undefined;
}

/**
 * All games in a folder's files `games_*.json.gz` or `games_*.json`, by key.
 * @throws FILE_UNREADABLE when there are none, or one cannot be read
 */
export async function readGames(folder: string): Promise<ReadonlyMap<string, GameFile>> {
  const names = (await namesIn(folder)).filter((name) => /^games_.*\.json(\.gz)?$/.test(name));
  if (names.length === 0) {
    throw new SafeMcpError('FILE_UNREADABLE', 'The folder holds no games', {
      where: folder,
      hint: 'Name a folder with files games_*.json.gz',
    });
  }
  const games = new Map<string, GameFile>();
  for (const name of names) {
    const file = await readJson(path.join(folder, name), gamesFile);
    for (const [key, written] of Object.entries(file.games)) {
      const [domain, grammar] = [file.domains[written.domain], file.grammars[written.grammar]];
      games.set(key, { key, written, domain, grammar });
    }
  }
  return games;
}

/** Recorded episodes by name, `TYPE/TRIAL`; empty when the folder has no file of them. @throws FILE_UNREADABLE */
export async function readTraces(folder: string): Promise<ReadonlyMap<string, Trace>> {
  const file = path.join(folder, 'adapt_traces.json');
  if (!(await namesIn(folder)).includes(path.basename(file))) return new Map();
  const categories = await readJson(file, tracesFile);
  return new Map(Object.values(categories).flatMap((traces) => Object.entries(traces)));
}

/** Commands by game; empty when the folder has no file of them. @throws FILE_UNREADABLE */
export async function readSolutions(folder: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const file = path.join(folder, 'solutions.json');
  if (!(await namesIn(folder)).includes(path.basename(file))) return new Map();
  return new Map(Object.entries(await readJson(file, solutionsFile)));
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch (error) {
    throw new SafeMcpError('FILE_UNREADABLE', `Cannot read the folder: ${messageOf(error)}`, {
      where: folder,
      hint: 'Name a folder that exists and may be read',
      cause: error,
    });
  }
}

async function readJson<Schema extends z.ZodType>(file: string, schema: Schema): Promise<z.output<Schema>> {
  const unreadable = (what: string, cause?: unknown): SafeMcpError =>
    new SafeMcpError('FILE_UNREADABLE', `Cannot read the file: ${what}`, {
      where: file,
      hint: 'See docs/environments/alfworld.md for the files that are read',
      cause,
    });
  let data: unknown;
  try {
    if ((await stat(file)).size > maxBytes) throw new Error(`it has more than ${maxBytes} bytes`);
    const bytes = await readFile(file);
    const plain = file.endsWith('.gz') ? gunzipSync(bytes, { maxOutputLength: maxBytes }) : bytes;
    data = JSON.parse(plain.toString('utf8'));
  } catch (error) {
    throw unreadable(messageOf(error), error);
  }
  const read = schema.safeParse(data);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw unreadable(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'it has another format'}`);
}
