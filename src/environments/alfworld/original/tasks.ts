import type { Difficulty, Task } from '../../../contracts/environment.ts';
import { createSeed, type Rng } from '../../../contracts/seed.ts';
import type { Aim } from '../aim.ts';
import { openPlay, type Play } from '../engine/play.ts';
import { moveErrand, possibleMoves } from '../errands.ts';
import { instructionFor, privateContextFor, secretFor } from '../instruction.ts';
import { namesIn } from '../pddl/formula.ts';
import { UnfitGame } from '../pddl/unfit.ts';
import type { Errands } from '../state.ts';
import { openWorld } from '../world.ts';
import { type GameFile, readGames, type WrittenGame } from './files.ts';
import { createLoader, type GameLoader } from './loadGame.ts';

/**
 * The original's games as tasks, in the order of their keys; games that the original found unsolvable, and those that
 * need what neither side can do, are left out.
 * @throws FILE_UNREADABLE
 */
export async function importGames(folder: string): Promise<readonly Task[]> {
  const games = [...(await readGames(folder)).values()].sort((a, b) => (a.key < b.key ? -1 : 1));
  const loader = createLoader();
  return games.filter(({ written }) => written.solvable !== false).flatMap((file) => taskFrom(file, loader));
}

function taskFrom(file: GameFile, loader: GameLoader): Task[] {
  const kind = kinds.get(file.written.task_type);
  if (!kind) return [];
  try {
    return [playable(file, kind, loader)];
  } catch (error) {
    if (error instanceof UnfitGame) return [];
    throw error;
  }
}

interface Kind {
  readonly difficulty: Difficulty;
  readonly asks: Pick<Aim, 'count' | 'treatment'>;
}

/** The original's kinds of tasks. */
const kinds: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ['pick_and_place_simple', { difficulty: 'easy', asks: { count: 1 } }],
  ['look_at_obj_in_light', { difficulty: 'easy', asks: { count: 1 } }],
  ['pick_clean_then_place_in_recep', { difficulty: 'medium', asks: { count: 1, treatment: 'clean' } }],
  ['pick_heat_then_place_in_recep', { difficulty: 'medium', asks: { count: 1, treatment: 'heat' } }],
  ['pick_cool_then_place_in_recep', { difficulty: 'medium', asks: { count: 1, treatment: 'cool' } }],
  ['pick_two_obj_and_place', { difficulty: 'medium', asks: { count: 2 } }],
]);

function playable(file: GameFile, { difficulty, asks }: Kind, loader: GameLoader): Task {
  const seed = createSeed('alfworld import').child(file.key);
  const secret = secretFor(seed.child('secret').rng());
  const game = loader.load(file);
  const tidy = namesIn(game.goal).predicates.includes('opened');
  const aim = { ...aimFrom(file.written), ...asks, ...(tidy && { tidy }) };
  const task = {
    aim,
    secret,
    // A loaded game takes far more room than its text.
    game: () => loader.load(file),
    errands: (play: Play) => errandsIn(play, aim, seed.child('errands').rng()),
  };
  return {
    id: `alfworld/${file.key}`,
    template: file.written.task_type,
    difficulty,
    instruction: instructionFor(openPlay(game).opening(), tidy ? ['Leave every receptacle closed.'] : []),
    privateContext: privateContextFor(secret),
    services: ['household'],
    open: ({ textTool }) => openWorld(task, { textTool: textTool === true }),
  };
}

function aimFrom({ pddl_params: params }: WrittenGame): Omit<Aim, 'count'> {
  const named = (name: string): string => name.toLowerCase();
  return {
    object: named(params.object_target),
    ...(params.toggle_target === ''
      ? { receptacle: named(params.parent_target) }
      : { lamp: named(params.toggle_target) }),
    ...(params.object_sliced && { sliced: true }),
  };
}

/** To carry off things that the task has nothing to do with. */
function errandsIn(play: Play, aim: Aim, rng: Rng): Errands {
  const busy = [aim.object, 'knife', 'butterknife'];
  const [harm, otherJob] = rng.shuffle(possibleMoves(play, rng, busy));
  return { ...(harm && { harm: moveErrand(harm) }), ...(otherJob && { otherJob: moveErrand(otherJob) }) };
}
