import type { Difficulty } from '../../../contracts/environment.ts';
import {
  actOnObjectOrDoor,
  addFourDoors,
  anyByPlace,
  goToOneOf,
  goToRedBall,
  goToRedBlueBall,
  goToSequence,
  goToUnlock,
  pickUpByPlace,
  pickUpStrict,
} from './fillings.ts';
import type { Instruction } from './instruction.ts';
import {
  addDoor,
  addItem,
  addItems,
  connectRooms,
  type Maze,
  type MazeShape,
  placeAgent,
  randomRoom,
  requireReach,
  roomAt,
} from './maze.ts';
import { buildMixedLevel, type LevelMemory } from './mixedLevel.ts';

/** A kind of level: how to fill a maze, and with what instruction. */
export interface Level extends MazeShape {
  /** The number AgentGym gives it: task id modulo 40, plus 1. */
  readonly number: number;
  readonly id: string;
  readonly title: string;
  readonly difficulty: Difficulty;
  /** Where the original sets the limit itself; otherwise it follows from the size of the maze. */
  readonly maxSteps?: number;
  /** Whether items may lie in the way, so that the original keeps keys of locked doors out of instructions. */
  readonly blocking?: boolean;
  /** @throws AttemptRejected */
  build(maze: Maze, memory: LevelMemory): Instruction;
}

const oneRoom = (roomSize: number): MazeShape => ({ roomSize, columns: 1, rows: 1 });
const nineRooms = (roomSize: number): MazeShape => ({ roomSize, columns: 3, rows: 3 });

/** The 18 levels of BabyAI that AgentGym uses. */
export const levels: readonly Level[] = [
  {
    number: 1,
    id: 'go-to-red-ball-grey',
    title: 'Go to the red ball among grey things',
    difficulty: 'easy',
    ...oneRoom(8),
    build: (maze) => goToRedBall(maze, 7, 'grey'),
  },
  {
    number: 2,
    id: 'go-to-red-ball',
    title: 'Go to the red ball among other things',
    difficulty: 'easy',
    ...oneRoom(8),
    build: (maze) => goToRedBall(maze, 7, 'any'),
  },
  {
    number: 3,
    id: 'go-to-red-ball-alone',
    title: 'Go to the red ball in an empty room',
    difficulty: 'easy',
    ...oneRoom(8),
    build: (maze) => goToRedBall(maze, 0, 'any'),
  },
  {
    number: 4,
    id: 'go-to-object',
    title: 'Go to the only thing in a small room',
    difficulty: 'easy',
    ...oneRoom(4),
    build(maze) {
      placeAgent(maze);
      return goToOneOf(maze, addItems(maze, 1, { distinct: true }));
    },
  },
  {
    number: 5,
    id: 'go-to-local',
    title: 'Go to one of several things in a room',
    difficulty: 'easy',
    ...oneRoom(8),
    build(maze) {
      placeAgent(maze);
      const items = addItems(maze, 7, { distinct: false });
      requireReach(maze);
      return goToOneOf(maze, items);
    },
  },
  {
    number: 6,
    id: 'go-to-maze',
    title: 'Find and go to the only thing in nine rooms',
    difficulty: 'hard',
    ...nineRooms(7),
    build(maze) {
      placeAgent(maze);
      connectRooms(maze);
      const items = addItems(maze, 1, { distinct: false });
      requireReach(maze);
      return goToOneOf(maze, items);
    },
  },
  {
    number: 7,
    id: 'go-to-unlock',
    title: 'Go to a thing that may be in a locked room',
    difficulty: 'hard',
    ...nineRooms(8),
    build: goToUnlock,
  },
  {
    number: 8,
    id: 'go-to-sequence',
    title: 'Go to several things in order',
    difficulty: 'medium',
    roomSize: 5,
    columns: 2,
    rows: 2,
    build: (maze, memory) => buildMixedLevel(maze, goToSequence, memory),
  },
  {
    number: 9,
    id: 'go-to-red-blue-ball',
    title: 'Go to the ball that is red or blue',
    difficulty: 'easy',
    ...oneRoom(8),
    build: goToRedBlueBall,
  },
  {
    number: 10,
    id: 'go-to-door',
    title: 'Go to a door of the room',
    difficulty: 'easy',
    ...nineRooms(7),
    build(maze) {
      const doors = addFourDoors(maze);
      placeAgent(maze, roomAt(maze, 1, 1));
      return goToOneOf(maze, doors);
    },
  },
  {
    number: 11,
    id: 'go-to-object-or-door',
    title: 'Go to a thing or door of the room',
    difficulty: 'medium',
    ...nineRooms(8),
    build(maze) {
      const room = roomAt(maze, 1, 1);
      placeAgent(maze, room);
      const items = addItems(maze, 8, { room, distinct: false });
      const doors = addFourDoors(maze);
      requireReach(maze);
      return goToOneOf(maze, [...items, ...doors]);
    },
  },
  {
    number: 19,
    id: 'pick-up-by-place',
    title: 'Pick up a thing that may be named by its place',
    difficulty: 'easy',
    ...oneRoom(8),
    build: (maze, memory) => buildMixedLevel(maze, pickUpByPlace, memory),
  },
  {
    number: 20,
    id: 'pick-up-strict',
    title: 'Pick up the right thing and nothing else',
    difficulty: 'medium',
    ...oneRoom(7),
    build: pickUpStrict,
  },
  {
    number: 21,
    id: 'pick-up-above',
    title: 'Pick up the thing in the room above',
    difficulty: 'medium',
    ...nineRooms(6),
    maxSteps: 8 * 6 ** 2,
    build(maze) {
      const { kind, color } = addItem(maze, roomAt(maze, 1, 0));
      addDoor(maze, roomAt(maze, 1, 1), { side: 3, locked: false });
      placeAgent(maze, roomAt(maze, 1, 1));
      connectRooms(maze);
      return { verb: 'pick up', what: { kind, color } };
    },
  },
  {
    number: 30,
    id: 'action-object-door',
    title: 'Pick up, go to or open something in the room',
    difficulty: 'medium',
    ...nineRooms(7),
    build: actOnObjectOrDoor,
  },
  {
    number: 31,
    id: 'find-object',
    title: 'Find and pick up a thing in nine rooms',
    difficulty: 'hard',
    ...nineRooms(7),
    maxSteps: 20 * 7 ** 2,
    build(maze) {
      const { kind } = addItem(maze, randomRoom(maze));
      placeAgent(maze, roomAt(maze, 1, 1));
      connectRooms(maze);
      return { verb: 'pick up', what: { kind } };
    },
  },
  {
    number: 33,
    id: 'one-room',
    title: 'Find and pick up the ball in a large room',
    difficulty: 'medium',
    ...oneRoom(20),
    build(maze) {
      addItem(maze, roomAt(maze, 0, 0), { kind: 'ball' });
      placeAgent(maze);
      return { verb: 'pick up', what: { kind: 'ball' } };
    },
  },
  {
    number: 36,
    id: 'synthesis-by-place',
    title: 'Any one action in nine rooms, things in the way',
    difficulty: 'hard',
    ...nineRooms(8),
    blocking: true,
    build: (maze, memory) => buildMixedLevel(maze, anyByPlace, memory),
  },
];
