import { z } from 'zod';
import type { JsonObject } from '../../contracts/json.ts';
import {
  defineQuery,
  failed,
  found,
  type QueryFunction,
  type QueryResult,
  type QuerySession,
} from '../kit/queries/functions.ts';
import { type Atlas, airLevel, type Day, originalAirLevel, type Setting } from './atlas.ts';
import { dateOf, dayNumber, range } from './calendar.ts';
import { distance } from './geodesic.ts';

const longestSpan = 30;
const [firstYear, lastYear] = [1940, 2199];

const nothing = z.strictObject({});
const latitude = z.number().min(-90).max(90).describe('Latitude in degrees.');
const longitude = z.number().min(-180).max(180).describe('Longitude in degrees.');
const date = z.iso.date();
const atPlace = z.strictObject({ latitude, longitude });
const inRange = z.strictObject({
  latitude,
  longitude,
  start_date: date.describe('First day, as YYYY-MM-DD.'),
  end_date: date.describe('Last day, as YYYY-MM-DD; at most 30 days after the first.'),
});
const onDay = z.strictObject({ latitude, longitude, current_date: date.describe('The day, as YYYY-MM-DD.') });
const ofName = z.strictObject({ name: z.string().min(1).max(2_000).describe('Name of a place.') });
const between = z.strictObject({
  latitude1: latitude,
  longitude1: longitude,
  latitude2: latitude,
  longitude2: longitude,
});
const ofIndex = z.strictObject({ air_quality_index: z.number().min(0).max(10_000).describe('The index.') });

/** What a series shows of each day: member of the result, unit, value. */
type Series = readonly { readonly member: string; readonly unit: string; of(day: Day): number }[];

const temperature: Series = [
  { member: 'temperature_2m_max', unit: '°C', of: ({ max }) => max },
  { member: 'temperature_2m_min', unit: '°C', of: ({ min }) => min },
  { member: 'temperature_2m_mean', unit: '°C', of: ({ mean }) => mean },
];
const rain: Series = [{ member: 'rain_sum', unit: 'mm', of: (day) => day.rain }];
const snow: Series = [{ member: 'snowfall_sum', unit: 'cm', of: (day) => day.snow }];
const air: Series = [{ member: 'european_aqi_pm2_5', unit: 'EAQI', of: (day) => day.air }];

/** Members that are floats in the original. */
export const floats: ReadonlySet<string> = new Set(
  ['latitude', 'longitude', 'elevation', 'rain_sum', 'snowfall_sum'].concat(
    temperature.map(({ member }) => member),
  ),
);

/** The tools of AgentBoard's weather environment, over an atlas. */
export function openWeather(atlas: Atlas, setting: Setting): QuerySession {
  return {
    functions: [
      ...aboutUser(setting),
      ...seriesOf(atlas, setting, ['temp', 'temperature'], temperature),
      ...seriesOf(atlas, setting, ['rain', 'rainfall'], rain),
      ...seriesOf(atlas, setting, ['snow', 'snowfall'], snow),
      ...aboutPlaces(atlas),
      ...aboutAir(atlas, setting),
    ],
    state: () => ({}),
  };
}

function aboutUser(setting: Setting): readonly QueryFunction[] {
  return [
    defineQuery({
      name: 'get_user_current_date',
      title: "Get the user's current date",
      description: 'Returns the current date of the user, as YYYY-MM-DD.',
      input: nothing,
      run: () => found(setting.date),
    }),
    defineQuery({
      name: 'get_user_current_location',
      title: "Get the user's current city",
      description: 'Returns the city the user is in.',
      input: nothing,
      run: () => found(setting.location),
    }),
  ];
}

type Range = z.output<typeof inRange>;

/** Looks a range up unless it lies on the wrong side of today. */
function ranged(atlas: Atlas, series: Series, query: Range): QueryResult {
  const [first, last] = [dayNumber(query.start_date), dayNumber(query.end_date)];
  if (last < first) return failed('Error: end_date should not be earlier than start_date');
  if (last - first > longestSpan)
    return failed(
      `Error: at most ${longestSpan} days can lie between start_date and end_date; split the range.`,
    );
  if ([query.start_date, query.end_date].some(isOutside))
    return failed(`Error: dates should be from ${firstYear} to ${lastYear}`);
  const dates = range(first, last).map(dateOf);
  const days = dates.map((each) => atlas.weather(query, each));
  const members = <T>(of: (line: Series[number]) => T): JsonObject =>
    Object.fromEntries(series.map((line) => [line.member, of(line)])) as JsonObject;
  return found({
    latitude: tenth(query.latitude),
    longitude: tenth(query.longitude),
    daily_units: { time: 'iso8601', ...members(({ unit }) => unit) },
    daily: {
      time: dates.map((each) => (series === air ? `${each}T12:00` : each)),
      ...members((line) => days.map((day) => line.of(day))),
    },
  });
}

function isOutside(day: string): boolean {
  const year = Number(day.slice(0, 4));
  return year < firstYear || year > lastYear;
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}

/** The first of start and end that is not `side` of today, as an error. */
function misplaced(query: Range, setting: Setting, side: 'earlier' | 'later'): QueryResult | undefined {
  for (const member of ['start_date', 'end_date'] as const) {
    const isFine = side === 'earlier' ? query[member] < setting.date : query[member] > setting.date;
    if (!isFine) return failed(`Error: ${member} should be ${side} than current_date`);
  }
  return undefined;
}

function seriesOf(
  atlas: Atlas,
  setting: Setting,
  [short, what]: readonly [string, string],
  series: Series,
): readonly QueryFunction[] {
  const units = [...new Set(series.map(({ unit }) => unit))].join();
  return [
    defineQuery({
      name: `get_historical_${short}`,
      title: `Get past ${what}`,
      description: `Returns the daily ${what} (${units}) of a place for days before the user's current date.`,
      input: inRange,
      run: (query) => misplaced(query, setting, 'earlier') ?? ranged(atlas, series, query),
    }),
    defineQuery({
      name: `get_${short}_forecast`,
      title: `Forecast ${what}`,
      description: `Returns the daily ${what} (${units}) expected at a place for days after the user's current date.`,
      input: inRange,
      run: (query) => misplaced(query, setting, 'later') ?? ranged(atlas, series, query),
    }),
    current(atlas, series, [`get_current_${short}`, `${what} (${units})`]),
  ];
}

function current(atlas: Atlas, series: Series, [name, what]: readonly [string, string]): QueryFunction {
  return defineQuery({
    name,
    title: `Get the current ${what}`,
    description: `Returns the ${what} of a place on one day, meant for the user's current date.`,
    input: onDay,
    run: ({ current_date: day, ...at }) => ranged(atlas, series, { ...at, start_date: day, end_date: day }),
  });
}

function aboutPlaces(atlas: Atlas): readonly QueryFunction[] {
  const results = (name: string): QueryResult | undefined => {
    const hits = atlas.find(name);
    if (hits.length === 0) return undefined;
    return found({
      results: hits.map((hit) => ({
        name: hit.name,
        latitude: hit.latitude,
        longitude: hit.longitude,
        country_code: hit.country,
      })),
    });
  };
  return [
    defineQuery({
      name: 'get_latitude_longitude',
      title: 'Find a place',
      description:
        'Returns up to three places of a name with latitude, longitude and country code, the best known first.',
      input: ofName,
      run: ({ name }) => results(name) ?? failed(`There is no place named ${name}.`),
      runOriginal: ({ name }) => results(name) ?? failed("ERROR | KeyError('results')"),
    }),
    defineQuery({
      name: 'get_elevation',
      title: 'Get the elevation of a place',
      description: 'Returns the elevation of a place in meters above the sea.',
      input: atPlace,
      run: (at) => found({ elevation: [atlas.elevation(at)] }),
    }),
    defineQuery({
      name: 'get_distance',
      title: 'Get the distance between two places',
      description: 'Returns the distance between two places in kilometers.',
      input: between,
      run: (ends) =>
        found(
          distance(
            { latitude: ends.latitude1, longitude: ends.longitude1 },
            { latitude: ends.latitude2, longitude: ends.longitude2 },
          ),
        ),
    }),
  ];
}

function aboutAir(atlas: Atlas, setting: Setting): readonly QueryFunction[] {
  return [
    defineQuery({
      name: 'get_historical_air_quality_index',
      title: 'Get past air quality',
      description:
        "Returns the air quality index (PM2.5, at noon) of a place for days before the user's current date.",
      input: inRange,
      run: (query) => misplaced(query, setting, 'earlier') ?? ranged(atlas, air, query),
    }),
    current(atlas, air, ['get_current_air_quality_index', 'air quality index (PM2.5, at noon)']),
    defineQuery({
      name: 'get_air_quality_level',
      title: 'Name the level of an air quality index',
      description:
        'Returns the level of an air quality index: good (up to 20), fair (40), moderate (60), poor (80), very poor (100) or extremely poor.',
      input: ofIndex,
      run: ({ air_quality_index }) => found(airLevel(air_quality_index)),
      runOriginal: ({ air_quality_index }) => found(originalAirLevel(air_quality_index)),
    }),
  ];
}
