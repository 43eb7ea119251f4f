/** Colors, in the order in which levels draw them. */
export const colors = ['blue', 'green', 'grey', 'purple', 'red', 'yellow'] as const;
export type Color = (typeof colors)[number];

/** Kinds of things that can be carried, in the order in which levels draw them. */
export const itemKinds = ['key', 'ball', 'box'] as const;
export type ItemKind = (typeof itemKinds)[number];

/** A cell: columns count to the right, rows downward, from 0. */
export interface Cell {
  readonly x: number;
  readonly y: number;
}

export interface Item {
  readonly kind: ItemKind;
  color: Color;
  /** Where it lies, or lay before it was picked up. */
  at: Cell;
}

export interface Door {
  readonly kind: 'door';
  readonly color: Color;
  readonly at: Cell;
  open: boolean;
  locked: boolean;
}

export interface Wall {
  readonly kind: 'wall';
  readonly color: Color;
}

export type Thing = Item | Door | Wall;

export const wall: Wall = { kind: 'wall', color: 'grey' };

/** 0 right, 1 down, 2 left, 3 up. */
export type Facing = 0 | 1 | 2 | 3;

const vectors: Readonly<Record<Facing, Cell>> = {
  0: { x: 1, y: 0 },
  1: { x: 0, y: 1 },
  2: { x: -1, y: 0 },
  3: { x: 0, y: -1 },
};

/** One step in a direction. */
export function vectorOf(facing: Facing): Cell {
  return vectors[facing];
}

/** The direction after that many quarter turns to the right. */
export function turned(facing: Facing, quarters: number): Facing {
  return ((((facing + quarters) % 4) + 4) % 4) as Facing;
}

export function neighborOf({ x, y }: Cell, facing: Facing): Cell {
  const { x: dx, y: dy } = vectors[facing];
  return { x: x + dx, y: y + dy };
}

export function neighborsOf(cell: Cell): Cell[] {
  return ([0, 1, 2, 3] as const).map((facing) => neighborOf(cell, facing));
}

export function sameCell(one: Cell, other: Cell): boolean {
  return one.x === other.x && one.y === other.y;
}

/** Steps between two cells, without regard to what is in the way. */
export function stepsBetween(one: Cell, other: Cell): number {
  return Math.abs(one.x - other.x) + Math.abs(one.y - other.y);
}

export interface Grid {
  readonly width: number;
  readonly height: number;
  /** Row by row. */
  readonly cells: (Thing | undefined)[];
}

export interface Agent extends Cell {
  readonly facing: Facing;
}

/** Everything that moves or is moved in a level. */
export interface Scene {
  readonly grid: Grid;
  agent: Agent;
  carrying: Item | undefined;
}

export function emptyGrid(width: number, height: number): Grid {
  return { width, height, cells: Array.from({ length: width * height }) };
}

/** What lies in a cell; beyond the edge there is wall. */
export function thingAt({ width, height, cells }: Grid, { x, y }: Cell): Thing | undefined {
  return x >= 0 && y >= 0 && x < width && y < height ? cells[y * width + x] : wall;
}

export function putThing({ width, cells }: Grid, { x, y }: Cell, thing: Thing | undefined): void {
  cells[y * width + x] = thing;
}

/** All cells that hold something, with what they hold. */
export function contents({ width, cells }: Grid): { readonly cell: Cell; readonly thing: Thing }[] {
  return cells.flatMap((thing, index) =>
    thing ? [{ cell: { x: index % width, y: Math.floor(index / width) }, thing }] : [],
  );
}

/** Whether the agent can walk onto what lies in a cell. */
export function isPassable(thing: Thing | undefined): boolean {
  return thing === undefined || (thing.kind === 'door' && thing.open);
}

/** A copy that shares nothing that changes. */
export function copyScene({ grid, agent, carrying }: Scene): Scene {
  const cells = grid.cells.map((thing) => (thing && thing.kind !== 'wall' ? { ...thing } : thing));
  return { grid: { ...grid, cells }, agent, carrying: carrying && { ...carrying } };
}
