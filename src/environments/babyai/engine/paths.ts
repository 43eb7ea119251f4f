import { type Agent, type Cell, type Facing, neighborOf, type Scene, sameCell, turned } from './grid.ts';
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

interface Pose extends Agent {
  /** The last pose that leads here, in the order in which the original visits them. */
  from?: { readonly pose: Pose; readonly action: Primitive };
}

/**
 * Shortest ways, with the original's choice among equally short ones. Everything in view is in the way but doors;
 * cells that are not seen count as free.
 */
export function findPaths(scene: Scene, sights: readonly Sight[]): Paths {
  const poses = reachablePoses(scene, sights);
  const wayTo = (fits: (pose: Pose) => boolean): readonly Primitive[] | 'none' => {
    const end = poses.find(fits);
    return end ? actionsTo(end) : 'none';
  };
  return {
    facing: (cell) => wayTo((pose) => sameCell(neighborOf(pose, pose.facing), cell)),
    into: (cell) => wayTo((pose) => sameCell(pose, cell)),
  };
}

function actionsTo(end: Pose): Primitive[] {
  const actions: Primitive[] = [];
  for (let step = end.from; step; step = step.pose.from) actions.push(step.action);
  return actions.reverse();
}

/**
 * All poses, nearest first. The original's queue holds a pose once for every shortest way to it, and the last way
 * wins. So each layer is kept in two orders: by first place in that queue, and by last place.
 */
function reachablePoses(scene: Scene, sights: readonly Sight[]): readonly Pose[] {
  const { low, high } = pathRange(scene);
  const blocked = new Set(
    sights.filter(({ thing }) => thing.kind !== 'door').map(({ cell }) => cellKey(cell)),
  );
  const start: Pose = { ...scene.agent };
  const all = [start];
  const known = new Map([[poseKey(start), start]]);
  let byFirst = [start];
  let byLast = [start];
  while (byFirst.length > 0) {
    const next = new Map<string, Pose>();
    for (const pose of byFirst) {
      for (const { pose: reached } of stepsFrom(pose)) {
        const key = poseKey(reached);
        const outside = reached.x < low.x || reached.x > high.x || reached.y < low.y || reached.y > high.y;
        if (!outside && !known.has(key) && !next.has(key) && !blocked.has(cellKey(reached))) next.set(key, reached);
      }
    }
    const lastOrder = new Map<string, Pose>();
    for (const pose of byLast) {
      for (const { pose: reached, action } of stepsFrom(pose)) {
        const key = poseKey(reached);
        const found = next.get(key);
        if (!found) continue;
        found.from = { pose, action };
        lastOrder.delete(key);
        lastOrder.set(key, found);
      }
    }
    for (const [key, pose] of next) known.set(key, pose);
    byFirst = [...next.values()];
    byLast = [...lastOrder.values()];
    all.push(...byFirst);
  }
  return all;
}

function stepsFrom(pose: Pose): { readonly pose: Pose; readonly action: Primitive }[] {
  const { x, y, facing } = pose;
  const turn = (quarters: number): Pose => ({ x, y, facing: turned(facing, quarters) });
  return [
    { action: 'forward', pose: { ...neighborOf(pose, facing), facing } },
    { action: 'left', pose: turn(-1) },
    { action: 'right', pose: turn(1) },
  ];
}

function cellKey({ x, y }: Cell): string {
  return `${x},${y}`;
}

function poseKey({ x, y, facing }: Cell & { readonly facing: Facing }): string {
  return `${x},${y},${facing}`;
}
