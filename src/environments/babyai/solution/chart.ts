import { type Agent, type Cell, neighborOf, sameCell, turned, vectorOf } from '../engine/grid.ts';
import { cellCount, cellNumber } from './cells.ts';
import type { Listed, Reading } from './reading.ts';
import { createWalls } from './walls.ts';

/** Cells ahead and to either side that an observation covers. */
const sight = { ahead: 6, aside: 3 } as const;

export interface Charted extends Pick<Listed, 'color' | 'kind' | 'state'> {
  readonly cell: Cell;
}

/** A rectangle of cells, its walls included. */
export interface Area {
  readonly low: Cell;
  readonly high: Cell;
}

/** A map of what has been read; the agent starts at 0, 0 and looks to the right. */
export interface Chart {
  readonly pose: Agent;
  /** Whether 0, 0 is where the agent was at the start of the task. */
  readonly origin: 'start' | 'lost';
  readonly last: Reading;
  things(): readonly Charted[];
  thingAt(cell: Cell): Charted | undefined;
  /** The cell of something the last observation lists. */
  cellOf(listed: Pick<Listed, 'ahead' | 'aside'>): Cell;
  /** A wall runs through the cell, as far as is known; doors are part of it. */
  isInWall(cell: Cell): boolean;
  /** Whether a known wall runs through the cell, across the way the pose faces. */
  isAcross(pose: Agent): boolean;
  /** Known to be empty floor. */
  isFloor(cell: Cell): boolean;
  /** How many cells one would see from a pose for the first time. */
  gain(pose: Agent): number;
  /** The room of a cell, as far as its walls are known. */
  roomAround(cell: Cell): Area;
  /** Takes down what was read at a pose. `contradiction` when the agent cannot be where it believes to be. */
  note(pose: Agent, reading: Reading): 'consistent' | 'contradiction';
  /** Forgets what is in a cell, because the agent itself has changed it. */
  clear(cell: Cell): void;
}

export function createChart(first: Reading, origin: Chart['origin'] = 'start'): Chart {
  const things = new Map<number, Charted>();
  const floor = new Uint8Array(cellCount);
  const seen = new Uint8Array(cellCount);
  const walls = createWalls();
  let pose: Agent = { x: 0, y: 0, facing: 0 };
  let last = first;
  const outlooks: Agent[] = [];

  const isInWall = ({ x, y }: Cell): boolean => walls.crosses('x', x) || walls.crosses('y', y);
  const isFloor = (cell: Cell): boolean => floor[cellNumber(cell)] === 1;
  const roomAround = ({ x, y }: Cell): Area => ({
    low: { x: walls.before('x', x), y: walls.before('y', y) },
    high: { x: walls.after('x', x), y: walls.after('y', y) },
  });
  /** Cells that are seen from a pose in any case: those of the room that the agent is in or looks into. */
  const eachCovered = (from: Agent, visit: (number: number) => void): void => {
    const middle = isInWall(from) ? neighborOf(from, from.facing) : from;
    if (isInWall(middle)) return;
    const { low, high } = roomAround(middle);
    const forward = vectorOf(from.facing);
    for (let ahead = 0; ahead <= sight.ahead; ahead++) {
      for (let aside = -sight.aside; aside <= sight.aside; aside++) {
        const x = from.x + forward.x * ahead - forward.y * aside;
        const y = from.y + forward.y * ahead + forward.x * aside;
        if (x >= low.x && x <= high.x && y >= low.y && y <= high.y) visit(cellNumber({ x, y }));
      }
    }
  };

  const noteThings = (from: Agent, { listed }: Reading): boolean =>
    listed.every(({ color, kind, state, ...place }) => {
      const cell = cellFrom(from, place);
      const number = cellNumber(cell);
      const known = things.get(number);
      if (known ? known.kind !== kind || known.color !== color : isFloor(cell)) return false;
      things.set(number, { color, kind, state, cell });
      return kind === 'door' ? !walls.complete || isInWall(cell) : !isInWall(cell);
    });
  /** The floor straight ahead, up to the first thing that hides what is behind it, or the end of sight. */
  const noteColumn = (from: Agent, { listed, barrier }: Reading): boolean => {
    const straight = listed.filter(({ aside }) => aside === 0);
    const shut = straight.find(({ kind, state }) => kind === 'door' && state !== 'open');
    const end = Math.min(barrier.ahead, shut?.ahead ?? sight.ahead + 1, sight.ahead + 1);
    for (let ahead = 1; ahead < end; ahead++) {
      if (straight.some((thing) => thing.ahead === ahead)) continue;
      const number = cellNumber(cellFrom(from, { ahead, aside: 0 }));
      if (things.has(number)) return false;
      floor[number] = 1;
    }
    return true;
  };
  const noteWalls = (from: Agent, { barrier, listed }: Reading): boolean => {
    const axis = axisOf(from);
    const inDoor = things.get(cellNumber(from))?.kind === 'door';
    // A door is entered across the wall it is in.
    if (inDoor && !sameCell(from, pose)) walls.add(axis, from[axis]);
    if (inDoor && !walls.crosses(axis, from[axis])) return true;
    for (const { kind, ahead, aside } of listed) {
      if (kind === 'door' && aside === 0 && ahead > 0)
        walls.add(axis, cellFrom(from, { ahead, aside })[axis]);
    }
    if (barrier.kind !== 'wall') return true;
    const cell = cellFrom(from, { ahead: barrier.ahead, aside: 0 });
    if (isFloor(cell) || (walls.complete && !isInWall(cell))) return false;
    walls.add(axis, cell[axis]);
    return true;
  };

  /** What lies behind a wall has not been seen, so a new wall means to think again. */
  const noteSeen = (from: readonly Agent[]): void => {
    if (from === outlooks) seen.fill(0);
    for (const outlook of from) {
      eachCovered(outlook, (number) => {
        seen[number] = 1;
      });
    }
  };

  const note = (at: Agent, reading: Reading): 'consistent' | 'contradiction' => {
    const wallsBefore = walls.count;
    const fits = noteThings(at, reading) && noteColumn(at, reading) && noteWalls(at, reading);
    pose = at;
    last = reading;
    const own = things.get(cellNumber(at));
    if (own) things.set(cellNumber(at), { ...own, state: 'open' });
    else floor[cellNumber(at)] = 1;
    outlooks.push(at);
    noteSeen(walls.count === wallsBefore ? [at] : outlooks);
    return fits ? 'consistent' : 'contradiction';
  };
  note(pose, first);

  return {
    get pose() {
      return pose;
    },
    get last() {
      return last;
    },
    origin,
    things: () => [...things.values()],
    thingAt: (cell) => things.get(cellNumber(cell)),
    cellOf: (place) => cellFrom(pose, place),
    isInWall,
    isAcross: (at) => walls.crosses(axisOf(at), at[axisOf(at)]),
    isFloor,
    gain(from) {
      let count = 0;
      eachCovered(from, (number) => {
        if (seen[number] === 0) count++;
      });
      return count;
    },
    roomAround,
    note,
    clear(cell) {
      things.delete(cellNumber(cell));
      floor[cellNumber(cell)] = 0;
    },
  };
}

function axisOf({ facing }: Agent): 'x' | 'y' {
  return facing % 2 === 0 ? 'x' : 'y';
}

function cellFrom(from: Agent, { ahead, aside }: Pick<Listed, 'ahead' | 'aside'>): Cell {
  const forward = vectorOf(from.facing);
  const right = vectorOf(turned(from.facing, 1));
  return {
    x: from.x + forward.x * ahead + right.x * aside,
    y: from.y + forward.y * ahead + right.y * aside,
  };
}
