import { compatibility } from '../attacks/compose.ts';
import type { AttackId } from '../contracts/attack.ts';
import type { World } from '../contracts/environment.ts';
import { SafeMcpError } from '../contracts/errors.ts';
import { isImpossible } from '../contracts/goal.ts';
import type { ServiceSource } from '../contracts/service.ts';
import type { Tap } from '../contracts/wire.ts';
import { builtInCatalog, findIn } from '../experiment/catalog.ts';
import { defineExperiment } from '../experiment/definition/index.ts';
import { type EpisodeParts, resolveParts } from '../experiment/parts.ts';
import { stageAttacks } from '../experiment/stagedAttack.ts';
import { createWorkFolder } from '../experiment/workFolder.ts';
import { mergeServices } from '../protocol/serve.ts';

export interface ServingChoice {
  readonly environment: string;
  readonly attack?: AttackId;
  /** One of the environment's services; the attacked one, or all of our own as one, unless given. */
  readonly service?: string;
  readonly task: number;
  readonly seed: string;
}

/** A world with a service picked from it, under attack or not. */
export interface Serving {
  readonly source: ServiceSource;
  readonly taps: readonly Tap[];
  readonly instruction: string;
  /** Services of the environment that are not served. */
  readonly others: readonly string[];
  close(): Promise<void>;
}

/**
 * Opens the world that an episode with the same seed, task and attack would have.
 * @throws UNKNOWN_ID, INCOMPATIBLE_ATTACK, INVALID_ARGUMENT
 */
export async function openServing(choice: ServingChoice): Promise<Serving> {
  const parts = partsOf(choice);
  const folder = createWorkFolder();
  let world: World | undefined;
  const close = async (): Promise<void> => {
    await world?.close?.();
    await folder.remove();
  };
  try {
    world = await parts.task.open({ workFolder: () => folder.path() });
    const attacks = await stageAttacks({ parts, world, reveal: (text) => text, record: () => 0 });
    const vectors = attacks.map(({ composed }) => composed.vector);
    const sources = [...world.services, ...vectors.flatMap(({ service }) => service ?? [])];
    const source = pick(sources, choice, vectors[0]?.seat.service);
    return {
      source,
      taps: attacks.flatMap(({ taps }) => taps.get(source.name) ?? []),
      instruction: parts.task.instruction,
      others: leftOut(sources, source, choice.environment),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function partsOf({ environment, attack, task, seed }: ServingChoice): EpisodeParts {
  const catalog = builtInCatalog();
  const agent = 'scripted/faithful';
  const { id } = findIn(catalog.environments, environment, 'environment');
  const { experiment } = defineExperiment(
    { name: 'serve', seed, environments: [id], agents: [agent] },
    catalog,
  );
  const key = {
    agent,
    environment,
    task,
    defense: 'none',
    trial: 0,
    ...(attack && { attack: { ...attack } }),
  };
  const parts = resolveParts(key, experiment, catalog);
  for (const { parts: each } of parts.attacks) {
    const verdict = compatibility(parts.environment, each);
    if (isImpossible(verdict))
      throw new SafeMcpError('INCOMPATIBLE_ATTACK', verdict.impossible, { where: environment });
  }
  return parts;
}

function pick(
  sources: readonly ServiceSource[],
  choice: ServingChoice,
  seat: string | undefined,
): ServiceSource {
  if (choice.service !== undefined && seat !== undefined && choice.service !== seat)
    throw new SafeMcpError('INVALID_ARGUMENT', `This attack sits at the service ${seat}`, {
      where: `--service ${choice.service}`,
      hint: `Leave --service out, or use --service ${seat}`,
    });
  const name = choice.service ?? seat;
  if (name !== undefined) {
    const found = sources.find((source) => source.name === name);
    if (found) return found;
    throw new SafeMcpError('UNKNOWN_ID', `${choice.environment} has no service ${JSON.stringify(name)}`, {
      hint: `Its services: ${sources.map((source) => source.name).join(', ')}`,
    });
  }
  const own = sources.filter((source) => source.kind === 'tools');
  const [only] = sources;
  return sources.length === 1 && only ? only : mergeServices(choice.environment, own);
}

function leftOut(sources: readonly ServiceSource[], served: ServiceSource, environment: string): string[] {
  const merged = served.name === environment && sources.every(({ name }) => name !== environment);
  return sources
    .filter((source) => (merged ? source.kind !== 'tools' : source.name !== served.name))
    .map(({ name }) => name);
}
