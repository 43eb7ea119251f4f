import type { ToolCall } from '../../contracts/goal.ts';
import { type Agent, type Cell, neighborOf, type Scene, sameCell, thingAt, turned } from './engine/grid.ts';
import { findRoute, type Route, type Terrain } from './solution/routes.ts';

/** How far one call moves at most. */
const longestRun = 10;

/** The calls that bring an agent right in front of a cell with free hands, from where it is; none if there is no way. */
export function callsTo(scene: Scene, goal: Cell): readonly ToolCall[] {
  const { agent, carrying } = scene;
  if (!carrying)
    return walk(
      scene,
      routeFacing(scene, agent, (cell) => sameCell(cell, goal)),
    );
  const toSpot = routeFacing(scene, agent, (cell) => thingAt(scene.grid, cell) === undefined);
  const spot = endOf(toSpot, agent);
  const dropped = neighborOf(spot, spot.facing);
  const onward = routeFacing(scene, spot, (cell) => sameCell(cell, goal), dropped);
  return [...walk(scene, toSpot), call('drop'), ...walk(scene, onward)];
}

function call(tool: string, args: ToolCall['arguments'] = {}): ToolCall {
  return { service: 'babyai', tool, arguments: args };
}

function endOf(route: Route | 'none', start: Agent): Agent {
  return (route === 'none' ? undefined : route.poses.at(-1)) ?? start;
}

function routeFacing(
  { grid }: Scene,
  start: Agent,
  fits: (cell: Cell) => boolean,
  blocked?: Cell,
): Route | 'none' {
  const terrain: Terrain = {
    toll(cell) {
      if (blocked && sameCell(blocked, cell)) return 'blocked';
      const thing = thingAt(grid, cell);
      if (!thing) return 0;
      if (thing.kind !== 'door' || thing.locked) return 'blocked';
      return thing.open ? 0 : 1;
    },
  };
  return findRoute(terrain, start, (pose) => fits(neighborOf(pose, pose.facing)));
}

function walk({ grid }: Scene, route: Route | 'none'): ToolCall[] {
  if (route === 'none') return [];
  const calls: ToolCall[] = [];
  let steps = 0;
  const finishRun = (): void => {
    if (steps > 0) calls.push(call('move_forward', { steps }));
    steps = 0;
  };
  route.poses.slice(1).forEach((pose, index) => {
    const facing = route.poses[index]?.facing ?? pose.facing;
    const thing = thingAt(grid, pose);
    if (facing !== pose.facing) {
      finishRun();
      calls.push(call('turn', { direction: pose.facing === turned(facing, 1) ? 'right' : 'left' }));
    } else {
      const shut = thing?.kind === 'door' && !thing.open;
      if (shut || steps === longestRun) finishRun();
      if (shut) calls.push(call('toggle'));
      steps++;
    }
  });
  finishRun();
  return calls;
}
