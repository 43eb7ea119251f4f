import type { Environment } from '../../src/contracts/environment.ts';
import type { Rng, Seed } from '../../src/contracts/seed.ts';
import { tokensOf } from '../../src/defenses/classifier/tokens.ts';
import { fewestTokens } from '../../src/defenses/classifier/windows.ts';
import { textsOfEpisodes } from './episodes.ts';
import { families, ordinaryTexts } from './ordinary/index.ts';
import { officialServers, officialTools, paragraphsOfPackages } from './packages.ts';
import { payloadsOf, type Rendered } from './payloads.ts';
import { place } from './settings.ts';
import { type Example, honest } from './text.ts';

export interface CorpusOptions {
  readonly seed: Seed;
  readonly environments: readonly Environment[];
  /** The repository's folder. */
  readonly root: string;
  readonly sizes: CorpusSizes;
}

export interface CorpusSizes {
  /** Clean episodes per environment, of which the texts are taken. */
  readonly episodes: number;
  /** Tasks per environment at which every carrier and goal is aimed. */
  readonly attackedTasks: number;
  /** Most honest texts of one source. */
  readonly texts: number;
  /** Most payloads of one carrier in one environment. */
  readonly payloads: number;
}

export interface Corpus {
  readonly honest: readonly Example[];
  readonly attacks: readonly Example[];
  /** All strings of each tool of the official servers, by server and tool. */
  readonly tools: ReadonlyMap<string, readonly string[]>;
}

/** The source of what official servers say about their tools. */
export const officialSource = 'official-servers';
/** A shorter text is no place for a payload to stand in. */
const shortestHost = 40;

/** Everything that is trained and tested on. The same options give the same corpus. */
export async function collectCorpus(options: CorpusOptions): Promise<Corpus> {
  const { seed, environments, root, sizes } = options;
  const tools = new Map<string, readonly string[]>();
  for (const server of officialServers)
    for (const [name, strings] of await officialTools(server)) tools.set(`${server.name} ${name}`, strings);
  const texts = createShelf(sizes.texts, seed);
  texts.add(officialSource, [...tools.values()].flat());
  texts.add('package-readmes', paragraphsOfPackages(root, 'readmes'));
  texts.add('package-code', paragraphsOfPackages(root, 'code'));
  for (const family of families) texts.add(family.id, ordinaryTexts(family, sizes.texts, seed));
  const attacks: Example[] = [];
  for (const environment of environments) {
    const { id } = environment;
    texts.add(id, await textsOfEpisodes(environment, { tasks: sizes.episodes, seed: seed.path }));
    const hosts = texts.of(id).filter(({ length }) => length >= shortestHost);
    const rendered = await payloadsOf(environment, {
      tasks: sizes.attackedTasks,
      seed: seed.child('payloads', id),
    });
    const rng = seed.child('settings', id).rng();
    for (const each of sampleByCarrier(rendered, sizes.payloads, rng))
      attacks.push(place(each, hosts, { source: id, rng }));
  }
  return { honest: texts.examples(), attacks, tools };
}

/** At most `most` payloads of each carrier. */
function sampleByCarrier(rendered: readonly Rendered[], most: number, rng: Rng): readonly Rendered[] {
  const kinds = [...new Set(rendered.map(({ carrier }) => carrier))];
  return kinds.flatMap((carrier) =>
    rng.sample(
      rendered.filter((each) => each.carrier === carrier),
      most,
    ),
  );
}

interface Shelf {
  /** Keeps a sample of the texts that are long enough to be read and stand nowhere else yet. */
  add(source: string, texts: readonly string[]): void;
  of(source: string): readonly string[];
  examples(): readonly Example[];
}

function createShelf(most: number, seed: Seed): Shelf {
  const seen = new Set<string>();
  const sources = new Map<string, readonly string[]>();
  return {
    add(source, texts) {
      const fresh = [...new Set(texts)].filter((text) => !seen.has(text) && isRead(text));
      const kept = seed.child('texts', source).rng().sample(fresh, most);
      for (const text of kept) seen.add(text);
      sources.set(source, kept);
    },
    of: (source) => sources.get(source) ?? [],
    examples: () => [...sources].flatMap(([source, texts]) => texts.map((text) => honest(source, text))),
  };
}

function isRead(text: string): boolean {
  let tokens = 0;
  for (const _token of tokensOf(text)) if (++tokens >= fewestTokens) return true;
  return false;
}
