import type { Rng } from '../src/contracts/seed.ts';
import { visitFeatures } from '../src/defenses/classifier/features.ts';
import { fewestTokens, windowSizes } from '../src/defenses/classifier/windows.ts';
import type { Example, ExampleString } from './corpus/text.ts';
import type { Sample } from './fit.ts';

/** Windows taken of one example. */
const mostWindows = 4;
/** A window counts as an attack when this share of its characters is payload, or as much of the payload stands in it. */
const attackShare = 0.5;

/** An example as the training sees it: some of its windows. */
export interface Prepared {
  readonly example: Example;
  readonly windows: readonly Uint16Array[];
}

export function prepare(example: Example, rng: Rng): Prepared {
  const windows = example.strings.flatMap(({ text, payload }) => windowsOf(read(text), payload));
  return { example, windows: rng.sample(windows, mostWindows) };
}

/** Groups count by the square root of their size, and both sides alike. */
export function samplesOf(
  prepared: readonly Prepared[],
  groupOf: (example: Example) => string,
): readonly Sample[] {
  const sizes = new Map<string, number>();
  const sideOf = ({ attack }: Example): string => (attack ? 'attack' : 'honest');
  const keyOf = (example: Example): string => `${sideOf(example)} ${groupOf(example)}`;
  for (const { example, windows } of prepared)
    sizes.set(keyOf(example), (sizes.get(keyOf(example)) ?? 0) + windows.length);
  const weightOf = (example: Example): number => 1 / Math.sqrt(sizes.get(keyOf(example)) ?? 1);
  const totals = new Map<string, number>();
  let count = 0;
  for (const { example, windows } of prepared) {
    const side = sideOf(example);
    totals.set(side, (totals.get(side) ?? 0) + weightOf(example) * windows.length);
    count += windows.length;
  }
  return prepared.flatMap(({ example, windows }) => {
    const weight = (weightOf(example) * count) / (2 * (totals.get(sideOf(example)) ?? 1));
    return windows.map((buckets) => ({ buckets, attack: example.attack !== undefined, weight }));
  });
}

interface Reading {
  readonly buckets: readonly number[];
  /** Each token, and how many n-grams end with it or before. */
  readonly tokens: readonly { readonly from: number; readonly to: number; readonly features: number }[];
}

function read(text: string): Reading {
  const buckets: number[] = [];
  const tokens: { readonly from: number; readonly to: number; readonly features: number }[] = [];
  visitFeatures(
    text,
    (bucket) => void buckets.push(bucket),
    ({ from, to }) => void tokens.push({ from, to, features: buckets.length }),
  );
  return { buckets, tokens };
}

/** Windows of both sizes that overlap by half, those of an attack only where they hold enough of the payload. */
function windowsOf(reading: Reading, payload: ExampleString['payload']): readonly Uint16Array[] {
  const { length } = reading.tokens;
  if (length < fewestTokens) return [];
  return windowSizes.flatMap((size) => {
    const last = Math.max(0, Math.ceil((length - size) / (size / 2)));
    return Array.from({ length: last + 1 }, (_, step) =>
      cut(reading, { first: (step * size) / 2, count: size }, payload),
    ).flat();
  });
}

/** The n-grams of a run of tokens; none when it holds too little of the payload. */
function cut(
  { buckets, tokens }: Reading,
  { first, count }: { readonly first: number; readonly count: number },
  payload: ExampleString['payload'],
): readonly Uint16Array[] {
  const start = tokens[first];
  const end = tokens[Math.min(first + count, tokens.length) - 1];
  if (!start || !end || (payload && !holds(payload, start.from, end.to))) return [];
  const before = tokens[first - 1]?.features ?? 0;
  return [Uint16Array.from(buckets.slice(before, end.features))];
}

function holds(payload: { readonly from: number; readonly to: number }, from: number, to: number): boolean {
  const shared = Math.min(payload.to, to) - Math.max(payload.from, from);
  return shared >= attackShare * Math.min(to - from, payload.to - payload.from);
}
