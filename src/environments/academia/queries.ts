import { z } from 'zod';
import type { JsonValue } from '../../contracts/json.ts';
import { ask, greatest, least, mostFrequent, type Program, sum, yesNo } from '../kit/queries/program.ts';

/** A question about a library. Authors are named by name, papers by title. */
export type Query =
  | { readonly kind: 'org' | 'top-paper' | 'top-paper-coauthors' | 'top-venue'; readonly author: string }
  | { readonly kind: 'top-keyword' | 'top-coauthor' | 'coauthor-count'; readonly author: string }
  | { readonly kind: 'org-coauthors'; readonly author: string; readonly same: boolean }
  | { readonly kind: 'mutual' | 'joint-citations' | 'same-org'; readonly authors: Pair }
  | {
      readonly kind: 'writers' | 'orgs' | 'citers' | 'year' | 'venue' | 'top-reference';
      readonly paper: string;
    }
  | { readonly kind: 'more-cited' | 'earlier' | 'overlap' | 'same-venue'; readonly papers: Pair }
  | { readonly kind: 'same-venue-year'; readonly papers: Pair }
  | { readonly kind: 'both-type'; readonly papers: Pair; readonly docType: 'Conference' | 'Journal' };

export type Pair = readonly [string, string];

const loadedShape = z.string();
const neighborsShape = z.object({ neighbors: z.array(z.string()) });
const jointShape = z.object({ papers: z.array(z.string()) });
const authorShape = z.object({ name: z.string(), org: z.string() });
const paperShape = z.object({
  authors: z.array(z.string()),
  year: z.number(),
  venue: z.string(),
  n_citation: z.number(),
  keywords: z.array(z.string()),
  doc_type: z.string(),
});

type PaperFacts = z.output<typeof paperShape> & { readonly title: string };

/** How the answer is found through the tools. */
export function* program(query: Query): Program<JsonValue> {
  if ('paper' in query) return yield* aboutPaper(query.kind, query.paper);
  if ('papers' in query) return yield* aboutPapers(query);
  yield* ask('loadAuthorNet', {}, loadedShape);
  if ('authors' in query) return yield* aboutAuthors(query.kind, query.authors);
  return yield* aboutAuthor(query);
}

function* aboutAuthor(query: Extract<Query, { author: string }>): Program<JsonValue> {
  const { author } = query;
  switch (query.kind) {
    case 'org':
      return yield* orgOf(author);
    case 'coauthor-count':
      return (yield* coauthorsOf(author)).length;
    case 'org-coauthors':
      return yield* coauthorsByOrg(author, query.same);
    case 'top-coauthor': {
      const joint: { name: string; count: number }[] = [];
      for (const name of yield* coauthorsOf(author))
        joint.push({ name, count: (yield* jointPapers([author, name])).length });
      return greatest(joint, ({ count }) => count).name;
    }
    case 'top-paper':
    case 'top-paper-coauthors':
    case 'top-venue':
    case 'top-keyword':
      return aboutWork(query.kind, author, yield* papersOf(author));
  }
}

function aboutWork(
  kind: 'top-paper' | 'top-paper-coauthors' | 'top-venue' | 'top-keyword',
  author: string,
  papers: readonly PaperFacts[],
): JsonValue {
  if (kind === 'top-venue') return mostFrequent(papers.map(({ venue }) => venue));
  if (kind === 'top-keyword') return mostFrequent(papers.flatMap(({ keywords }) => keywords));
  const top = greatest(papers, (paper) => paper.n_citation);
  return kind === 'top-paper' ? top.title : top.authors.filter((name) => name !== author);
}

function* aboutAuthors(
  kind: 'mutual' | 'joint-citations' | 'same-org',
  [one, other]: Pair,
): Program<JsonValue> {
  if (kind === 'same-org') return yesNo((yield* orgOf(one)) === (yield* orgOf(other)));
  if (kind === 'mutual') {
    const known = new Set(yield* coauthorsOf(one));
    return (yield* coauthorsOf(other)).filter((name) => known.has(name)).length;
  }
  const titles = yield* jointPapers([one, other]);
  return sum((yield* factsOf(titles)).map((paper) => paper.n_citation));
}

function* aboutPaper(kind: Extract<Query, { paper: string }>['kind'], title: string): Program<JsonValue> {
  if (kind === 'top-reference') {
    yield* ask('loadPaperNet', {}, loadedShape);
    const { neighbors } = yield* ask('neighbourCheck', { graph: 'PaperNet', node: title }, neighborsShape);
    const cited: PaperFacts[] = [];
    for (const node of neighbors) cited.push(yield* paperOf(node));
    return greatest(cited, (paper) => paper.n_citation).title;
  }
  const [paper] = yield* factsOf([title]);
  if (!paper) return null;
  switch (kind) {
    case 'writers':
      return paper.authors;
    case 'citers':
      return paper.n_citation;
    case 'year':
      return paper.year;
    case 'venue':
      return paper.venue;
    case 'orgs': {
      yield* ask('loadAuthorNet', {}, loadedShape);
      const orgs: string[] = [];
      for (const name of paper.authors) orgs.push(yield* orgOf(name));
      return [...new Set(orgs)];
    }
  }
}

function* aboutPapers(query: Extract<Query, { papers: Pair }>): Program<JsonValue> {
  const papers = yield* factsOf(query.papers);
  const same = (fact: (paper: PaperFacts) => JsonValue): boolean => new Set(papers.map(fact)).size === 1;
  switch (query.kind) {
    case 'more-cited':
      return greatest(papers, (paper) => paper.n_citation).title;
    case 'earlier':
      return least(papers, ({ year }) => year).title;
    case 'same-venue':
      return yesNo(same(({ venue }) => venue));
    case 'same-venue-year':
      return yesNo(same(({ venue }) => venue) && same(({ year }) => year));
    case 'both-type':
      return yesNo(papers.every(({ doc_type }) => doc_type === query.docType));
    case 'overlap': {
      const writers = papers.flatMap(({ authors }) => authors);
      return yesNo(new Set(writers).size < writers.length);
    }
  }
}

function* orgOf(author: string): Program<string> {
  return (yield* ask('authorNodeCheck', { node: author }, authorShape)).org;
}

function* coauthorsOf(author: string): Program<readonly string[]> {
  return (yield* ask('neighbourCheck', { graph: 'AuthorNet', node: author }, neighborsShape)).neighbors;
}

function* jointPapers([node1, node2]: Pair): Program<readonly string[]> {
  return (yield* ask('authorEdgeCheck', { node1, node2 }, jointShape)).papers;
}

function* coauthorsByOrg(author: string, same: boolean): Program<readonly string[]> {
  const own = yield* orgOf(author);
  const chosen: string[] = [];
  for (const name of yield* coauthorsOf(author)) {
    if (((yield* orgOf(name)) === own) === same) chosen.push(name);
  }
  return chosen;
}

/** Papers without a co-author are on no edge, so no tool leads to them. */
function* papersOf(author: string): Program<readonly PaperFacts[]> {
  const titles = new Set<string>();
  for (const name of yield* coauthorsOf(author)) {
    for (const title of yield* jointPapers([author, name])) titles.add(title);
  }
  return yield* factsOf([...titles]);
}

function* factsOf(titles: readonly string[]): Program<readonly PaperFacts[]> {
  yield* ask('loadPaperNet', {}, loadedShape);
  const papers: PaperFacts[] = [];
  for (const title of titles) papers.push(yield* paperOf(title));
  return papers;
}

function* paperOf(title: string): Program<PaperFacts> {
  return { title, ...(yield* ask('paperNodeCheck', { node: title }, paperShape)) };
}
