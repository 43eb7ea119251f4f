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
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly middle: number;
}

const maxLength = 22;
const [characterWidth, lineHeight] = [7, 13];
/** Tried in this order: beside the point, above, below, further away. */
const heights = [0, -12, 12, -24, 24, -36, 36];

/** Puts each name where it covers neither another name nor a point, as far as there is such a place. */
export function placeNames(points: readonly FrontPoint[], scales: Scales): PlacedName[] {
  const taken: Box[] = points.map((point) => {
    const at = scales.x(point.x);
    return { left: at - 6, right: at + 6, middle: scales.y(point.y) };
  });
  // The best first: they are what readers look for.
  return [...points]
    .sort((a, b) => Number(b.best) - Number(a.best) || a.y - b.y)
    .map((point) => {
      const name = point.name.length > maxLength ? `${point.name.slice(0, maxLength - 1)}…` : point.name;
      const places = heights.flatMap((dy) => [10, -10].map((dx) => ({ dx, dy })));
      const boxOf = ({ dx, dy }: { dx: number; dy: number }): Box => {
        const edge = scales.x(point.x) + dx;
        const length = name.length * characterWidth;
        return {
          left: dx > 0 ? edge : edge - length,
          right: dx > 0 ? edge + length : edge,
          middle: scales.y(point.y) + dy,
        };
      };
      const free = places.find((place) => {
        const box = boxOf(place);
        return box.left >= 0 && box.right <= scales.width && !taken.some((other) => overlap(box, other));
      });
      const chosen = free ?? { dx: 10, dy: 0 };
      taken.push(boxOf(chosen));
      return { point, name, ...chosen };
    });
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && Math.abs(a.middle - b.middle) < lineHeight;
}
