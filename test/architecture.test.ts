import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What contracts may use from outside. */
const contractPackages = /^(node:|(zod|pure-rand|canonicalize)(\/|$))/;

interface Import {
  /** The importing file, relative to `src`. */
  readonly from: string;
  readonly specifier: string;
}

/** For each room, the rooms it may import. */
type Rooms = ReadonlyMap<string, readonly string[]>;

/** The rooms as the table of ARCHITECTURE.md gives them. */
function readRooms(page: string): Rooms {
  const rows = [...page.matchAll(/^\| `src\/([\w.]+)\/?` *\|[^|]*\|([^|]*)\|$/gm)];
  const names = rows.map(([, name = '']) => name);
  return new Map(
    rows.map(([, name = '', cell = ''], index) => {
      const words = cell.trim();
      if (words === 'nothing of ours') return [name, []];
      if (words === 'all above') return [name, names.slice(0, index)];
      return [name, words === 'everything' ? names : words.split(', ')];
    }),
  );
}

function importsOf(from: string, text: string): readonly Import[] {
  return ts
    .preProcessFile(text, true, true)
    .importedFiles.map(({ fileName }) => ({ from, specifier: fileName }));
}

function roomOf(file: string): string {
  return file.split('/', 1).join();
}

/** Why an import is against the architecture, or undefined. */
function objection({ from, specifier }: Import, rooms: Rooms): string | undefined {
  const room = roomOf(from);
  if (!specifier.startsWith('.')) return objectionToPackage(room, specifier);
  const target = path.posix.join(path.posix.dirname(from), specifier);
  const targetRoom = roomOf(target);
  if (targetRoom === '..') return 'leaves src';
  if (!rooms.has(targetRoom)) return `${targetRoom} is no room of ARCHITECTURE.md`;
  if (targetRoom !== room)
    return rooms.get(room)?.includes(targetRoom) ? undefined : `${room} may not import ${targetRoom}`;
  return room === 'environments' ? objectionAmongEnvironments(from, target) : undefined;
}

/** Each environment is a folder of its own; `kit` is what they share. */
function objectionAmongEnvironments(from: string, target: string): string | undefined {
  const [, own, ownFile] = from.split('/');
  const [, other, otherFile] = target.split('/');
  if (ownFile === undefined || otherFile === undefined || other === own || other === 'kit') return undefined;
  return 'environments do not import each other';
}

function objectionToPackage(room: string, specifier: string): string | undefined {
  if (specifier === 'safemcp') return 'the package does not import itself';
  if (room === 'contracts' && !contractPackages.test(specifier)) return 'no package for contracts';
  if (room !== 'protocol' && specifier.startsWith('@modelcontextprotocol/'))
    return 'only protocol knows the SDK';
  return undefined;
}

function objections(imports: readonly Import[], rooms: Rooms): readonly string[] {
  return imports.flatMap((each) => {
    const reason = objection(each, rooms);
    return reason === undefined ? [] : [`${each.from} imports ${each.specifier}: ${reason}`];
  });
}

const rooms = readRooms(readFileSync(path.join(root, 'ARCHITECTURE.md'), 'utf8'));
const sources = readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll(path.sep, '/'))
  .filter((file) => file.endsWith('.ts'));

describe('the architecture', () => {
  test('every source file is in a room', () => {
    expect(sources.length).toBeGreaterThan(20);
    expect(sources.filter((file) => !rooms.has(roomOf(file)))).toEqual([]);
  });

  test('imports point in the directions of ARCHITECTURE.md', () => {
    const imports = sources.flatMap((file) =>
      importsOf(file, readFileSync(path.join(root, 'src', file), 'utf8')),
    );
    expect(imports.length).toBeGreaterThan(sources.length);
    expect(objections(imports, rooms)).toEqual([]);
  });
});

describe('the check of imports', () => {
  test.each([
    ['contracts/a.ts', "import type { B } from '../protocol/b.ts'", 'contracts may not import protocol'],
    ['contracts/a.ts', "import yaml from 'yaml'", 'no package for contracts'],
    ['contracts/a.ts', "import z from 'zodiac'", 'no package for contracts'],
    ['protocol/a.ts', "const b = await import('../agents/b.ts')", 'protocol may not import agents'],
    ['attacks/a.ts', "export * from '../defenses/b.ts'", 'attacks may not import defenses'],
    ['agents/a.ts', "type B = import('../environments/b.ts').B", 'agents may not import environments'],
    ['environments/todo/a.ts', "import { b } from '../office/b.ts'", 'environments do not import each other'],
    ['environments/kit/a.ts', "import { b } from '../office/b.ts'", 'environments do not import each other'],
    ['report/a.ts', "import { b } from '../protocol/b.ts'", 'report may not import protocol'],
    ['experiment/a.ts', "import { b } from '../report/b.ts'", 'experiment may not import report'],
    ['experiment/a.ts', "import { b } from '../index.ts'", 'experiment may not import index.ts'],
    ['cli/a.ts', "import { b } from '../../test/b.ts'", 'leaves src'],
    ['cli/a.ts', "import { b } from '../later/b.ts'", 'later is no room of ARCHITECTURE.md'],
    ['cli/a.ts', "import { b } from 'safemcp'", 'the package does not import itself'],
    ['cli/a.ts', "import { b } from '@modelcontextprotocol/server/stdio'", 'only protocol knows the SDK'],
  ])('%s: %s', (from, text, reason) => {
    expect(objections(importsOf(from, text), rooms)).toEqual([expect.stringContaining(reason)]);
  });

  test.each([
    [
      'contracts/a.ts',
      "import { z } from 'zod'; import { uniformInt } from 'pure-rand/distribution/uniformInt'",
    ],
    ['protocol/a.ts', "import { Client } from '@modelcontextprotocol/client'; import '../contracts/b.ts'"],
    ['environments/todo/a.ts', "import './b.ts'; import '../kit/b.ts'; import '../../protocol/b.ts'"],
    ['environments/index.ts', "import './todo/environment.ts'"],
    ['experiment/a.ts', "import '../agents/b.ts'; import '../contracts/b.ts'"],
    ['cli/a.ts', "import '../report/b.ts'; import '../index.ts'; import { Command } from 'commander'"],
  ])('%s may: %s', (from, text) => {
    expect(importsOf(from, text)).not.toEqual([]);
    expect(objections(importsOf(from, text), rooms)).toEqual([]);
  });
});
