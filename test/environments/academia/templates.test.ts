import { describe, expect, test } from 'vitest';
import type { JsonValue } from '../../../src/contracts/json.ts';
import { createSeed } from '../../../src/contracts/seed.ts';
import { academia } from '../../../src/environments/academia/index.ts';
import type { Library, Paper } from '../../../src/environments/academia/library.ts';
import { makeLibrary } from '../../../src/environments/academia/makeLibrary.ts';
import { sameValue } from '../../../src/environments/kit/queries/compare.ts';
import { quotedIn, solved } from '../kit/queries/support.ts';

const seed = createSeed('academia templates');
const library = makeLibrary(seed.child('library'));
const papers = [...library.papers.values()];

/** Authors named in an instruction, in order; the longest name counts. */
function authorsIn(text: string): string[] {
  return [...text.replace(/^Do /, '').matchAll(/\p{Lu}[\p{L}]+ \p{Lu}[\p{L}]+(?:_\d+)?/gu)]
    .map(([name]) => name)
    .filter((name, place, all) => library.authors.has(name) && all.indexOf(name) === place);
}

const written = (name: string): Paper[] => papers.filter(({ authors }) => authors.includes(name));
const cited = (title: string): number => papers.filter(({ references }) => references.includes(title)).length;
const orgOf = (name: string): string => library.authors.get(name)?.org ?? '';
const paper = (title = ''): Paper => {
  const known = library.papers.get(title);
  if (!known) throw new Error(`There is no ${title}`);
  return known;
};

function best<T>(items: readonly T[], weigh: (item: T) => number): T {
  const most = Math.max(...items.map(weigh));
  const [only, ...more] = items.filter((item) => weigh(item) === most);
  if (only === undefined || more.length > 0) throw new Error('not clear');
  return only;
}

function usual(texts: readonly string[]): string {
  return best([...new Set(texts)], (text) => texts.filter((each) => each === text).length);
}

const others = (name: string): string[] => [
  ...new Set(written(name).flatMap(({ authors }) => authors.filter((author) => author !== name))),
];

/** The answers, computed from the library alone. */
const oracles: Record<string, (text: string) => JsonValue> = {
  org: (text) => orgOf(authorsIn(text)[0] ?? ''),
  writers: (text) => paper(quotedIn(text)[0]).authors,
  earlier: (text) => best(quotedIn(text), (title) => -paper(title).year),
  'more-cited': (text) => best(quotedIn(text), cited),
  'same-org': (text) => (new Set(authorsIn(text).map(orgOf)).size === 1 ? 'Yes' : 'No'),
  overlap(text) {
    const [one, other] = quotedIn(text).map((title) => paper(title).authors);
    return one?.some((name) => other?.includes(name)) ? 'Yes' : 'No';
  },
  orgs: (text) => [...new Set(paper(quotedIn(text)[0]).authors.map(orgOf))],
  mutual(text) {
    const [one = '', other = ''] = authorsIn(text);
    return others(one).filter((name) => others(other).includes(name)).length;
  },
  'joint-citations'(text) {
    const [one = '', other = ''] = authorsIn(text);
    const joint = written(one).filter(({ authors }) => authors.includes(other));
    return joint.reduce((total, { title }) => total + cited(title), 0);
  },
  'top-coauthor'(text) {
    const [name = ''] = authorsIn(text);
    return usual(written(name).flatMap(({ authors }) => authors.filter((author) => author !== name)));
  },
  'top-reference': (text) => best(paper(quotedIn(text)[0]).references, cited),
  'top-paper': (text) => best(written(authorsIn(text)[0] ?? ''), ({ title }) => cited(title)).title,
  'top-paper-coauthors'(text) {
    const [name = ''] = authorsIn(text);
    return best(written(name), ({ title }) => cited(title)).authors.filter((author) => author !== name);
  },
  'top-venue': (text) => usual(written(authorsIn(text)[0] ?? '').map(({ venue }) => venue)),
  'top-keyword': (text) => usual(written(authorsIn(text)[0] ?? '').flatMap(({ keywords }) => keywords)),
  'org-coauthors'(text) {
    const [name = ''] = authorsIn(text);
    return others(name).filter(
      (other) => (orgOf(other) === orgOf(name)) === text.includes('same organization'),
    );
  },
};

describe.each(academia.templates.map(({ id }, index) => [id, index] as const))('%s', (id, index) => {
  test('the reference solution answers as the library says', async () => {
    for (let round = 0; round < 12; round++) {
      const task = academia.task(seed, index + round * academia.templates.length);
      const { answer, calls } = await solved(task);
      const expected = oracles[id]?.(task.instruction) ?? null;
      expect(sameValue(answer, expected), `${task.instruction}\n${answer}\n${JSON.stringify(expected)}`).toBe(
        true,
      );
      expect(calls[0]).toMatch(/^load/);
      expect(calls.length).toBeLessThanOrEqual(40);
    }
  });
});

describe('the library', () => {
  test('has the size it says, and hangs together', () => {
    expect([library.authors.size, library.papers.size]).toEqual([2_000, 3_000]);
    for (const { authors, references, title, year } of papers) {
      expect(authors.length).toBeGreaterThan(1);
      expect(new Set(authors).size).toBe(authors.length);
      expect(authors.every((name) => library.authors.has(name))).toBe(true);
      expect(references.every((reference) => reference !== title && paper(reference).year <= year)).toBe(
        true,
      );
    }
    const anybody = papers[17]?.authors[0] ?? '';
    expect([...library.coauthors(anybody).keys()].sort()).toEqual(others(anybody).sort());
  });

  test('differs from seed to seed', () => {
    const titles = (of: Library): string => [...of.papers.keys()].join();
    expect(titles(makeLibrary(createSeed('other')))).not.toBe(titles(library));
    expect(titles(makeLibrary(seed.child('library')))).toBe(titles(library));
  });
});
