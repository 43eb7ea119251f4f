import type { Verification } from '../../../contracts/environment.ts';
import { messageOf, SafeMcpError } from '../../../contracts/errors.ts';
import type { Game } from '../engine/game.ts';
import { asClientsShow, openPlay } from '../engine/play.ts';
import { UnfitGame } from '../pddl/unfit.ts';
import { type GameFile, readGames, readSolutions, readTraces, type Trace } from './files.ts';
import { createLoader } from './loadGame.ts';

/** How one recorded episode went in our world. */
interface Replay {
  readonly steps: number;
  readonly equalSteps: number;
  readonly equal: boolean;
  readonly rewardEqual: boolean;
}

/** Replays the recorded episodes and the recorded solutions of a folder. @throws FILE_UNREADABLE */
export async function verifyAlfworld(folder: string): Promise<Verification> {
  const games = await readGames(folder);
  const [traces, solutions] = [await readTraces(folder), await readSolutions(folder)];
  if (traces.size + solutions.size === 0) {
    throw new SafeMcpError('FILE_UNREADABLE', 'The folder holds no recordings', {
      where: folder,
      hint: 'Name a folder with adapt_traces.json, solutions.json or both',
    });
  }
  const load = remembering(createLoader().load);
  const byName = new Map([...games.values()].map((file) => [nameOf(file.key), file]));
  const jobs = [
    ...[...traces].map(([name, trace]) => ({
      id: `trace/${name}`,
      file: games.get(`${traceSplit}${name}`) ?? byName.get(name),
      play: (game: Game) => replayTrace(game, trace),
    })),
    ...[...solutions].map(([key, commands]) => ({
      id: `solution/${key}`,
      file: games.get(key),
      play: (game: Game) => replaySolution(game, commands),
    })),
  ];
  const replays: Replay[] = [];
  const skipped: { id: string; reason: string }[] = [];
  for (const { id, file, play } of jobs) {
    try {
      if (!file) throw new UnfitGame('the folder does not hold this game');
      replays.push(play(load(file)));
    } catch (error) {
      if (!(error instanceof UnfitGame)) throw error;
      skipped.push({ id, reason: messageOf(error) });
    }
  }
  return { environment: 'alfworld', ...totals(replays), skipped };
}

/** Traces name games without the split they come from. */
const traceSplit = 'valid_unseen/';

function nameOf(key: string): string {
  return key.slice(key.indexOf('/') + 1);
}

function remembering(load: (file: GameFile) => Game): (file: GameFile) => Game {
  const loaded = new Map<string, Game>();
  return (file) => {
    const game = loaded.get(file.key) ?? load(file);
    loaded.set(file.key, game);
    return game;
  };
}

function totals(replays: readonly Replay[]): Omit<Verification, 'environment' | 'skipped'> {
  const sum = (count: (replay: Replay) => number): number =>
    replays.reduce((total, replay) => total + count(replay), 0);
  return {
    episodes: replays.length,
    steps: sum(({ steps }) => steps),
    equalSteps: sum(({ equalSteps }) => equalSteps),
    equalEpisodes: sum(({ equal }) => Number(equal)),
    rewardEpisodes: sum(({ rewardEqual }) => Number(rewardEqual)),
  };
}

/** An episode is equal when its opening and all its observations are. */
function replayTrace(game: Game, { problem, trace, reward }: Trace): Replay {
  const play = openPlay(game);
  let equalSteps = 0;
  let steps = 0;
  let won = false;
  const openingEqual = play.opening().trim() === problem.trim();
  for (const { action, observation } of stepsIn(trace)) {
    const { text } = play.act(action);
    won ||= play.goalHolds();
    if (observation === undefined) continue;
    steps++;
    if (text === asClientsShow(observation)) equalSteps++;
  }
  return { steps, equalSteps, equal: openingEqual && equalSteps === steps, rewardEqual: won === reward };
}

interface RecordedStep {
  readonly action: string;
  /** Absent when the recording breaks off. */
  readonly observation?: string;
}

/** Thoughts are no actions; a trace may hold several runs in the same world, one after the other. */
function stepsIn(trace: string): RecordedStep[] {
  return trace
    .split(/(?:^|\n)>[ \n]+/)
    .map((part) => part.trim())
    .filter((part) => part !== '' && part !== '>' && !part.startsWith('think'))
    .map((part) => {
      const end = part.indexOf('\n');
      if (end < 0) return { action: part };
      return { action: part.slice(0, end).trim(), observation: part.slice(end + 1).trim() };
    });
}

/**
 * A solution is recorded without observations. It is equal when every command does something, and its reward is
 * when the goal holds at the end and not at the start.
 */
function replaySolution(game: Game, commands: readonly string[]): Replay {
  const play = openPlay(game);
  const open = !play.goalHolds();
  const happened = commands.map((command) => play.act(command).kind === 'happened');
  return { steps: 0, equalSteps: 0, equal: happened.every(Boolean), rewardEqual: open && play.goalHolds() };
}
