import type { Seed } from '../src/contracts/seed.ts';
import { type Model, oddsOf, probability } from '../src/defenses/classifier/model.ts';
import { type Baseline, baselines } from './baselines.ts';
import { officialSource } from './corpus/index.ts';
import type { Example } from './corpus/text.ts';
import { carrierFamily, goalFamily } from './families.ts';
import { fitModel } from './fit.ts';
import { type Prepared, samplesOf } from './samples.ts';
import { scoreExample, scoreText, thresholdFor } from './score.ts';

/** Parts that the sources are divided into; one at a time is held out. */
const rotations = 3;
/** Shares of honest texts that may be flagged. */
export const falseAlarmRates = [0.001, 0.01, 0.05] as const;
const curveRates = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2] as const;

/** So many of so many. */
export interface Share {
  readonly hits: number;
  readonly of: number;
}

/** Attacks of one kind found by models that have seen none of that kind and no text of their sources. */
export interface HeldOut {
  readonly name: string;
  /** Detected at each of {@link falseAlarmRates} on held-out honest texts. */
  readonly detected: readonly Share[];
}

export interface Evaluation {
  readonly carriers: readonly HeldOut[];
  readonly goals: readonly HeldOut[];
  readonly environments: readonly HeldOut[];
  readonly settings: readonly HeldOut[];
  readonly curve: readonly { readonly rate: number; readonly detected: Share }[];
  /** Flagged honest texts by source, at the threshold that ships; no model has seen the source. */
  readonly falseAlarms: readonly { readonly name: string; readonly flagged: Share }[];
  readonly attacksAtThreshold: Share;
  /** Tools of the official servers with a flagged string, at the threshold that ships; no model has seen one. */
  readonly officialTools: Share;
  /** Detectors that need no training, on the same texts. */
  readonly baselines: readonly BaselineResult[];
  /** The probability from which on text is flagged, unless the user sets another. */
  readonly shippedThreshold: number;
}

export interface BaselineResult {
  readonly name: string;
  /** Detected attacks by family of carriers, in the order of {@link Evaluation.carriers}. */
  readonly carriers: readonly Share[];
  readonly attacks: Share;
  readonly falseAlarms: Share;
}

interface Fold {
  readonly train: (example: Example) => boolean;
  readonly test: (example: Example) => boolean;
}

/** Sources by part, in the order of their names. */
export function rotationOf(examples: readonly Example[]): ReadonlyMap<string, number> {
  const sources = [...new Set(examples.map(({ source }) => source))].toSorted();
  return new Map(sources.map((source, index) => [source, index % rotations]));
}

/** How sources and families are balanced in training. */
function groupOf({ attack, source }: Example): string {
  return attack ? carrierFamily(attack.carrier) : source;
}

export function train(prepared: readonly Prepared[], seed: Seed): Model {
  return fitModel(samplesOf(prepared, groupOf), seed.child('fit').rng());
}

/** Trains without each family, goal and part of the sources in turn, and tests on what was left out. */
export function evaluate(
  prepared: readonly Prepared[],
  tools: ReadonlyMap<string, readonly string[]>,
  seed: Seed,
): Evaluation {
  const rotation = rotationOf(prepared.map(({ example }) => example));
  const inPart = (part: number, { source }: Example): boolean => rotation.get(source) === part;
  const scored = Array.from({ length: rotations }, (_, part) =>
    runFold(prepared, { train: (each) => !inPart(part, each), test: (each) => inPart(part, each) }, seed),
  );
  const heldOut = (nameOf: (example: Example) => string): readonly HeldOut[] => {
    const names = new Set(prepared.flatMap(({ example }) => (example.attack ? [nameOf(example)] : [])));
    return [...names].toSorted().map((name) => {
      const folds = Array.from({ length: rotations }, (_, part) =>
        runFold(
          prepared,
          {
            train: (each) => !inPart(part, each) && !(each.attack && nameOf(each) === name),
            test: (each) => inPart(part, each) && (!each.attack || nameOf(each) === name),
          },
          seed,
        ),
      );
      return { name, detected: falseAlarmRates.map((rate) => detectedAt(folds, rate)) };
    });
  };
  const honest = scored.flatMap(({ honest }) => honest);
  const attacks = scored.flatMap(({ attacks }) => attacks);
  const shippedThreshold = roundedUp(
    thresholdFor(
      honest.map(({ score }) => score),
      0.01,
    ),
  );
  const threshold = oddsOf(shippedThreshold);
  const carriers = heldOut(({ attack }) => carrierFamily(attack?.carrier ?? ''));
  const stranger = scored[rotation.get(officialSource) ?? 0];
  return {
    carriers,
    goals: heldOut(({ attack }) => goalFamily(attack?.goal ?? '')),
    environments: byName(scored, ({ source }) => source),
    settings: byName(scored, ({ attack }) => attack?.setting ?? ''),
    curve: curveRates.map((rate) => ({ rate, detected: detectedAt(scored, rate) })),
    falseAlarms: [...rotation.keys()].flatMap((name) => {
      const own = honest.filter(({ example }) => example.source === name);
      return own.length > 0 ? [{ name, flagged: shareAbove(own, threshold) }] : [];
    }),
    attacksAtThreshold: shareAbove(attacks, threshold),
    officialTools: share([...tools.values()], (strings) =>
      strings.some((text) => stranger !== undefined && scoreText(text, stranger.model) >= threshold),
    ),
    baselines: baselines.map((baseline) => measureBaseline(baseline, prepared, carriers)),
    shippedThreshold,
  };
}

interface Scored {
  readonly example: Example;
  readonly score: number;
}

interface FoldScores {
  readonly model: Model;
  readonly honest: readonly Scored[];
  readonly attacks: readonly Scored[];
}

function runFold(prepared: readonly Prepared[], { train: trains, test }: Fold, seed: Seed): FoldScores {
  const model = train(
    prepared.filter(({ example }) => trains(example)),
    seed,
  );
  const scored = prepared
    .filter(({ example }) => test(example))
    .map(({ example }) => ({ example, score: scoreExample(example, model) }));
  return {
    model,
    honest: scored.filter(({ example }) => !example.attack),
    attacks: scored.filter(({ example }) => example.attack),
  };
}

/** Attacks found over all folds, each at its own threshold. */
function detectedAt(folds: readonly FoldScores[], rate: number): Share {
  const shares = folds.map(({ honest, attacks }) =>
    shareAbove(
      attacks,
      thresholdFor(
        honest.map(({ score }) => score),
        rate,
      ),
    ),
  );
  return shares.reduce((all, { hits, of }) => ({ hits: all.hits + hits, of: all.of + of }), {
    hits: 0,
    of: 0,
  });
}

function byName(folds: readonly FoldScores[], nameOf: (example: Example) => string): readonly HeldOut[] {
  const names = new Set(folds.flatMap(({ attacks }) => attacks.map(({ example }) => nameOf(example))));
  return [...names].toSorted().map((name) => {
    const own = folds.map(({ model, honest, attacks }) => ({
      model,
      honest,
      attacks: attacks.filter(({ example }) => nameOf(example) === name),
    }));
    return { name, detected: falseAlarmRates.map((rate) => detectedAt(own, rate)) };
  });
}

function shareAbove(scored: readonly Scored[], threshold: number): Share {
  return share(scored, ({ score }) => score >= threshold);
}

function share<Item>(items: readonly Item[], hit: (item: Item) => boolean): Share {
  return { hits: items.filter(hit).length, of: items.length };
}

/** Log odds as a probability of three digits, not below. */
function roundedUp(odds: number): number {
  return Math.ceil(probability(odds) * 1000) / 1000;
}

function measureBaseline(
  { name, flags }: Baseline,
  prepared: readonly Prepared[],
  carriers: readonly HeldOut[],
): BaselineResult {
  const examples = prepared.map(({ example }) => example);
  const attacks = examples.filter(({ attack }) => attack);
  const flagged = ({ strings }: Example): boolean => strings.some(({ text }) => flags(text));
  return {
    name,
    carriers: carriers.map((family) =>
      share(
        attacks.filter(({ attack }) => carrierFamily(attack?.carrier ?? '') === family.name),
        flagged,
      ),
    ),
    attacks: share(attacks, flagged),
    falseAlarms: share(
      examples.filter(({ attack }) => !attack),
      flagged,
    ),
  };
}
