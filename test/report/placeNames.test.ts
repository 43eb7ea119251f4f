import { expect, test } from 'vitest';
import type { FrontPoint } from '../../src/report/charts/index.ts';
import { placeNames } from '../../src/report/charts/placeNames.ts';
import { fc } from '../support/properties.ts';

const scales = { x: (value: number) => 40 + value, y: (value: number) => value, width: 330, bottom: 200 };

function pointAt(name: string, x: number, y: number): FrontPoint {
  return { name, x, y, best: false, title: name };
}

const points = fc.array(
  fc
    .tuple(fc.string({ minLength: 1, maxLength: 30 }), fc.nat(270), fc.nat(200))
    .map(([name, x, y]) => pointAt(name, x, y)),
  { maxLength: 12 },
);

test('names lie in the drawing, and over neither each other nor a point', () => {
  fc.assert(
    fc.property(points, (all) => {
      const boxes = placeNames(all, scales).map(({ point, name, dx, dy }) => {
        const edge = scales.x(point.x) + dx;
        const length = name.length * 7;
        return { left: dx > 0 ? edge : edge - length, length, middle: scales.y(point.y) + dy };
      });
      for (const [index, { left, length, middle }] of boxes.entries()) {
        expect(left).toBeGreaterThanOrEqual(0);
        expect(left + length).toBeLessThanOrEqual(scales.width);
        const near = (other: { left: number; length: number; middle: number }): boolean =>
          left < other.left + other.length &&
          other.left < left + length &&
          Math.abs(other.middle - middle) < 13;
        expect(boxes.some((other, place) => place !== index && near(other))).toBe(false);
        expect(all.some(({ x, y }) => near({ left: scales.x(x), length: 0.1, middle: y }))).toBe(false);
      }
    }),
  );
});

test('a name is shortened before it is left out', () => {
  const long = 'a-defense-with-a-long-name';
  expect(placeNames([pointAt(long, 20, 100)], scales)).toMatchObject([{ name: 'a-defense-with-a-long…' }]);
  const narrow = { ...scales, width: 300 };
  expect(placeNames([pointAt(long, 110, 100)], narrow)).toMatchObject([{ name: 'a-defense-w…' }]);
  const crowd = Array.from({ length: 40 }, () => pointAt(long, 140, 100));
  expect(placeNames(crowd, scales).length).toBeLessThan(40);
});
