import { expect, test } from 'vitest';
import { fc, propertyParameters, runs } from './properties.ts';

test('without variables every run draws the same', () => {
  const parameters = propertyParameters({});
  const draw = () => fc.sample(fc.string(), parameters);
  expect(parameters).toEqual({ seed: expect.any(Number) as number, numRuns: 100 });
  expect(draw()).toEqual(draw());
});

test('what the variables say holds for all properties', () => {
  expect(fc.readConfigureGlobal()).toEqual(propertyParameters(process.env));
  expect(runs(100)).toBe(propertyParameters(process.env).numRuns);
});

test('a seed can be given, and the number of runs', () => {
  expect(propertyParameters({ PROPERTY_SEED: '-7', PROPERTY_RUNS: '20' })).toEqual({
    seed: -7,
    numRuns: 2_000,
  });
  expect(propertyParameters({ PROPERTY_SEED: 'random' })).toEqual({ numRuns: 100 });
});

test('a misspelled variable is no fixed seed', () => {
  expect(() => propertyParameters({ PROPERTY_SEED: 'rnd' })).toThrow('PROPERTY_SEED');
  expect(() => propertyParameters({ PROPERTY_RUNS: '1e3' })).toThrow('PROPERTY_RUNS');
});
