import { type Cell, type Scene, sameCell, stepsBetween } from './grid.ts';
import {
  actionsIn,
  type Description,
  type Instruction,
  inWords,
  type Match,
  matches,
} from './instruction.ts';
import type { Level } from './levels.ts';
import { AttemptRejected, createMaze, type Maze, type Room, reject, roomOf } from './maze.ts';
import { keepKeysFree, type LevelMemory } from './mixedLevel.ts';
import { createNumpyRandom } from './numpyRandom.ts';

/** A level that is ready to be played. */
export interface Start {
  readonly scene: Scene;
  /** The room the agent starts in, to which places refer. */
  readonly room: Room;
  readonly rooms: readonly Room[];
  readonly instruction: Instruction;
  /** The instruction in BabyAI's English. */
  readonly mission: string;
  /** After this many primitive steps the episode is over. */
  readonly maxSteps: number;
}

/** The level with this seed, as Minigrid 2.3.1 makes it in AgentGym. */
export function generate(level: Level, seed: number): Start {
  const memory: LevelMemory = {};
  const first = makeLevel(level, seed, memory);
  // AgentGym makes every level twice, and a locked room of the first time still counts in the second.
  return memory.lockedRoom ? makeLevel(level, seed, memory) : first;
}

function makeLevel(level: Level, seed: number, memory: LevelMemory): Start {
  const random = createNumpyRandom(seed);
  for (;;) {
    try {
      const maze = createMaze(random, level);
      const instruction = level.build(maze, memory);
      validate(level, maze, instruction);
      return startOf(level, maze, instruction);
    } catch (error) {
      if (!(error instanceof AttemptRejected)) throw error;
    }
  }
}

function startOf(level: Level, maze: Maze, instruction: Instruction): Start {
  const { scene, rooms } = maze;
  const room = roomOf(maze, scene.agent);
  const several = (description: Description): boolean => matches(scene, room, description).length > 1;
  const size = level.roomSize ** 2 * level.rows * level.columns;
  const trips = actionsIn(instruction).reduce((sum, { verb }) => sum + (verb === 'put' ? 2 : 1), 0);
  const maxSteps = level.maxSteps ?? trips * size;
  return { scene, room, rooms, instruction, mission: inWords(instruction, several), maxSteps };
}

/** @throws AttemptRejected when the instruction is done, contradicts itself or asks for a key that is needed */
function validate(level: Level, maze: Maze, instruction: Instruction): void {
  const actions = actionsIn(instruction);
  const room = roomOf(maze, maze.scene.agent);
  for (const action of actions) {
    if (action.verb !== 'put') continue;
    const moved = matches(maze.scene, room, action.what);
    const fixed = matches(maze.scene, room, action.beside);
    const both = moved.some((one) => fixed.some((other) => sameCell(one.cell, other.cell)));
    if (both || someAdjacent(moved, fixed)) reject();
  }
  if (level.blocking) keepKeysFree(maze, actions);
}

function someAdjacent(some: readonly Match[], others: readonly { readonly cell: Cell }[]): boolean {
  return some.some((one) => others.some((other) => stepsBetween(one.cell, other.cell) === 1));
}
