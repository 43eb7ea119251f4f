import type { Item, ItemKind } from './grid.ts';
import type { Description, Instruction } from './instruction.ts';
import {
  addDoor,
  addItem,
  addItems,
  connectRooms,
  type Maze,
  placeAgent,
  randomRoom,
  reject,
  requireReach,
  roomAt,
  roomOf,
} from './maze.ts';
import type { MixedRules } from './mixedLevel.ts';

export const goToSequence: MixedRules = {
  items: 4,
  verbs: ['go to'],
  forms: ['action', 'and', 'sequence'],
  lockedRoom: 0,
  places: false,
  blocking: false,
  intoLockedRoom: true,
};
export const pickUpByPlace: MixedRules = {
  items: 8,
  verbs: ['pick up'],
  forms: ['action'],
  lockedRoom: 0,
  places: true,
  blocking: false,
  intoLockedRoom: true,
};
export const anyByPlace: MixedRules = {
  items: 18,
  verbs: ['go to', 'pick up', 'open', 'put'],
  forms: ['action'],
  lockedRoom: 0.5,
  places: true,
  blocking: true,
  intoLockedRoom: false,
};

type Named = Pick<Item, 'color'> & { readonly kind: ItemKind | 'door' };

function describe({ kind, color }: Named): Description {
  return { kind, color };
}

export function goToOneOf({ random }: Maze, things: readonly Named[]): Instruction {
  return { verb: 'go to', what: describe(random.pick(things)) };
}

export function goToRedBall(maze: Maze, others: number, color: 'grey' | 'any'): Instruction {
  placeAgent(maze);
  addItem(maze, roomAt(maze, 0, 0), { kind: 'ball', color: 'red' });
  const items = addItems(maze, others, { distinct: false });
  if (color === 'grey') for (const item of items) item.color = 'grey';
  requireReach(maze);
  return { verb: 'go to', what: { kind: 'ball', color: 'red' } };
}

export function goToRedBlueBall(maze: Maze): Instruction {
  placeAgent(maze);
  const others = addItems(maze, 7, { distinct: false });
  if (others.some(({ kind, color }) => kind === 'ball' && (color === 'red' || color === 'blue'))) reject();
  const ball = addItem(maze, roomAt(maze, 0, 0), { kind: 'ball', color: maze.random.pick(['red', 'blue']) });
  requireReach(maze);
  return { verb: 'go to', what: describe(ball) };
}

/** The key may land in the room it opens: the original compares drawn numbers by identity, which always differs. */
export function goToUnlock(maze: Maze): Instruction {
  const locked = randomRoom(maze);
  const door = addDoor(maze, locked, { locked: true });
  addItem(maze, randomRoom(maze), { kind: 'key', color: door.color });
  connectRooms(maze);
  const { columns, rows } = maze.shape;
  for (let column = 0; column < columns; column++) {
    for (let row = 0; row < rows; row++) {
      addItems(maze, 2, { room: roomAt(maze, column, row), distinct: false });
    }
  }
  do placeAgent(maze);
  while (roomOf(maze, maze.scene.agent) === locked);
  requireReach(maze);
  return goToOneOf(maze, addItems(maze, 1, { room: locked, distinct: false }));
}

export function addFourDoors(maze: Maze): Named[] {
  return Array.from({ length: 4 }, () => addDoor(maze, roomAt(maze, 1, 1)));
}

export function pickUpStrict(maze: Maze): Instruction {
  const items = addItems(maze, 5, { distinct: true });
  placeAgent(maze, roomAt(maze, 0, 0));
  const { kind, color } = maze.random.pick(items);
  const by = maze.random.pick(['kind', 'color', 'both']);
  const what = { ...(by !== 'color' && { kind }), ...(by !== 'kind' && { color }) };
  return { verb: 'pick up', what, strict: true };
}

export function actOnObjectOrDoor(maze: Maze): Instruction {
  const room = roomAt(maze, 1, 1);
  const items = addItems(maze, 5, { room, distinct: true });
  const doors = Array.from({ length: 4 }, () => addDoor(maze, room, { locked: false }));
  placeAgent(maze, room);
  const { kind, color } = maze.random.pick<Named>([...items, ...doors]);
  const what: Description = { kind, color };
  if (maze.random.bool()) return { verb: 'go to', what };
  return { verb: kind === 'door' ? 'open' : 'pick up', what };
}
