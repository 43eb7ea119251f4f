import type { FrontPoint } from './index.ts';

export interface PlacedName {
  readonly point: FrontPoint;
  readonly name: string;
  /** Pixels from the point; to the left of it if negative. */
  readonly dx: number;
  readonly dy: number;
}

/** Where values are on the drawing, in pixels. */
interface Scales {
  x(value: number): number;
  y(value: number): number;
  readonly width: number;
  /** Of the field that values stand in, from the top of the drawing. */
  readonly bottom: number;
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly middle: number;
}

/** Characters of a name; the shorter form where the longer one finds no place. */
const lengths = [22, 12];
const [characterWidth, lineHeight] = [7, 13];
/** Tried in this order: beside the point, above, below, further away. */
const heights = [0, -12, 12, -24, 24, -36, 36, -48, 48];

/**
 * Puts each name where it covers neither another name nor a point. A name without such a place is left out: points tell
 * theirs when they are pointed at, and the table beside the chart has all.
 */
export function placeNames(points: readonly FrontPoint[], scales: Scales): PlacedName[] {
  const taken: Box[] = points.map((point) => {
    const at = scales.x(point.x);
    return { left: at - 6, right: at + 6, middle: scales.y(point.y) };
  });
  const isFree = (box: Box): boolean =>
    box.left >= 0 &&
    box.right <= scales.width &&
    box.middle >= lineHeight / 2 &&
    box.middle <= scales.bottom &&
    !taken.some((other) => overlap(box, other));
  // The best first: they are what readers look for.
  return [...points]
    .sort((a, b) => Number(b.best) - Number(a.best) || a.y - b.y)
    .flatMap((point) => {
      const found = placesOf(point).find((place) => isFree(boxOf(place, scales)));
      if (found) taken.push(boxOf(found, scales));
      return found ?? [];
    });
}

function placesOf(point: FrontPoint): PlacedName[] {
  return lengths.flatMap((length) => {
    const name = point.name.length > length ? `${point.name.slice(0, length - 1)}…` : point.name;
    return heights.flatMap((dy) => [10, -10].map((dx) => ({ point, name, dx, dy })));
  });
}

function boxOf({ point, name, dx, dy }: PlacedName, scales: Scales): Box {
  const edge = scales.x(point.x) + dx;
  const length = name.length * characterWidth;
  return {
    left: dx > 0 ? edge : edge - length,
    right: dx > 0 ? edge + length : edge,
    middle: scales.y(point.y) + dy,
  };
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && Math.abs(a.middle - b.middle) < lineHeight;
}
