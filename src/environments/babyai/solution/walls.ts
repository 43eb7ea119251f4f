import { mapReach } from './cells.ts';

type Axis = 'x' | 'y';

/** Walls run through the whole maze in straight lines, at equal distances in both directions. */
export interface Walls {
  add(axis: Axis, at: number): void;
  /** Whether a wall is known at this column (x) or row (y). */
  crosses(axis: Axis, at: number): boolean;
  /** The nearest known wall before a column or row; infinitely far where none is known. */
  before(axis: Axis, at: number): number;
  /** The nearest known wall after a column or row. */
  after(axis: Axis, at: number): number;
  /** Whether all walls are known. */
  readonly complete: boolean;
  /** How many walls have been seen; grows when the picture changes. */
  readonly count: number;
}

interface Lines {
  readonly known: Set<number>;
  readonly isLine: Uint8Array;
}

export function createWalls(): Walls {
  const lines: Record<Axis, Lines> = { x: noLines(), y: noLines() };
  /** From one wall to the next, once two that bound one room are known. */
  let pitch = Number.POSITIVE_INFINITY;
  const draw = ({ known, isLine }: Lines): void => {
    const [any] = known;
    for (let at = -mapReach; at < mapReach; at++) {
      const regular = any !== undefined && pitch !== Number.POSITIVE_INFINITY && (at - any) % pitch === 0;
      isLine[at + mapReach] = regular || known.has(at) ? 1 : 0;
    }
  };
  const crosses = (axis: Axis, at: number): boolean => lines[axis].isLine[at + mapReach] === 1;
  return {
    add(axis, at) {
      const { known } = lines[axis];
      if (known.has(at)) return;
      for (const other of known) pitch = Math.min(pitch, Math.abs(other - at));
      known.add(at);
      draw(lines.x);
      draw(lines.y);
    },
    crosses,
    before(axis, at) {
      for (let line = at - 1; line >= -mapReach; line--) if (crosses(axis, line)) return line;
      return Number.NEGATIVE_INFINITY;
    },
    after(axis, at) {
      for (let line = at + 1; line < mapReach; line++) if (crosses(axis, line)) return line;
      return Number.POSITIVE_INFINITY;
    },
    get complete() {
      return pitch !== Number.POSITIVE_INFINITY && lines.x.known.size > 0 && lines.y.known.size > 0;
    },
    get count() {
      return lines.x.known.size + lines.y.known.size;
    },
  };
}

function noLines(): Lines {
  return { known: new Set(), isLine: new Uint8Array(2 * mapReach) };
}
