import { createCompatibility } from '../src/attacks/compose.ts';
import type { AttackId, Goal, Vector } from '../src/contracts/attack.ts';
import type { Environment } from '../src/contracts/environment.ts';
import type { Catalog, Experiment } from '../src/contracts/experiment.ts';
import { isImpossible } from '../src/contracts/goal.ts';
import type { Rng, Seed } from '../src/contracts/seed.ts';
import type { Era } from '../src/contracts/wire.ts';

/** How an episode's wires are. */
export interface Wiring {
  readonly era: Era;
  readonly transport: Experiment['transport'];
}

/** One attack on one task. */
export interface Target extends Wiring {
  readonly environment: string;
  readonly task: number;
  readonly attack: AttackId;
  /** Attacks of the preset that this one stands for. */
  readonly weight: number;
}

/** What was not looked at while stacks were put together. */
export const heldOut = {
  environments: ['academia', 'babyai', 'chat', 'repo', 'travel', 'weather', 'webshop'],
  /** Every second carrier of the catalog. */
  isCarrier: (catalog: Catalog, id: string): boolean =>
    catalog.carriers.findIndex((carrier) => carrier.id === id) % 2 === 1,
};

export interface SampleSize {
  /** Environments for every pair of vector and goal; all of them and every carrier if absent. */
  readonly perPair?: number;
  /** Tasks of an environment from which one is drawn for each attack. */
  readonly tasks: number;
}

/**
 * A stratified sample of the preset `full`: for every pair of a vector and a goal that exists somewhere, a number of
 * environments by lot, in each a task by lot, and carriers in turns from a shuffled deck, so that each comes up.
 */
export function sampleTargets(catalog: Catalog, seed: Seed, { perPair, tasks }: SampleSize): Target[] {
  const places = catalog.environments.map((environment) => ({
    environment,
    compatible: createCompatibility(environment),
  }));
  const deal = createDeck(
    catalog.carriers.map(({ id }) => id),
    seed.child('carriers').rng(),
  );
  return pairsOf(catalog).flatMap(({ vector, goal }) => {
    const rng = seed.child(vector.id, goal.id).rng();
    const wirings = wiringsOf(vector, goal);
    if (wirings.length === 0) return [];
    const open = places.flatMap(({ environment, compatible }) => {
      const carriers = catalog.carriers
        .filter((carrier) => !isImpossible(compatible({ vector, carrier, goal })))
        .map(({ id }) => id);
      return carriers.length > 0 ? [{ environment, carriers }] : [];
    });
    const target = (environment: Environment, carrier: string, weight: number): Target => ({
      ...rng.pick(wirings),
      environment: environment.id,
      task: rng.int(0, tasks - 1),
      attack: { vector: vector.id, carrier, goal: goal.id },
      weight,
    });
    if (perPair === undefined)
      return open.flatMap(({ environment, carriers }) => carriers.map((id) => target(environment, id, 1)));
    const drawn = rng.shuffle(open).slice(0, perPair);
    const weight = open.reduce((sum, { carriers }) => sum + carriers.length, 0) / drawn.length;
    return drawn.map(({ environment, carriers }) => target(environment, deal(carriers), weight));
  });
}

function pairsOf({ vectors, goals }: Catalog): { readonly vector: Vector; readonly goal: Goal }[] {
  return vectors.flatMap((vector) => goals.map((goal) => ({ vector, goal })));
}

/** Every way to connect on which both exist; over HTTP only what needs it, because it is slower. */
function wiringsOf(vector: Vector, goal: Goal): Wiring[] {
  const transport = (goal.transports ?? ['memory']).includes('memory') ? 'memory' : 'http';
  return vector.eras
    .filter((era) => goal.eras?.includes(era) ?? true)
    .map((era) => ({ era, transport }) as const);
}

/** Deals the first card of the deck that is wanted, and shuffles again when all have been dealt. */
function createDeck(cards: readonly string[], rng: Rng): (wanted: readonly string[]) => string {
  let deck: string[] = [];
  return (wanted) => {
    let place = deck.findIndex((card) => wanted.includes(card));
    if (place < 0) {
      deck = [...deck, ...rng.shuffle(cards)];
      place = deck.findIndex((card) => wanted.includes(card));
    }
    const [card] = deck.splice(place, 1);
    if (card === undefined) throw new RangeError('No card is wanted');
    return card;
  };
}
