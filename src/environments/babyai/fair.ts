import type { Start } from './engine/generate.ts';
import { type Cell, contents, neighborsOf, type Scene, thingAt } from './engine/grid.ts';
import { actionsIn, matches } from './engine/instruction.ts';

/**
 * Whether the goal can be reached at all. Some levels of the original cannot: the key lies in the room that it
 * opens, or the one right item is shut in by items that must not be touched.
 */
export function isFair({ scene, room, instruction }: Start): boolean {
  return actionsIn(instruction).every((action) => {
    const strict = action.verb === 'pick up' && action.strict === true;
    const inReach = reachWithoutKeys(scene, strict);
    const has = (cell: Cell): boolean => inReach.has(`${cell.x},${cell.y}`);
    const meant = matches(scene, room, action.what).filter(({ thing }) => thing.kind !== 'wall');
    if (meant.some(({ cell }) => has(cell))) return true;
    return !strict && keysInReach(scene, has);
  });
}

/** Cells that can be walked to or touched through unlocked doors; items can be moved away unless `strict`. */
function reachWithoutKeys({ grid, agent }: Scene, strict: boolean): ReadonlySet<string> {
  const reached = new Set<string>();
  const work: Cell[] = [agent];
  for (let cell = work.pop(); cell; cell = work.pop()) {
    const name = `${cell.x},${cell.y}`;
    if (reached.has(name)) continue;
    reached.add(name);
    const thing = thingAt(grid, cell);
    const blocks =
      thing?.kind === 'wall' || (thing?.kind === 'door' ? thing.locked : strict && thing !== undefined);
    if (!blocks) work.push(...neighborsOf(cell));
  }
  return reached;
}

/** Whether every locked door has a key that is in reach. */
function keysInReach({ grid }: Scene, isInReach: (cell: Cell) => boolean): boolean {
  const things = contents(grid);
  const keys = things.filter(({ thing, cell }) => thing.kind === 'key' && isInReach(cell));
  return things.every(
    ({ thing }) =>
      thing.kind !== 'door' || !thing.locked || keys.some((key) => key.thing.color === thing.color),
  );
}
