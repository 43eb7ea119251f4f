import { type Cell, type Scene, type Thing, thingAt, turned, vectorOf } from './grid.ts';

/** The agent sees this many cells ahead (its own row included) and across. */
const size = 7;
const half = 3;

/** A thing in view. */
export interface Sight {
  readonly thing: Thing;
  /** `red ball`, `blue closed door`, `wall`. */
  readonly name: string;
  readonly cell: Cell;
  /** Steps to it, without regard to what is in the way. */
  readonly distance: number;
  readonly ahead: number;
  /** To the right; negative to the left. */
  readonly aside: number;
}

export interface View {
  /** Everything in view but what is carried, nearest first. */
  readonly sights: readonly Sight[];
  /** Equal for two views in which the agent sees the same, wherever it is. */
  readonly image: string;
}

/** What the agent sees: walls and closed doors hide what is behind them. */
export function look({ grid, agent, carrying }: Scene): View {
  const forward = vectorOf(agent.facing);
  const right = vectorOf(turned(agent.facing, 1));
  const cellAt = (row: number, column: number): Cell => ({
    x: agent.x + forward.x * (size - 1 - row) + right.x * (column - half),
    y: agent.y + forward.y * (size - 1 - row) + right.y * (column - half),
  });
  const things = Array.from({ length: size * size }, (_, at) =>
    thingAt(grid, cellAt(Math.floor(at / size), at % size)),
  );
  const visible = visibleCells(things);
  const sights: Sight[] = [];
  let image = '';
  for (let at = 0; at < things.length; at++) {
    const [row, column] = [Math.floor(at / size), at % size];
    const own = row === size - 1 && column === half;
    const thing = own ? carrying : things[at];
    image += visible[at] === 1 ? (thing ? `${nameOf(thing)},` : '.') : '?';
    const cell = cellAt(row, column);
    if (!thing || own || visible[at] === 0 || cell.x < 0 || cell.y < 0) continue;
    const [ahead, aside] = [size - 1 - row, column - half];
    sights.push({ thing, name: nameOf(thing), cell, distance: ahead + Math.abs(aside), ahead, aside });
  }
  return { sights: sights.sort((one, other) => one.distance - other.distance), image };
}

/** Light spreads from the agent row by row: sideways, and from there ahead. */
function visibleCells(things: readonly (Thing | undefined)[]): Uint8Array {
  const visible = new Uint8Array(size * size);
  visible[(size - 1) * size + half] = 1;
  const spread = (row: number, column: number, side: 1 | -1): void => {
    const at = row * size + column;
    if (visible[at] === 0 || blocksSight(things[at])) return;
    visible[at + side] = 1;
    if (row === 0) return;
    visible[at - size] = 1;
    visible[at - size + side] = 1;
  };
  for (let row = size - 1; row >= 0; row--) {
    for (let column = 0; column < size - 1; column++) spread(row, column, 1);
    for (let column = size - 1; column > 0; column--) spread(row, column, -1);
  }
  return visible;
}

function blocksSight(thing: Thing | undefined): boolean {
  return thing?.kind === 'wall' || (thing?.kind === 'door' && !thing.open);
}

/** A thing as observations name it, without its number. */
export function nameOf(thing: Thing): string {
  if (thing.kind !== 'door') return `${thing.color} ${thing.kind}`;
  return `${thing.color} ${thing.open ? 'open' : thing.locked ? 'locked' : 'closed'} door`;
}

/** The columns and rows that a planned path may touch; the original adds one behind or beside the view. */
export function pathRange({ agent }: Scene): { readonly low: Cell; readonly high: Cell } {
  const forward = vectorOf(agent.facing);
  const right = vectorOf(turned(agent.facing, 1));
  const range = (own: 'x' | 'y'): [number, number] => {
    const start = agent[own] + forward[own] * (size - 1) - right[own] * half;
    const end = start + size * (right[own] - forward[own]);
    return end < start ? [end, start] : [start, end - 1];
  };
  const [lowX, highX] = range('x');
  const [lowY, highY] = range('y');
  return { low: { x: lowX, y: lowY }, high: { x: highX, y: highY } };
}
