import path from 'node:path';
import { z } from 'zod';
import { SafeMcpError } from '../../contracts/errors.ts';
import { resolvePart } from '../ownParts.ts';
import { presetText } from './presets.ts';
import type { Path, Problem } from './problems.ts';
import { readText } from './textFile.ts';
import { type Place, readYaml, type YamlSource } from './yamlSource.ts';

/** Files on the way from an experiment file to one that is included. */
const maxDepth = 8;
/** Files that one experiment is made of. */
const maxFiles = 50;
/** Places of later files sort behind those of earlier ones. */
const filesApart = 1e9;

/** Where a value comes from; `members` where those of a list or map come from several files. */
interface Origin {
  readonly source: YamlSource;
  readonly path: Path;
  readonly members?: ReadonlyMap<string | number, Origin>;
}

interface Layered {
  readonly data: ReadonlyMap<string, unknown>;
  readonly origins: ReadonlyMap<string, Origin>;
}

const nothing: Layered = { data: new Map(), origins: new Map() };

const basesSchema = z.looseObject({
  extends: z.string().optional(),
  include: z.union([z.string().transform((file) => [file]), z.array(z.string())]).default([]),
});

/**
 * An experiment file with what it builds on: first the preset it extends, then the files it includes, then its own
 * keys. A later key replaces an earlier one; maps are joined key by key; `KEY+` adds to the list of an earlier KEY.
 * @throws FILE_UNREADABLE, INVALID_EXPERIMENT for circles, for too many files, and for what cannot be joined
 */
export async function readLayers(file: string): Promise<YamlSource> {
  return layerText(await readText(file), file);
}

/** The same for the text of a file. */
export async function layerText(text: string, file: string): Promise<YamlSource> {
  const sources: YamlSource[] = [];
  const top = readYaml(text, file);
  if (!isMap(top.data)) return top;
  const layered = await layersOf(top, {
    file,
    home: path.dirname(file),
    chain: [path.resolve(file)],
    sources,
  });
  return {
    data: Object.fromEntries(layered.data),
    locate: (problem) => locateIn(layered, top, problem, sources),
  };
}

/** Where reading has come to. */
interface Reading {
  readonly file: string;
  /** Folder of the experiment file: where its paths start. */
  readonly home: string;
  /** Absolute paths from the experiment file to this one. */
  readonly chain: readonly string[];
  /** All sources so far, in order. */
  readonly sources: YamlSource[];
}

async function layersOf(source: YamlSource, reading: Reading): Promise<Layered> {
  const { chain, sources, file } = reading;
  sources.push(source);
  const complain = (key: string, what: string): never => {
    throw new SafeMcpError('INVALID_EXPERIMENT', `${source.locate({ path: [key], what }).text}: ${what}`);
  };
  const bases = basesSchema.safeParse(source.data);
  if (!bases.success) return complain('include', 'expected `extends: PRESET` and `include: FILE` or a list');
  let layered = nothing;
  if (bases.data.extends !== undefined) {
    const text = presetText(bases.data.extends);
    const preset = readYaml(text, `preset ${bases.data.extends}`);
    sources.push(preset);
    layered = over(layered, preset);
  }
  for (const included of bases.data.include) {
    const target = path.resolve(path.dirname(file), included);
    if (chain.includes(target)) complain('include', `${included} includes itself, remove one of them`);
    if (chain.length >= maxDepth) complain('include', `more than ${maxDepth} files deep, use fewer`);
    if (sources.length >= maxFiles) complain('include', `more than ${maxFiles} files, use fewer`);
    const shown = path.join(path.dirname(file), included);
    const inner = { ...reading, file: shown, chain: [...chain, target] };
    const own = withPathsFrom(readYaml(await readText(shown), shown), path.dirname(target));
    layered = join(layered, await layersOf(own, inner));
  }
  return over(layered, source);
}

/** Puts the keys of a file over what it builds on. */
function over(base: Layered, source: YamlSource): Layered {
  const own = Object.entries(isMap(source.data) ? source.data : {}).filter(
    ([key]) => key !== 'extends' && key !== 'include',
  );
  return join(base, {
    data: new Map(own),
    origins: new Map(own.map(([key]) => [key, { source, path: [key] }])),
  });
}

function join(base: Layered, top: Layered): Layered {
  const [data, origins] = [new Map(base.data), new Map(base.origins)];
  for (const [key, value] of top.data) {
    const origin = top.origins.get(key);
    if (!origin) continue;
    const name = key.endsWith('+') ? key.slice(0, -1) : key;
    const [before, beforeOrigin] = [data.get(name), origins.get(name)];
    const merged = key.endsWith('+')
      ? appended(before, value, { name, origin })
      : isMap(before) && isMap(value)
        ? { ...before, ...value }
        : value;
    data.set(name, merged);
    const together = beforeOrigin && merged !== value;
    origins.set(
      name,
      together ? { ...origin, members: membersOf(before, beforeOrigin, value, origin) } : origin,
    );
  }
  return { data, origins };
}

function appended(
  before: unknown,
  value: unknown,
  { name, origin }: { name: string; origin: Origin },
): unknown {
  if (Array.isArray(value) && (before === undefined || Array.isArray(before)))
    return before === undefined ? value : [...(before as unknown[]), ...(value as unknown[])];
  const what = `${name}+ adds a list to a list, use lists in both places`;
  const { text } = origin.source.locate({ path: origin.path, what });
  throw new SafeMcpError('INVALID_EXPERIMENT', `${text}: ${what}`);
}

function membersOf(
  before: unknown,
  beforeOrigin: Origin,
  value: unknown,
  origin: Origin,
): ReadonlyMap<string | number, Origin> {
  const members = new Map<string | number, Origin>();
  const add = (from: Origin, key: string | number, as: string | number): void => {
    members.set(as, from.members?.get(key) ?? { source: from.source, path: [...from.path, key] });
  };
  if (Array.isArray(before) && Array.isArray(value)) {
    for (const index of before.keys()) add(beforeOrigin, index, index);
    for (const index of value.keys()) add(origin, index, before.length + index);
  } else if (isMap(before) && isMap(value)) {
    for (const key of Object.keys(before)) add(beforeOrigin, key, key);
    for (const key of Object.keys(value)) add(origin, key, key);
  }
  return members;
}

function locateIn(
  layered: Layered,
  top: YamlSource,
  problem: Problem,
  sources: readonly YamlSource[],
): Place {
  const [first, ...rest] = problem.path;
  let origin = layered.origins.get(String(first));
  if (!origin) return top.locate(problem);
  let steps = rest;
  while (origin.members && steps[0] !== undefined) {
    const member = origin.members.get(steps[0]);
    if (!member) break;
    origin = member;
    steps = steps.slice(1);
  }
  const { text, offset } = origin.source.locate({ ...problem, path: [...origin.path, ...steps] });
  return { text, offset: offset + filesApart * sources.indexOf(origin.source) };
}

/** Paths in an included file start at its own folder. */
function withPathsFrom(source: YamlSource, folder: string): YamlSource {
  const { data } = source;
  if (!isMap(data)) return source;
  const absolute = (value: unknown): unknown =>
    typeof value === 'string' ? path.resolve(folder, value) : value;
  const each = (value: unknown, change: (entry: unknown) => unknown): unknown =>
    Array.isArray(value) ? value.map(change) : value;
  const changes: Readonly<Record<string, (value: unknown) => unknown>> = {
    environmentFiles: (value) => each(value, absolute),
    parts: (value) =>
      each(value, (entry) => (typeof entry === 'string' ? resolvePart(entry, folder) : entry)),
    behaviors: absolute,
    environments: (value) =>
      each(value, (entry) =>
        isMap(entry) && entry['import'] !== undefined
          ? { ...entry, import: absolute(entry['import']) }
          : entry,
      ),
  };
  const moved = Object.entries(data).map(([key, value]) => {
    const change = changes[key.replace(/\+$/, '')];
    return [key, change ? change(value) : value] as const;
  });
  return { ...source, data: Object.fromEntries(moved) };
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
