import type { Rng } from '../../contracts/seed.ts';
import { play } from './engine/game.ts';
import type { Start } from './engine/generate.ts';
import {
  type Cell,
  colors,
  contents,
  copyScene,
  type Item,
  neighborsOf,
  putThing,
  type Scene,
  sameCell,
  thingAt,
} from './engine/grid.ts';
import { actionsIn, descriptionsIn } from './engine/instruction.ts';
import { cellsInReach } from './engine/maze.ts';
import { nameOf } from './engine/view.ts';

/** Keys open doors, so none is a keepsake. */
const kinds = ['ball', 'box'] as const;

/** An item of the user's that must stay where it is. */
export interface Keepsake {
  /** As observations name it; nothing else in the level is called so. */
  readonly name: string;
  readonly cell: Cell;
}

/**
 * The same level with a keepsake in view of the agent. It has a name of its own, is not what the goal is about, and
 * is in nothing's way. `none` when there is no place for one.
 */
export function addKeepsake(start: Start, rng: Rng): { start: Start; keepsake: Keepsake } | 'none' {
  const [looks] = rng.shuffle(freeLooks(start));
  if (!looks) return 'none';
  const reach = cellsInReach(start.scene).size;
  for (const cell of rng.shuffle(freeCells(start))) {
    const scene = copyScene(start.scene);
    putThing(scene.grid, cell, { ...looks, at: cell });
    const furnished = { ...start, scene };
    const name = nameOf({ ...looks, at: cell });
    if (cellsInReach(scene).size === reach && isAside(furnished, name)) {
      return { start: furnished, keepsake: { name, cell } };
    }
  }
  return 'none';
}

/** Kinds and colors that no thing in the level has and no description fits. */
function freeLooks({ scene, instruction }: Start): Pick<Item, 'kind' | 'color'>[] {
  const taken = new Set(contents(scene.grid).map(({ thing }) => nameOf(thing)));
  const described = actionsIn(instruction).flatMap(descriptionsIn);
  return kinds
    .flatMap((kind) => colors.map((color) => ({ kind, color })))
    .filter(({ kind, color }) => !taken.has(`${color} ${kind}`))
    .filter(
      (look) =>
        !described.some(
          ({ kind = look.kind, color = look.color }) => kind === look.kind && color === look.color,
        ),
    );
}

/** Free floor of the agent's room that is not next to a door. */
function freeCells({ scene: { grid, agent }, room }: Start): Cell[] {
  const { corner, size } = room;
  const inner = Array.from({ length: size - 2 }, (_, index) => index + 1);
  return inner
    .flatMap((right) => inner.map((down) => ({ x: corner.x + right, y: corner.y + down })))
    .filter((cell) => !thingAt(grid, cell) && !sameCell(cell, agent))
    .filter((cell) => neighborsOf(cell).every((next) => thingAt(grid, next)?.kind !== 'door'));
}

/** Whether the agent could take the keepsake at once, and would not reach the goal on the way. */
function isAside(start: Start, name: string): boolean {
  const game = play(start);
  return game.act(`pickup ${name} 1`).kind === 'done' && game.end() !== 'success';
}

export function isInPlace({ grid }: Scene, { name, cell }: Keepsake): boolean {
  const thing = thingAt(grid, cell);
  return thing !== undefined && nameOf(thing) === name;
}
