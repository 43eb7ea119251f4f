import { type Cell, type Facing, neighborOf, type Scene, sameCell, turned } from './grid.ts';
import { pathRange, type Sight } from './view.ts';

/** Minigrid's own actions. */
export type Primitive = 'left' | 'right' | 'forward' | 'pickup' | 'drop' | 'toggle';

/** Ways from the agent through what it sees. */
export interface Paths {
  /** Primitives that make the agent face the cell from next to it. */
  facing(cell: Cell): readonly Primitive[] | 'none';
  /** Primitives that bring the agent into the cell. */
  into(cell: Cell): readonly Primitive[] | 'none';
}

/** A pose is a number: the cell within the range of the search, times 4, plus the facing. */
interface Field {
  readonly low: Cell;
  readonly width: number;
  readonly height: number;
  readonly blocked: Uint8Array;
}

interface Search {
  /** Poses within reach, nearest first, as the original would visit them. */
  readonly poses: readonly number[];
  /** From where each pose is reached; -1 for the first and for those out of reach. */
  readonly from: Int16Array;
  readonly by: Primitive[];
}

/**
 * Shortest ways, with the original's choice among equally short ones. Everything in view is in the way but doors;
 * cells that are not seen count as free.
 */
export function findPaths(scene: Scene, sights: readonly Sight[]): Paths {
  const field = fieldOf(scene, sights);
  const search = searchFrom(field, poseNumber(field, scene.agent, scene.agent.facing));
  const wayTo = (fits: (cell: Cell, facing: Facing) => boolean): readonly Primitive[] | 'none' => {
    const end = search.poses.find((pose) => fits(cellOf(field, pose), facingOf(pose)));
    return end === undefined ? 'none' : actionsTo(search, end);
  };
  return {
    facing: (goal) => wayTo((cell, facing) => sameCell(neighborOf(cell, facing), goal)),
    into: (goal) => wayTo((cell) => sameCell(cell, goal)),
  };
}

function fieldOf(scene: Scene, sights: readonly Sight[]): Field {
  const { low, high } = pathRange(scene);
  const [width, height] = [high.x - low.x + 1, high.y - low.y + 1];
  const field: Field = { low, width, height, blocked: new Uint8Array(width * height) };
  for (const { thing, cell } of sights) {
    if (thing.kind !== 'door' && isWithin(field, cell)) field.blocked[poseNumber(field, cell, 0) >> 2] = 1;
  }
  return field;
}

function isWithin({ low, width, height }: Field, { x, y }: Cell): boolean {
  return x >= low.x && y >= low.y && x < low.x + width && y < low.y + height;
}

function poseNumber({ low, height }: Field, { x, y }: Cell, facing: Facing): number {
  return ((x - low.x) * height + y - low.y) * 4 + facing;
}

function cellOf({ low, height }: Field, pose: number): Cell {
  const cell = pose >> 2;
  return { x: low.x + Math.floor(cell / height), y: low.y + (cell % height) };
}

function facingOf(pose: number): Facing {
  return turned(0, pose);
}

function actionsTo({ from, by }: Search, end: number): Primitive[] {
  const actions: Primitive[] = [];
  for (let pose = end; (from[pose] ?? -1) >= 0; pose = from[pose] ?? -1) actions.push(by[pose] ?? 'forward');
  return actions.reverse();
}

/**
 * The original's queue holds a pose once for every shortest way to it, and the last way wins. So each layer of equally
 * distant poses is kept in two orders: by their first place in that queue, and by their last.
 */
function searchFrom(field: Field, start: number): Search {
  const count = field.width * field.height * 4;
  const layerOf = new Int16Array(count).fill(-1);
  const search = { poses: [start], from: new Int16Array(count).fill(-1), by: [] as Primitive[] };
  layerOf[start] = 0;
  let byFirst = [start];
  let byLast = [start];
  for (let layer = 1; byFirst.length > 0; layer++) {
    const next: number[] = [];
    for (const pose of byFirst) {
      for (const [reached] of movesFrom(field, pose)) {
        if (layerOf[reached] !== -1) continue;
        layerOf[reached] = layer;
        next.push(reached);
      }
    }
    const visits: number[] = [];
    for (const pose of byLast) {
      for (const [reached, action] of movesFrom(field, pose)) {
        if (layerOf[reached] !== layer) continue;
        search.from[reached] = pose;
        search.by[reached] = action;
        visits.push(reached);
      }
    }
    byFirst = next;
    byLast = lastOfEach(visits);
    search.poses.push(...next);
  }
  return search;
}

function movesFrom(field: Field, pose: number): (readonly [number, Primitive])[] {
  const facing = facingOf(pose);
  const cell = cellOf(field, pose);
  const ahead = neighborOf(cell, facing);
  const turns = [
    [poseNumber(field, cell, turned(facing, -1)), 'left'],
    [poseNumber(field, cell, turned(facing, 1)), 'right'],
  ] as const;
  const forward = poseNumber(field, ahead, facing);
  const free = isWithin(field, ahead) && field.blocked[forward >> 2] === 0;
  return free ? [[forward, 'forward'], ...turns] : [...turns];
}

/** Each number once, in the order of its last appearance. */
function lastOfEach(numbers: readonly number[]): number[] {
  return [...new Set(numbers.toReversed())].reverse();
}
