import type { JsonValue } from '../../../contracts/json.ts';
import type { Rng } from '../../../contracts/seed.ts';
import {
  Unforceable,
  wantCount,
  wantOneOf,
  wantText,
  wantTexts,
  wantYes,
} from '../../kit/queries/forcing.ts';
import { personName } from '../../kit/queries/names.ts';
import { type Author, createLibrary, type Library, type Paper } from '../library.ts';
import { makeOrg, makeTitle } from '../makeLibrary.ts';
import type { Pair, Query } from '../queries.ts';

const mostCitations = 5_000;
const mostPeople = 200;

/** A small library in which `answer` is the answer, with others besides that are not. @throws Unforceable */
export function makeFixture(query: Query, answer: JsonValue, rng: Rng): Library {
  const draft = createDraft(rng);
  for (let count = 0; count < 3; count++) draft.paper({ authors: [draft.stranger(), draft.stranger()] });
  if ('paper' in query) forcePaper(draft, query, answer);
  else if ('papers' in query) forcePapers(draft, query, answer);
  else if ('authors' in query) forceAuthors(draft, query, answer);
  else forceAuthor(draft, query, answer);
  return draft.library();
}

/** A library in the making: what nothing is said about is filled in. */
interface Draft {
  stranger(org?: string): string;
  author(name: string, org?: string): string;
  paper(facts: Partial<Paper> & { readonly authors: readonly string[] }, cited?: number): string;
  org(): string;
  title(): string;
  library(): Library;
}

function createDraft(rng: Rng): Draft {
  const authors = new Map<string, Author>();
  const papers = new Map<string, Paper>();
  const unused = (make: () => string, taken: (name: string) => boolean): string => {
    const name = make();
    for (let number = 2; ; number++) {
      const numbered = number === 2 ? name : `${name}_${number}`;
      if (!taken(numbered)) return numbered;
    }
  };
  const draft: Draft = {
    org: () => makeOrg(rng),
    title: () =>
      unused(
        () => makeTitle(rng),
        (title) => papers.has(title),
      ),
    stranger: (org) =>
      draft.author(
        unused(
          () => personName(rng),
          (name) => authors.has(name),
        ),
        org,
      ),
    author(name, org) {
      if (!authors.has(name)) authors.set(name, { name, org: org ?? makeOrg(rng) });
      return name;
    },
    paper(facts, cited = 0) {
      const title = facts.title ?? draft.title();
      for (const name of facts.authors) draft.author(name);
      const filled = {
        year: 2020,
        venue: 'Fixture Letters',
        keywords: [],
        docType: 'Conference',
        references: [],
      } as const;
      papers.set(title, { ...filled, ...facts, title });
      for (let count = 0; count < cited; count++) {
        const citing = `Note ${count + 1} on ${title}`;
        papers.set(citing, { ...filled, title: citing, authors: [], references: [title] });
      }
      return title;
    },
    library: () => createLibrary([...authors.values()], [...papers.values()]),
  };
  return draft;
}

function forceAuthor(draft: Draft, query: Extract<Query, { author: string }>, answer: JsonValue): void {
  const { author } = query;
  const [friend, other] = [draft.stranger(), draft.stranger()];
  switch (query.kind) {
    case 'org':
      draft.author(author, wantText(answer));
      return;
    case 'coauthor-count':
      draft.author(author);
      for (let count = wantCount(answer, mostPeople); count > 0; count--)
        draft.paper({ authors: [author, draft.stranger()] });
      return;
    case 'org-coauthors':
      forceOrgCoauthors(draft, query, wantTexts(answer));
      return;
    case 'top-coauthor':
      for (let count = 0; count < 3; count++) draft.paper({ authors: [author, wantText(answer)] });
      draft.paper({ authors: [author, friend, other] });
      draft.paper({ authors: [author, friend] });
      return;
    case 'top-paper':
      draft.paper({ title: wantText(answer), authors: [author, friend] }, 9);
      draft.paper({ authors: [author, friend] }, 4);
      draft.paper({ authors: [author, other] }, 7);
      draft.paper({ authors: [friend, other] }, 30);
      return;
    case 'top-paper-coauthors':
      draft.paper({ authors: [author, ...wantTexts(answer)] }, 9);
      draft.paper({ authors: [author, friend] }, 4);
      draft.paper({ authors: [friend, other] }, 30);
      return;
    case 'top-venue':
      for (let count = 0; count < 3; count++)
        draft.paper({ authors: [author, friend], venue: wantText(answer) });
      draft.paper({ authors: [author, friend, other] });
      draft.paper({ authors: [author, other] });
      return;
    case 'top-keyword':
      for (const more of ['fixtures', 'samples', 'drafts'])
        draft.paper({ authors: [author, friend], keywords: [wantText(answer), more] });
      draft.paper({ authors: [author, other], keywords: ['fixtures'] });
      return;
  }
}

function forceOrgCoauthors(
  draft: Draft,
  { author, same }: Extract<Query, { kind: 'org-coauthors' }>,
  names: readonly string[],
): void {
  const [own, elsewhere] = [`${draft.org()} North`, `${draft.org()} South`];
  draft.author(author, own);
  for (const name of names) draft.paper({ authors: [author, draft.author(name, same ? own : elsewhere)] });
  draft.paper({ authors: [author, draft.stranger(same ? elsewhere : own)] });
}

function forceAuthors(
  draft: Draft,
  { kind, authors }: Extract<Query, { authors: Pair }>,
  answer: JsonValue,
): void {
  const [one, other] = authors;
  if (kind === 'same-org') {
    draft.author(one, 'Fixture House');
    draft.author(other, wantYes(answer) ? 'Fixture House' : 'Another House');
    return;
  }
  for (const name of authors) draft.paper({ authors: [name, draft.stranger()] }, 3);
  if (kind === 'mutual') {
    draft.paper({ authors });
    for (let count = wantCount(answer, mostPeople); count > 0; count--) {
      const friend = draft.stranger();
      for (const name of authors) draft.paper({ authors: [name, friend] });
    }
    return;
  }
  const total = wantCount(answer, mostCitations);
  const part = Math.floor(total / 3);
  draft.paper({ authors }, part);
  draft.paper({ authors: [one, draft.stranger(), other] }, total - part);
}

function forcePaper(
  draft: Draft,
  { kind, paper: title }: Extract<Query, { paper: string }>,
  answer: JsonValue,
): void {
  const authors = [draft.stranger(), draft.stranger()];
  switch (kind) {
    case 'writers':
      draft.paper({ title, authors: wantTexts(answer) });
      return;
    case 'orgs': {
      const orgs = wantTexts(answer);
      draft.paper({ title, authors: [...orgs, ...orgs.slice(0, 1)].map((org) => draft.stranger(org)) });
      return;
    }
    case 'citers':
      draft.paper({ title, authors }, wantCount(answer, mostCitations));
      return;
    case 'year':
      draft.paper({ title, authors, year: wantCount(Number(answer), 9_999) });
      return;
    case 'venue':
      draft.paper({ title, authors, venue: wantText(answer) });
      return;
    case 'top-reference': {
      const references = [draft.paper({ title: wantText(answer), authors }, 9), draft.paper({ authors }, 4)];
      draft.paper({ title, authors, references });
    }
  }
}

function forcePapers(draft: Draft, query: Extract<Query, { papers: Pair }>, answer: JsonValue): void {
  const [one, other] = query.papers;
  if (one === other) throw new Unforceable('The question compares a paper with itself');
  const authors = [draft.stranger(), draft.stranger()];
  const both = (
    factsOf: (title: string) => Partial<Paper>,
    cited: (title: string) => number = () => 0,
  ): void => {
    for (const title of query.papers) draft.paper({ authors, ...factsOf(title), title }, cited(title));
  };
  if (query.kind === 'more-cited' || query.kind === 'earlier') {
    const named = wantOneOf(answer, query.papers);
    if (query.kind === 'earlier') both((title) => ({ year: title === named ? 2011 : 2017 }));
    else
      both(
        () => ({}),
        (title) => (title === named ? 12 : 5),
      );
    return;
  }
  const isTrue = wantYes(answer);
  const odd = (title: string): boolean => title === other && !isTrue;
  if (query.kind === 'overlap')
    both((title) => ({
      authors: odd(title) ? [draft.stranger(), draft.stranger()] : [draft.stranger(), ...authors],
    }));
  else if (query.kind === 'both-type') {
    const wrong = query.docType === 'Journal' ? 'Conference' : 'Journal';
    both((title) => ({ docType: odd(title) ? wrong : query.docType }));
  } else both((title) => ({ venue: odd(title) ? 'Another Venue' : 'Fixture Letters' }));
}
