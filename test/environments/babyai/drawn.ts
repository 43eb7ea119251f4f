import type { Start } from '../../../src/environments/babyai/engine/generate.ts';
import {
  type Agent,
  type Color,
  type Door,
  emptyGrid,
  type Facing,
  type Item,
  putThing,
  type Scene,
  type Thing,
  wall,
} from '../../../src/environments/babyai/engine/grid.ts';
import type { Instruction } from '../../../src/environments/babyai/engine/instruction.ts';
import type { Room } from '../../../src/environments/babyai/engine/maze.ts';

const colorOf: Readonly<Record<string, Color>> = { r: 'red', b: 'blue', g: 'green', y: 'yellow' };
const kindOf: Readonly<Record<string, Item['kind']>> = { o: 'ball', k: 'key', x: 'box' };
const doorOf: Readonly<Record<string, Pick<Door, 'open' | 'locked'>>> = {
  '/': { open: true, locked: false },
  D: { open: false, locked: false },
  L: { open: false, locked: true },
};

/**
 * A scene from a drawing, two letters a cell: `##` wall, `..` floor, `ro` red ball, `bk` blue key, `gx` green box,
 * `rD`, `rL` and `r/` a closed, locked and open red door, and `>>`, `vv`, `<<`, `^^` the agent.
 */
export function drawn(...rows: readonly string[]): Scene {
  const grid = emptyGrid((rows[0]?.length ?? 0) / 2, rows.length);
  let agent: Agent = { x: 0, y: 0, facing: 0 };
  rows.forEach((row, y) => {
    for (let x = 0; x < grid.width; x++) {
      const [color = '', sign = ''] = row.slice(2 * x, 2 * x + 2);
      const facing = ['>', 'v', '<', '^'].indexOf(sign);
      if (facing >= 0) agent = { x, y, facing: facing as Facing };
      else if (sign !== '.') putThing(grid, { x, y }, thingFrom(color, sign, { x, y }));
    }
  });
  return { grid, agent, carrying: undefined };
}

function thingFrom(letter: string, sign: string, at: Door['at']): Thing {
  const [color, kind, door] = [colorOf[letter], kindOf[sign], doorOf[sign]];
  if (color && kind) return { kind, color, at };
  if (color && door) return { kind: 'door', color, at, ...door };
  return wall;
}

/** A level of one room with this scene. */
export function levelOf(scene: Scene, instruction: Instruction, maxSteps = 100): Start {
  const size = Math.max(scene.grid.width, scene.grid.height);
  const corner = { x: 0, y: 0 };
  const room: Room = { column: 0, row: 0, corner, size, doorCells: {}, doors: {}, items: [], locked: false };
  return { scene, room, rooms: [room], instruction, mission: '', maxSteps };
}
