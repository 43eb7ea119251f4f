import { z } from 'zod';
import type { JsonObject } from '../../contracts/json.ts';
import { ask, type Program, Unclear } from '../kit/queries/program.ts';
import type { AirLevel, Day } from './atlas.ts';
import { airLevels } from './atlas.ts';
import { dateOf, datesOf, dayNumber, type When } from './calendar.ts';
import type { Coordinates } from './geodesic.ts';
import type { Measure, Site } from './queries.ts';

/** Longest stretch of days in one call. */
const longestStretch = 31;

const dateShape = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const hitsShape = z.object({
  results: z.array(z.object({ latitude: z.number(), longitude: z.number() })).min(1),
});
const seriesShape = z.object({ daily: z.record(z.string(), z.array(z.union([z.string(), z.number()]))) });

/** The tools a measure is read with, and where the numbers stand in a result. */
interface Source {
  readonly past: string;
  readonly present: string;
  /** There is none for air. */
  readonly future?: string;
  readonly members: Readonly<Partial<Record<keyof Day, string>>>;
}

const sources: Readonly<Record<'temperature' | 'rain' | 'snow' | 'air', Source>> = {
  temperature: {
    past: 'get_historical_temp',
    present: 'get_current_temp',
    future: 'get_temp_forecast',
    members: { max: 'temperature_2m_max', min: 'temperature_2m_min', mean: 'temperature_2m_mean' },
  },
  rain: {
    past: 'get_historical_rain',
    present: 'get_current_rain',
    future: 'get_rain_forecast',
    members: { rain: 'rain_sum' },
  },
  snow: {
    past: 'get_historical_snow',
    present: 'get_current_snow',
    future: 'get_snow_forecast',
    members: { snow: 'snowfall_sum' },
  },
  air: {
    past: 'get_historical_air_quality_index',
    present: 'get_current_air_quality_index',
    members: { air: 'european_aqi_pm2_5' },
  },
};

function sourcesOf(measure: Measure): readonly Source[] {
  if (measure === 'rain' || measure === 'snow' || measure === 'air') return [sources[measure]];
  return measure === 'water' ? [sources.rain, sources.snow] : [sources.temperature];
}

/** Looks things up, each of them once. */
export interface Guide {
  today(): Program<string>;
  at(site: Site): Program<Coordinates>;
  /** The days that are meant, with what is needed of them; the rest of a day is zero. */
  days(site: Site, when: When, measures: readonly Measure[]): Program<readonly Day[]>;
}

export function createGuide(): Guide {
  const known = new Map<string, Coordinates>();
  const own: { date?: string; location?: string } = {};
  const guide: Guide = {
    *today() {
      own.date ??= yield* ask('get_user_current_date', {}, dateShape);
      return own.date;
    },
    *at(site) {
      if (site.by === 'here') own.location ??= yield* ask('get_user_current_location', {}, z.string().min(1));
      const name = site.by === 'here' ? (own.location ?? '') : site.name;
      const found = known.get(name) ?? (yield* coordinatesOf(name));
      known.set(name, found);
      return found;
    },
    *days(site, when, measures) {
      const today = yield* guide.today();
      const dates = datesOf(when, today);
      const at = yield* guide.at(site);
      const days = dates.map(
        (): Record<keyof Day, number> => ({ max: 0, min: 0, mean: 0, rain: 0, snow: 0, air: 0 }),
      );
      for (const source of new Set(measures.flatMap(sourcesOf))) {
        const values = yield* valuesOf(source, { at, dates, today });
        for (const [member, numbers] of values) {
          for (const [place, day] of days.entries()) day[member] = numbers[place] ?? 0;
        }
      }
      return days;
    },
  };
  return guide;
}

function* coordinatesOf(name: string): Program<Coordinates> {
  const { results } = yield* ask('get_latitude_longitude', { name }, hitsShape);
  const [first] = results;
  if (!first) throw new Unclear('There is no such place');
  return { latitude: first.latitude, longitude: first.longitude };
}

interface Wanted {
  readonly at: Coordinates;
  readonly dates: readonly string[];
  readonly today: string;
}

/** For each member of a day, the numbers of all dates. */
function* valuesOf(
  source: Source,
  { at, dates, today }: Wanted,
): Program<readonly (readonly [keyof Day, readonly number[]])[]> {
  const members = Object.entries(source.members) as [keyof Day, string][];
  const columns = members.map(([member]) => [member, [] as number[]] as const);
  for (const stretch of stretches(dates, today)) {
    const { daily } = yield* ask(
      toolFor(source, stretch, today),
      argumentsFor(at, stretch, today),
      seriesShape,
    );
    for (const [place, [, name]] of members.entries()) {
      const numbers = (daily[name] ?? []).map(Number);
      if (numbers.length !== stretch.length) throw new Unclear('A result lacks days');
      columns[place]?.[1].push(...numbers);
    }
  }
  return columns;
}

function toolFor(source: Source, [first = '']: readonly string[], today: string): string {
  if (first === today) return source.present;
  if (first < today) return source.past;
  if (source.future === undefined) throw new Unclear('There is no forecast of air quality');
  return source.future;
}

function argumentsFor(at: Coordinates, stretch: readonly string[], today: string): JsonObject {
  const [first = ''] = stretch;
  const place = { latitude: at.latitude, longitude: at.longitude };
  return first === today
    ? { ...place, current_date: today }
    : { ...place, start_date: first, end_date: stretch.at(-1) ?? first };
}

/** Unbroken runs of days on one side of today, or today alone; none too long. */
function stretches(dates: readonly string[], today: string): readonly (readonly string[])[] {
  const runs: string[][] = [];
  for (const date of dates) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    const isNext = last !== undefined && dateOf(dayNumber(last) + 1) === date;
    const isApart = date === today || last === today;
    if (run && isNext && !isApart && run.length < longestStretch) run.push(date);
    else runs.push([date]);
  }
  return runs;
}

export function* levelOf(index: number): Program<AirLevel> {
  return yield* ask('get_air_quality_level', { air_quality_index: index }, z.enum(airLevels));
}

export function* heightAt(at: Coordinates): Program<number> {
  const shape = z.object({ elevation: z.array(z.number()).min(1) });
  const { elevation } = yield* ask(
    'get_elevation',
    { latitude: at.latitude, longitude: at.longitude },
    shape,
  );
  return elevation[0] ?? 0;
}

export function* distanceBetween(one: Coordinates, other: Coordinates): Program<number> {
  const ends = {
    latitude1: one.latitude,
    longitude1: one.longitude,
    latitude2: other.latitude,
    longitude2: other.longitude,
  };
  return yield* ask('get_distance', ends, z.number());
}
