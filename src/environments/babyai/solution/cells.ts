import type { Cell } from '../engine/grid.ts';

/** A chart reaches this far from the start in every direction. */
export const mapReach = 64;

/** A number from 0 for each cell of a chart. */
export function cellNumber({ x, y }: Cell): number {
  return (x + mapReach) * 2 * mapReach + y + mapReach;
}

export const cellCount = (2 * mapReach) ** 2;
