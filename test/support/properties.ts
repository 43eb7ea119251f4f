/**
 * fast-check as tests use it: the same values in every run, so that a change is never blocked by chance.
 *
 * The environment variable PROPERTY_SEED gives another seed, or `random` a new one for each property; PROPERTY_RUNS
 * multiplies how often each is tried. A property that fails tells its seed.
 */
import fc from 'fast-check';

const FIXED_SEED = 20_260_301;
/** How often a property is tried that says nothing about it. */
const USUAL_RUNS = 100;

type Variables = Readonly<Record<string, string | undefined>>;

/** What holds for all properties; without a seed each draws its own. */
interface PropertyParameters {
  readonly seed?: number;
  readonly numRuns: number;
}

export function propertyParameters(variables: Variables): PropertyParameters {
  const { PROPERTY_SEED: seed = String(FIXED_SEED) } = variables;
  const numRuns = USUAL_RUNS * factorOf(variables);
  return seed === 'random' ? { numRuns } : { numRuns, seed: wholeNumber('PROPERTY_SEED', seed) };
}

/** How often to try a property that `npm test` tries so often. */
export function runs(usual: number): number {
  return usual * factorOf(process.env);
}

function factorOf({ PROPERTY_RUNS: factor = '1' }: Variables): number {
  return wholeNumber('PROPERTY_RUNS', factor);
}

function wholeNumber(variable: string, text: string): number {
  if (/^-?\d{1,10}$/.test(text)) return Number(text);
  throw new Error(`${variable} is no whole number: ${text}`);
}

fc.configureGlobal(propertyParameters(process.env));

export { fc };
