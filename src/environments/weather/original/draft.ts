import type { Rng } from '../../../contracts/seed.ts';
import { Unforceable } from '../../kit/queries/forcing.ts';
import { placeName } from '../../kit/queries/names.ts';
import { type Atlas, type Day, type Place, plainPlace, type Setting } from '../atlas.ts';
import { distance } from '../geodesic.ts';
import { findPlaces, heightOf, weatherAt } from '../makeAtlas.ts';
import type { Measure, Site } from '../queries.ts';

type Facts = Partial<Record<Measure, number>>;

/** An atlas in the making. Places get a position of their own; days that nothing is said about have any weather. */
export interface Draft {
  readonly setting: Setting;
  /** Says what a day is like at a place; what was said before stays where it is not contradicted. */
  set(site: Site, date: string, facts: Facts): void;
  raise(site: Site, height: number): void;
  /** Puts the second place so many kilometers from the first. */
  part(sites: readonly [Site, Site], kilometers: number): void;
  atlas(): Atlas;
}

const farthest = 19_000;

export function createDraft(setting: Setting, rng: Rng): Draft {
  const places = new Map<string, Place>();
  const days = new Map<string, Day>();
  const heights = new Map<string, number>();
  const salt = rng.int(1, 1_000_000);
  const nameOf = (site: Site): string => (site.by === 'here' ? setting.location : site.name);
  const place = (name: string): Place => {
    const key = plainPlace(name);
    const known = places.get(key);
    if (known) return known;
    // Each place has a parallel of its own, so that none is near another.
    const made = {
      name,
      latitude: -40 + places.size * 3 + rng.int(0, 99) / 100,
      longitude: rng.int(-9_000, 9_000) / 100,
      country: 'XX',
    };
    places.set(key, made);
    return made;
  };
  const keyOf = (name: string, date: string): string => `${plainPlace(name)} ${date}`;
  const at = (site: Site): Place => place(nameOf(site));
  for (const name of [setting.location, ...[0, 1, 2].map(() => placeName(rng))]) place(name);
  return {
    setting,
    set(site, date, facts) {
      const key = keyOf(nameOf(site), date);
      days.set(key, changed(days.get(key) ?? weatherAt(at(site), salt, date), facts));
    },
    raise(site, height) {
      heights.set(plainPlace(at(site).name), height);
    },
    part([one, other], kilometers) {
      if (plainPlace(nameOf(one)) === plainPlace(nameOf(other)))
        throw new Unforceable('A place is not away from itself');
      const start = at(one);
      places.set(plainPlace(nameOf(other)), { ...start, name: nameOf(other), ...away(start, kilometers) });
    },
    atlas: () => {
      const all = [...places.values()];
      const nearest = (where: { latitude: number; longitude: number }): Place | undefined =>
        all.find(({ latitude, longitude }) => latitude === where.latitude && longitude === where.longitude);
      return {
        names: all.map(({ name }) => name),
        find: (name) => findPlaces(all, name),
        elevation: (where) => heights.get(plainPlace(nearest(where)?.name ?? '')) ?? heightOf(where, salt),
        weather: (where, date) =>
          days.get(keyOf(nearest(where)?.name ?? '', date)) ?? weatherAt(where, salt, date),
      };
    },
  };
}

/** The weather of a day with some facts changed, and the temperatures around them. */
function changed(day: Day, { range, water, ...facts }: Facts): Day {
  const mean =
    facts.mean ??
    (facts.max !== undefined ? facts.max - 5 : facts.min !== undefined ? facts.min + 5 : undefined);
  const around = mean === undefined ? {} : { mean, max: mean + 5, min: mean - 5 };
  const apart = range === undefined ? {} : { max: day.min + range, mean: day.min + range / 2 };
  // A day with snow keeps some, for its snow may be asked for besides.
  const snow = Math.min(day.snow, (water ?? 0) / 2);
  const wet = water === undefined ? {} : { rain: water - snow, snow };
  return { ...day, ...around, ...apart, ...wet, ...facts };
}

/** A point on the same meridian, over the pole if need be. */
function away(start: Place, kilometers: number): { latitude: number; longitude: number } {
  if (kilometers <= 0 || kilometers > farthest) throw new Unforceable('No place is that far away');
  const point = (angle: number): { latitude: number; longitude: number } => {
    const latitude = start.latitude + angle;
    const isOver = latitude > 90;
    const turned = start.longitude > 0 ? start.longitude - 180 : start.longitude + 180;
    return { latitude: isOver ? 180 - latitude : latitude, longitude: isOver ? turned : start.longitude };
  };
  let [low, high] = [0, 175];
  for (let round = 0; round < 100; round++) {
    const middle = (low + high) / 2;
    if (distance(start, point(middle)) < kilometers) low = middle;
    else high = middle;
  }
  return point((low + high) / 2);
}
