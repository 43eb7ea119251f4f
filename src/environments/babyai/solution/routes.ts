import { type Agent, type Cell, neighborOf, turned } from '../engine/grid.ts';
import { cellCount, cellNumber } from './cells.ts';

/** What it takes to enter a cell besides the step, or that it cannot be entered. */
export type Toll = number | 'blocked';

export interface Terrain {
  toll(cell: Cell): Toll;
}

/** A way from where the agent is. */
export interface Route {
  /** Poses after each turn or step; the first is the present one. */
  readonly poses: readonly Agent[];
}

interface Node {
  readonly pose: Agent;
  readonly cost: number;
  readonly from: Node | 'start';
}

/** Dearer ways than this are none. */
const horizon = 400;
/** Mazes are no larger than this around the start. */
const extent = 40;

/** All poses that can be reached, cheapest first. */
function* explore(terrain: Terrain, start: Agent): Generator<Node> {
  const buckets: Node[][] = [[{ pose: start, cost: 0, from: 'start' }]];
  const visited = new Uint8Array(cellCount * 4);
  for (let cost = 0; cost < buckets.length && cost < horizon; cost++) {
    for (const node of buckets[cost] ?? []) {
      const { pose } = node;
      const number = cellNumber(pose) * 4 + pose.facing;
      if (visited[number] === 1) continue;
      visited[number] = 1;
      yield node;
      for (const { pose: next, price } of movesFrom(terrain, pose)) {
        if (visited[cellNumber(next) * 4 + next.facing] === 1) continue;
        const total = cost + price;
        while (buckets.length <= total) buckets.push([]);
        buckets[total]?.push({ pose: next, cost: total, from: node });
      }
    }
  }
}

function movesFrom(terrain: Terrain, pose: Agent): { readonly pose: Agent; readonly price: number }[] {
  const { x, y, facing } = pose;
  const moves = [
    { pose: { x, y, facing: turned(facing, -1) }, price: 2 },
    { pose: { x, y, facing: turned(facing, 1) }, price: 2 },
  ];
  const ahead = neighborOf(pose, facing);
  const toll = Math.max(Math.abs(ahead.x), Math.abs(ahead.y)) > extent ? 'blocked' : terrain.toll(ahead);
  if (toll !== 'blocked') moves.unshift({ pose: { ...ahead, facing }, price: 1 + toll });
  return moves;
}

/** The cheapest way to a pose that fits. */
export function findRoute(terrain: Terrain, start: Agent, fits: (pose: Agent) => boolean): Route | 'none' {
  for (const node of explore(terrain, start)) if (fits(node.pose)) return routeTo(node);
  return 'none';
}

/** Steps that a better outlook may cost more than the best so far. */
const patience = 10;

/** The way to the pose that shows most for its price. */
export function findOutlook(terrain: Terrain, start: Agent, gain: (pose: Agent) => number): Route | 'none' {
  let best: { readonly node: Node; readonly value: number } | undefined;
  for (const node of explore(terrain, start)) {
    if (best && node.cost > best.node.cost + patience) break;
    const value = gain(node.pose) / (node.cost + patience);
    if (value > (best?.value ?? 0)) best = { node, value };
  }
  return best ? routeTo(best.node) : 'none';
}

function routeTo(end: Node): Route {
  const poses: Agent[] = [];
  for (let node: Node | 'start' = end; node !== 'start'; node = node.from) poses.push(node.pose);
  return { poses: poses.reverse() };
}
