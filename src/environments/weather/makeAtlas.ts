import type { Rng, Seed } from '../../contracts/seed.ts';
import { differentNames, placeName } from '../kit/queries/names.ts';
import { type Atlas, type Day, type Place, plainPlace } from './atlas.ts';
import { dayNumber } from './calendar.ts';
import { type Coordinates, distance } from './geodesic.ts';

const placeCount = 160;
/** A name in eight stands for places in two countries. */
const namesakeStep = 8;
const mostHits = 3;
/** A city's weather is that of its surroundings (km). */
const reach = 50;

const countries = [
  'AR',
  'AU',
  'BR',
  'CA',
  'CL',
  'DE',
  'ES',
  'FI',
  'FR',
  'GB',
  'IN',
  'JP',
  'KE',
  'MX',
  'NO',
  'NZ',
  'PL',
  'US',
  'ZA',
];

/** Invented cities all over the earth, with a climate that follows from latitude, height and season. */
export function makeAtlas(seed: Seed): Atlas {
  const rng = seed.child('places').rng();
  const names = differentNames(placeCount, () => placeName(rng));
  const places = names.map((name) => makePlace(rng, name));
  const namesakes = names
    .filter((_, place) => place % namesakeStep === 0)
    .map((name) => makePlace(rng, name));
  const all = [...places, ...namesakes];
  const salt = seed.child('climate').rng().int(1, 0x7fffffff);
  const station = createStations(all);
  return {
    names,
    find: (name) => findPlaces(all, name),
    elevation: (at) => heightOf(station(at), salt),
    weather: (at, date) => weatherAt(station(at), salt, date),
  };
}

function makePlace(rng: Rng, name: string): Place {
  const degrees = (low: number, high: number): number => rng.int(low * 10_000, high * 10_000) / 10_000;
  return { name, latitude: degrees(-52, 66), longitude: degrees(-179, 179), country: rng.pick(countries) };
}

/** Places of that name, or else those whose names begin with it. */
export function findPlaces(places: readonly Place[], name: string): readonly Place[] {
  const wanted = plainPlace(name);
  if (wanted === '') return [];
  const exact = places.filter((place) => plainPlace(place.name) === wanted);
  const hits = exact.length > 0 ? exact : places.filter((place) => plainPlace(place.name).startsWith(wanted));
  return hits.slice(0, mostHits);
}

/** The city nearby, or else the middle of a cell of a quarter of a degree. */
function createStations(places: readonly Place[]): (at: Coordinates) => Coordinates {
  return (at) => {
    const near = places.find(
      (place) => Math.abs(place.latitude - at.latitude) < 0.5 && distance(place, at) <= reach,
    );
    if (near) return near;
    const cell = (degrees: number): number => Math.round(degrees * 4) / 4;
    return { latitude: cell(at.latitude), longitude: cell(at.longitude) };
  };
}

/** A number from 0 to 1 that depends on all the keys. */
function chance(keys: readonly number[]): number {
  let hash = 0x9e3779b9;
  for (const key of keys) {
    hash = Math.imul(hash ^ key, 0x85ebca6b);
    hash ^= hash >>> 13;
    hash = Math.imul(hash, 0xc2b2ae35);
    hash ^= hash >>> 16;
  }
  return (hash >>> 0) / 0x100000000;
}

function keysOf({ latitude, longitude }: Coordinates): readonly [number, number] {
  return [Math.round(latitude * 10_000), Math.round(longitude * 10_000)];
}

/** Mostly low, sometimes up to 3,200 meters. */
export function heightOf(at: Coordinates, salt: number): number {
  return Math.round(3_200 * chance([...keysOf(at), salt, 1]) ** 3);
}

export function weatherAt(at: Coordinates, salt: number, date: string): Day {
  const day = dayNumber(date);
  const luck = (what: number, when = day): number => chance([...keysOf(at), salt, what, when]);
  const always = (what: number): number => luck(what, 0);
  // Warmest in late July in the north, half a year later in the south.
  const season = Math.cos((2 * Math.PI * (day - 20_665)) / 365.2425) * (at.latitude < 0 ? -1 : 1);
  const away = Math.abs(at.latitude);
  const normal = 29 - 0.42 * away - heightOf(at, salt) * 0.005 + 4 * (always(2) - 0.5);
  const swing = 2 + away * 0.2;
  const spell = 5 * (luck(3, Math.floor(day / 4)) - 0.5) + 5 * (luck(4) - 0.5);
  const mean = tenth(normal + swing * season + spell);
  const isWet = luck(5, Math.floor(day / 2)) * 0.5 + luck(6) * 0.5 < 0.2 + 0.35 * always(7);
  const water = isWet ? 0.1 - 7 * Math.log(1 - 0.98 * luck(8)) : 0;
  return {
    mean,
    max: tenth(mean + 2 + 6 * luck(9)),
    min: tenth(mean - 2 - 6 * luck(10)),
    rain: mean > -1.5 ? tenth(water) : 0,
    snow: mean < 3 && isWet ? Math.round(70 * water) / 100 : 0,
    air: Math.max(1, Math.round(6 + 70 * always(11) ** 2 + 30 * (luck(12) - 0.3))),
  };
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
