import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/contracts/json.ts';
import { createSeed } from '../../../src/contracts/seed.ts';
import { airLevel, originalAirLevel } from '../../../src/environments/weather/atlas.ts';
import { floats, openWeather } from '../../../src/environments/weather/functions.ts';
import { distance } from '../../../src/environments/weather/geodesic.ts';
import { makeAtlas } from '../../../src/environments/weather/makeAtlas.ts';
import { said, saidOriginally } from '../kit/queries/support.ts';

const atlas = makeAtlas(createSeed('weather tools'));
const [home = ''] = atlas.names;
const session = openWeather(atlas, { date: '2032-03-01', location: home });
const [city] = atlas.find(home);
const at = { latitude: city?.latitude ?? 0, longitude: city?.longitude ?? 0 };
const days = (start_date: string, end_date: string): JsonObject => ({ ...at, start_date, end_date });

describe('the distance on WGS-84', () => {
  test.each([
    ['Newport and Cleveland', [41.49008, -71.312796], [41.499498, -81.695391], 866.4554329098687],
    ['a degree of longitude at the equator', [0, 0], [0, 1], 111.31949079327357],
    ['a quarter of a meridian', [0, 0], [90, 0], 10001.965729230456],
  ] as const)('between %s', (_, one, other, kilometers) => {
    const point = ([latitude, longitude]: readonly [number, number]) => ({ latitude, longitude });
    expect(distance(point(one), point(other))).toBeCloseTo(kilometers, 6);
    expect(distance(point(other), point(one))).toBeCloseTo(kilometers, 6);
  });

  test('of a place from itself and from its opposite', () => {
    expect(distance({ latitude: 12.5, longitude: 99 }, { latitude: 12.5, longitude: 99 })).toBe(0);
    const opposite = distance({ latitude: 0.1, longitude: 0 }, { latitude: 0, longitude: 179.9 });
    expect(opposite).toBeGreaterThan(19_900);
    expect(opposite).toBeLessThan(20_050);
  });
});

describe('the levels of air', () => {
  test.each([
    [0, 'good', 'good'],
    [20, 'good', 'good'],
    [20.5, 'fair', 'extremely poor'],
    [21, 'fair', 'extremely poor'],
    [21.1, 'fair', 'fair'],
    [40, 'fair', 'fair'],
    [41, 'moderate', 'extremely poor'],
    [60, 'moderate', 'moderate'],
    [61, 'poor', 'extremely poor'],
    [81, 'very poor', 'extremely poor'],
    [100, 'very poor', 'very poor'],
    [101, 'extremely poor', 'extremely poor'],
  ])('%d', (index, level, original) => {
    expect([airLevel(index), originalAirLevel(index)]).toEqual([level, original]);
    expect(said(session, 'get_air_quality_level', { air_quality_index: index })).toBe(level);
    expect(saidOriginally(session, 'get_air_quality_level', { air_quality_index: index })).toBe(original);
  });
});

describe('the tools', () => {
  test('know the user', () => {
    expect(said(session, 'get_user_current_date', {})).toBe('2032-03-01');
    expect(said(session, 'get_user_current_location', {})).toBe(home);
  });

  test('show days with their units', () => {
    const [one, two] = ['2032-02-28', '2032-02-29'].map((date) => atlas.weather(at, date));
    expect(said(session, 'get_historical_temp', days('2032-02-28', '2032-02-29'))).toEqual({
      latitude: Math.round(at.latitude * 10) / 10,
      longitude: Math.round(at.longitude * 10) / 10,
      daily_units: {
        time: 'iso8601',
        temperature_2m_max: '°C',
        temperature_2m_min: '°C',
        temperature_2m_mean: '°C',
      },
      daily: {
        time: ['2032-02-28', '2032-02-29'],
        temperature_2m_max: [one?.max, two?.max],
        temperature_2m_min: [one?.min, two?.min],
        temperature_2m_mean: [one?.mean, two?.mean],
      },
    });
    expect(said(session, 'get_historical_rain', days('2032-02-29', '2032-02-29'))).toMatchObject({
      daily_units: { rain_sum: 'mm' },
      daily: { rain_sum: [two?.rain] },
    });
    expect(said(session, 'get_current_snow', { ...at, current_date: '2032-02-29' })).toMatchObject({
      daily_units: { snowfall_sum: 'cm' },
      daily: { snowfall_sum: [two?.snow] },
    });
    expect(said(session, 'get_historical_air_quality_index', days('2032-02-29', '2032-02-29'))).toMatchObject(
      {
        daily: { time: ['2032-02-29T12:00'], european_aqi_pm2_5: [two?.air] },
      },
    );
    for (const member of ['temperature_2m_mean', 'rain_sum', 'snowfall_sum', 'latitude'])
      expect(floats).toContain(member);
    expect(floats).not.toContain('european_aqi_pm2_5');
  });

  test.each([
    ['get_historical_temp', days('2032-02-01', '2032-03-01'), 'end_date should be earlier than current_date'],
    [
      'get_historical_rain',
      days('2032-03-02', '2032-03-03'),
      'start_date should be earlier than current_date',
    ],
    ['get_snow_forecast', days('2032-03-01', '2032-03-03'), 'start_date should be later than current_date'],
    ['get_temp_forecast', days('2032-03-02', '2032-04-02'), 'at most 30 days'],
    [
      'get_historical_rain',
      days('2032-02-03', '2032-02-01'),
      'end_date should not be earlier than start_date',
    ],
    ['get_current_temp', { ...at, current_date: '1800-01-01' }, 'dates should be from 1940'],
    ['get_latitude_longitude', { name: 'Nowhere at all' }, 'There is no place named Nowhere at all.'],
  ])('%s refuses %j', (name, args, text) => {
    expect(said(session, name, args)).toMatch(/^error: /);
    expect(said(session, name, args)).toContain(text);
  });

  test('take up to thirty days between the ends', () => {
    expect(said(session, 'get_rain_forecast', days('2032-03-02', '2032-04-01'))).toHaveProperty(
      'daily.time.length',
      31,
    );
  });

  test('find places by name, namesakes behind each other, and by the beginning', () => {
    const { results } = said(session, 'get_latitude_longitude', { name: home.toUpperCase() }) as unknown as {
      results: { name: string; latitude: number; longitude: number; country_code: string }[];
    };
    expect(results.map(({ name }) => name)).toEqual([home, home]);
    expect(results[0]).toEqual({ name: home, ...at, country_code: city?.country });
    expect(atlas.find(home.slice(0, 2))).toHaveLength(3);
    expect(atlas.find(' ')).toEqual([]);
  });
});

describe('the climate', () => {
  const year = [...Array(365).keys()].map((step) =>
    new Date(Date.UTC(2031, 0, 1 + step)).toISOString().slice(0, 10),
  );

  test('is that of a city all around it, and exists everywhere', () => {
    const near = { latitude: at.latitude + 0.2, longitude: at.longitude };
    expect(atlas.weather(near, '2031-06-01')).toEqual(atlas.weather(at, '2031-06-01'));
    const far = { latitude: at.latitude + 1, longitude: at.longitude };
    expect(atlas.weather(far, '2031-06-01')).not.toEqual(atlas.weather(at, '2031-06-01'));
    expect(atlas.elevation(near)).toBe(atlas.elevation(at));
  });

  test('follows latitude and season', () => {
    const mean = (latitude: number, month: string): number => {
      const own = year.filter((date) => date.slice(5, 7) === month);
      return (
        own.reduce((total, date) => total + atlas.weather({ latitude, longitude: 10 }, date).mean, 0) /
        own.length
      );
    };
    expect(mean(55, '07')).toBeGreaterThan(mean(55, '01') + 10);
    expect(mean(-50, '01')).toBeGreaterThan(mean(-50, '07') + 10);
    expect(mean(2, '01')).toBeGreaterThan(mean(60, '01') + 10);
  });

  test('has days that hang together', () => {
    const all = year.map((date) => atlas.weather({ latitude: 52, longitude: 10 }, date));
    for (const { max, min, mean, rain, snow, air } of all) {
      expect(min < mean && mean < max).toBe(true);
      expect(rain >= 0 && snow >= 0 && air >= 1).toBe(true);
      if (mean >= 3) expect(snow).toBe(0);
    }
    const wet = all.filter(({ rain }) => rain > 0).length;
    expect(wet).toBeGreaterThan(30);
    expect(wet).toBeLessThan(300);
  });
});
