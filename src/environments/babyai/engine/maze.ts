import {
  type Agent,
  type Cell,
  type Color,
  colors,
  contents,
  type Door,
  emptyGrid,
  type Facing,
  type Item,
  type ItemKind,
  itemKinds,
  neighborOf,
  neighborsOf,
  putThing,
  type Scene,
  sameCell,
  stepsBetween,
  thingAt,
  turned,
  wall,
} from './grid.ts';
import type { NumpyRandom } from './numpyRandom.ts';

/** The sides of a room are numbered like directions. */
const sides = [0, 1, 2, 3] as const;

export interface Room {
  readonly column: number;
  readonly row: number;
  /** Upper left corner, which is wall. */
  readonly corner: Cell;
  /** Cells along a side, walls included. */
  readonly size: number;
  /** Where a door can be, by side; none at the outer walls. */
  readonly doorCells: Partial<Record<Facing, Cell>>;
  readonly doors: Partial<Record<Facing, Door>>;
  /** What was put into the room, in that order. */
  readonly items: Item[];
  locked: boolean;
}

export interface MazeShape {
  readonly roomSize: number;
  readonly columns: number;
  readonly rows: number;
}

/** A level while it is being made. */
export interface Maze {
  readonly shape: MazeShape;
  readonly random: NumpyRandom;
  readonly scene: Scene;
  /** Row by row. */
  readonly rooms: readonly Room[];
}

/** This attempt at a level does not work out; the next one goes on with the same stream of draws. */
export class AttemptRejected extends Error {}
const rejected = new AttemptRejected('The level is rejected');

/** @throws AttemptRejected */
export function reject(): never {
  throw rejected;
}

const noAgent: Agent = { x: -1, y: -1, facing: 0 };

export function createMaze(random: NumpyRandom, shape: MazeShape): Maze {
  const { roomSize, columns, rows } = shape;
  const grid = emptyGrid((roomSize - 1) * columns + 1, (roomSize - 1) * rows + 1);
  const rooms = Array.from({ length: rows * columns }, (_, index) =>
    emptyRoom(index % columns, Math.floor(index / columns), roomSize),
  );
  for (const { corner } of rooms) {
    for (let along = 0; along < roomSize; along++) {
      putThing(grid, { x: corner.x + along, y: corner.y }, wall);
      putThing(grid, { x: corner.x + along, y: corner.y + roomSize - 1 }, wall);
      putThing(grid, { x: corner.x, y: corner.y + along }, wall);
      putThing(grid, { x: corner.x + roomSize - 1, y: corner.y + along }, wall);
    }
  }
  const middle = (count: number): number => Math.floor(count / 2) * (roomSize - 1) + Math.floor(roomSize / 2);
  const agent: Agent = { x: middle(columns), y: middle(rows), facing: 0 };
  const maze = { shape, random, scene: { grid, agent, carrying: undefined }, rooms };
  for (const room of rooms) drawDoorCells(maze, room);
  return maze;
}

function emptyRoom(column: number, row: number, size: number): Room {
  const corner = { x: column * (size - 1), y: row * (size - 1) };
  return { column, row, corner, size, doorCells: {}, doors: {}, items: [], locked: false };
}

function drawDoorCells(maze: Maze, room: Room): void {
  const { corner, size } = room;
  const along = (start: number): number => maze.random.integer(start + 1, start + size - 1);
  const right = neighborRoom(maze, room, 0);
  if (right) {
    const cell = { x: corner.x + size - 1, y: along(corner.y) };
    room.doorCells[0] = cell;
    right.doorCells[2] = cell;
  }
  const below = neighborRoom(maze, room, 1);
  if (below) {
    const cell = { x: along(corner.x), y: corner.y + size - 1 };
    room.doorCells[1] = cell;
    below.doorCells[3] = cell;
  }
}

/** @throws RangeError when there is no such room */
export function roomAt({ shape, rooms }: Pick<Maze, 'shape' | 'rooms'>, column: number, row: number): Room {
  const room = rooms[row * shape.columns + column];
  if (!room) throw new RangeError(`There is no room ${column}, ${row}`);
  return room;
}

/** The room a cell belongs to; a shared wall belongs to the room on its right or below. */
export function roomOf(maze: Maze, { x, y }: Cell): Room {
  const pitch = maze.shape.roomSize - 1;
  return roomAt(maze, Math.floor(x / pitch), Math.floor(y / pitch));
}

/** Whether a cell is in the room or its walls. */
export function isInRoom({ corner, size }: Room, { x, y }: Cell): boolean {
  return x >= corner.x && y >= corner.y && x < corner.x + size && y < corner.y + size;
}

function neighborRoom({ shape, rooms }: Maze, { column, row }: Room, side: Facing): Room | undefined {
  const { x, y } = neighborOf({ x: column, y: row }, side);
  return x >= 0 && x < shape.columns && y >= 0 && y < shape.rows ? rooms[y * shape.columns + x] : undefined;
}

export function randomRoom(maze: Maze): Room {
  const column = maze.random.integer(0, maze.shape.columns);
  return roomAt(maze, column, maze.random.integer(0, maze.shape.rows));
}

/** A free cell of a room, for which enough tries are made. @throws AttemptRejected */
function drawFreeCell({ random, scene }: Maze, { corner, size }: Room, clearance: number): Cell {
  for (let tries = 0; tries <= 1_000; tries++) {
    const x = random.integer(corner.x, corner.x + size);
    const cell = { x, y: random.integer(corner.y, corner.y + size) };
    if (thingAt(scene.grid, cell) || sameCell(cell, scene.agent)) continue;
    if (stepsBetween(cell, scene.agent) >= clearance) return cell;
  }
  return reject();
}

/** Puts a new item into a room, not next to the agent; what is not given is drawn. */
export function addItem(maze: Maze, room: Room, given: { kind?: ItemKind; color?: Color } = {}): Item {
  const kind = given.kind ?? maze.random.pick(itemKinds);
  const color = given.color ?? maze.random.pick(colors);
  const item: Item = { kind, color, at: drawFreeCell(maze, room, 2) };
  putThing(maze.scene.grid, item.at, item);
  room.items.push(item);
  return item;
}

/** Puts a closed door into a wall of a room; what is not given is drawn. */
export function addDoor(
  maze: Maze,
  room: Room,
  given: { side?: Facing; color?: Color; locked?: boolean } = {},
): Door {
  const { random, scene } = maze;
  const side = given.side ?? drawFreeSide(maze, room);
  const color = given.color ?? random.pick(colors);
  const locked = given.locked ?? random.bool();
  const at = room.doorCells[side];
  if (!at) throw new RangeError('There is no room behind this wall');
  const door: Door = { kind: 'door', color, at, open: false, locked };
  putThing(scene.grid, at, door);
  room.locked = locked;
  room.doors[side] = door;
  const beyond = neighborRoom(maze, room, side);
  if (beyond) beyond.doors[turned(side, 2)] = door;
  return door;
}

function drawFreeSide({ random }: Maze, { doorCells, doors }: Room): Facing {
  for (;;) {
    const side = turned(0, random.integer(0, 4));
    if (doorCells[side] && !doors[side]) return side;
  }
}

/** Puts the agent into a room, by default any, where it does not face an item or a door at once. */
export function placeAgent(maze: Maze, room = randomRoom(maze)): void {
  const { scene, random } = maze;
  for (;;) {
    scene.agent = noAgent;
    const cell = drawFreeCell(maze, room, 0);
    scene.agent = { ...cell, facing: turned(0, random.integer(0, 4)) };
    const ahead = thingAt(scene.grid, neighborOf(cell, scene.agent.facing));
    if (!ahead || ahead.kind === 'wall') return;
  }
}

/** Adds doors until every room can be reached from the agent's. @throws AttemptRejected */
export function connectRooms(maze: Maze): void {
  const start = roomOf(maze, maze.scene.agent);
  for (let tries = 0; tries <= 5_000; tries++) {
    if (roomsFrom(maze, start).size === maze.rooms.length) return;
    const room = randomRoom(maze);
    const side = turned(0, maze.random.integer(0, 4));
    if (!room.doorCells[side] || room.doors[side]) continue;
    if (room.locked || neighborRoom(maze, room, side)?.locked) continue;
    addDoor(maze, room, { side, color: maze.random.pick(colors), locked: false });
  }
  reject();
}

function roomsFrom(maze: Maze, start: Room): ReadonlySet<Room> {
  const found = new Set([start]);
  for (const room of found) {
    for (const side of sides) {
      const beyond = room.doors[side] && neighborRoom(maze, room, side);
      if (beyond) found.add(beyond);
    }
  }
  return found;
}

/** Adds items of any kind and color, into one room or each into any; `distinct` ones share no kind and color. */
export function addItems(
  maze: Maze,
  count: number,
  { room, distinct }: { room?: Room; distinct: boolean },
): Item[] {
  const nameOf = ({ kind, color }: Pick<Item, 'kind' | 'color'>): string => `${color} ${kind}`;
  const taken = new Set(maze.rooms.flatMap(({ items }) => items.map(nameOf)));
  const added: Item[] = [];
  while (added.length < count) {
    const color = maze.random.pick(colors);
    const kind = maze.random.pick(itemKinds);
    if (distinct && taken.has(nameOf({ kind, color }))) continue;
    taken.add(nameOf({ kind, color }));
    added.push(addItem(maze, room ?? randomRoom(maze), { kind, color }));
  }
  return added;
}

/** Every item and door must be within reach without moving an item. @throws AttemptRejected */
export function requireReach({ scene }: Maze): void {
  const { grid } = scene;
  const reached = cellsInReach(scene);
  const missed = contents(grid).some(
    ({ cell, thing }) => thing.kind !== 'wall' && !reached.has(cell.y * grid.width + cell.x),
  );
  if (missed) reject();
}

/** Numbers (row by row) of the cells that can be walked to or touched when all doors open. */
export function cellsInReach({ grid, agent }: Scene): ReadonlySet<number> {
  const reached = new Set<number>();
  const work: Cell[] = [agent];
  for (let cell = work.pop(); cell; cell = work.pop()) {
    const number = cell.y * grid.width + cell.x;
    const thing = thingAt(grid, cell);
    if (thing?.kind === 'wall' || reached.has(number)) continue;
    reached.add(number);
    if (!thing || thing.kind === 'door') work.push(...neighborsOf(cell));
  }
  return reached;
}
